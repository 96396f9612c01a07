/** The chain from an edit, over the columns that changed, to a node: one account of it for what would run, what ran, and how two runs differ. */
import type { Reason } from "./reasons.ts"

/** One link of the chain: a node, and why it runs, ran, or is not what it was. */
export interface Link {
  readonly node: string
  readonly state: string
  readonly why: ReadonlyArray<Reason>
}
/** The link of a node; undefined where nothing is to be told of it. */
export type LinkOf = (node: string) => Link | undefined

/** Where a chain begins. `nodes` are those that it touches themselves. */
export type Edit = { readonly nodes: ReadonlyArray<string> } & (
  | { readonly edit: "file"; readonly file: string; readonly missing?: true; readonly among?: "added" | "removed" }
  | { readonly edit: "code"; readonly declaration: string; readonly file: string }
  /** Something that the stage's code reaches, and it is not known what. */
  | { readonly edit: "code"; readonly stage: string; readonly was?: string }
  | { readonly edit: "parameter"; readonly parameters: Extract<Reason, { reason: "parameter" }>["parameters"] }
  | { readonly edit: "seed" }
  | { readonly edit: "program"; readonly before: string; readonly after: string }
  | { readonly edit: "environment"; readonly variable: string; readonly before: string; readonly after: string }
  /** An input that is another node's now, or (`from` empty) a list that is wired otherwise. */
  | { readonly edit: "wiring"; readonly node: string; readonly input: string; readonly from: string }
  /** Nodes that were not there; those of a map are told together, by the name before the bracket. */
  | { readonly edit: "new"; readonly name: string }
  | { readonly edit: "lost"; readonly artifact: string }
)
type Root = Edit extends infer E ? (E extends Edit ? Omit<E, "nodes"> : never) : never

/** Follows "input" reasons upstream, breadth first, naming each node once. */
export const follow = (start: string, linkOf: LinkOf): ReadonlyArray<Link> => {
  const chain: Array<Link> = []
  const seen = new Set([start])
  const queue = [start]
  for (const name of queue) {
    const link = linkOf(name)
    if (link === undefined) continue
    chain.push(link)
    for (const from of inputsOf(link))
      if (!seen.has(from)) {
        seen.add(from)
        queue.push(from)
      }
  }
  return chain
}

const inputsOf = ({ why }: Link): ReadonlyArray<string> => why.flatMap((reason) => (reason.reason === "input" ? [reason.node] : []))

/** What a map's node is called before its key. */
export const nameBeforeKey = (node: string): string => node.replace(/\[.*$/s, "[…]")

/** The edits that a link begins with for one reason: an input counts where nothing is to be told of the node that it is of. */
const rootsOf = (node: string, reason: Reason, linkOf: LinkOf): ReadonlyArray<Root> => {
  switch (reason.reason) {
    case "source":
      return [{ edit: "file", file: reason.file, ...(reason.missing ? { missing: true } : {}), ...(reason.among === undefined ? {} : { among: reason.among }) }]
    case "code":
      return reason.declarations.length === 0
        ? [{ edit: "code", stage: reason.stage, ...(reason.was === undefined ? {} : { was: reason.was }) }]
        : reason.declarations.map(({ file, name }) => ({ edit: "code", declaration: name, file }))
    case "parameter":
      return [{ edit: "parameter", parameters: reason.parameters }]
    case "seed":
      return [{ edit: "seed" }]
    case "program":
      return [{ edit: "program", before: reason.before, after: reason.after }]
    case "environment":
      return [{ edit: "environment", variable: reason.variable, before: reason.before, after: reason.after }]
    case "no-program":
      return []
    case "new":
      return [{ edit: "new", name: nameBeforeKey(node) }]
    case "lost":
      return [{ edit: "lost", artifact: reason.artifact }]
    case "input":
      return linkOf(reason.node) === undefined ? [{ edit: "wiring", node, input: reason.input, from: reason.node }] : []
  }
}

export interface Edits {
  readonly all: ReadonlyArray<Edit>
  /** Which of them a node rests on, as positions in `all`. */
  readonly behind: (node: string) => ReadonlyArray<number>
}

/** The edits that some nodes rest on. Each link is looked at once, however many nodes rest on it. */
export const editsBehind = (nodes: Iterable<string>, linkOf: LinkOf): Edits => {
  const all: Array<{ readonly root: Root; readonly nodes: Set<string> }> = []
  const positions = new Map<string, number>()
  const touched = (root: Root, node: string): number => {
    const key = JSON.stringify(root)
    let position = positions.get(key)
    if (position === undefined) {
      position = all.push({ root, nodes: new Set() }) - 1
      positions.set(key, position)
    }
    all[position]!.nodes.add(node)
    return position
  }
  const behind = new Map<string, Set<number>>()
  // Depth first, with a stack of its own: a chain of nodes may be longer than the language's.
  for (const start of nodes) {
    const stack = [start]
    while (stack.length > 0) {
      const name = stack.at(-1)!
      const link = linkOf(name)
      const open = !behind.has(name)
      if (open) behind.set(name, new Set())
      const above = link === undefined ? [] : inputsOf(link)
      const waiting = open ? above.filter((one) => !behind.has(one)) : []
      if (waiting.length > 0) {
        stack.push(...waiting)
        continue
      }
      stack.pop()
      if (link === undefined) continue
      const own = behind.get(name)!
      for (const reason of link.why) for (const root of rootsOf(name, reason, linkOf)) own.add(touched(root, name))
      for (const one of above) for (const position of behind.get(one)!) own.add(position)
    }
  }
  return {
    all: all.map(({ nodes: touchedBy, root }): Edit => ({ ...root, nodes: [...touchedBy] })),
    behind: (node) => [...(behind.get(node) ?? [])].sort((a, b) => a - b)
  }
}
