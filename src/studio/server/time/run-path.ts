/** The path from edits to a node, and to an estimate of it. */
import { Effect } from "effect"
import { isCompanion } from "../../../artifact/column.ts"
import { editsBehind, follow, type LinkOf, nameBeforeKey } from "../../../engine/chain.ts"
import type { NodeDiff, StudyDiff } from "../../../engine/diff/diff-runs.ts"
import type { Reason } from "../../../engine/reasons.ts"
import { keyInWords } from "../../../workspace/difference-words.ts"
import { usage } from "../../../workspace/failure.ts"
import type { PathStep } from "../../messages/time/run-diff.ts"
import { type Asked, compared } from "./compared.ts"
import { differs, editAnswer } from "./diff-summary.ts"
import { estimatesIn, movedEstimate } from "./moved-estimates.ts"
import { changedColumn } from "./node-diff.ts"

/** On a path of more steps than these, the nodes of a map are told together; and of more steps than those, the nearest. */
const APART = 16
const MOST = 60
/** Columns told of what a step read. */
const COLUMNS = 3

const linksTo = (nodes: ReadonlyArray<NodeDiff>, end: string): LinkOf => {
  const links = new Map(nodes.flatMap(({ change, node, why }) => (change === "same" && node !== end ? [] : [[node, { node, state: change, why }] as const])))
  return (node) => links.get(node)
}

type InputReason = Extract<Reason, { readonly reason: "input" }>
const inputsOf = (why: ReadonlyArray<Reason>): ReadonlyArray<InputReason> => why.flatMap((reason) => (reason.reason === "input" ? [reason] : []))

/** What a reader sees of what it read: the columns' largest changes. */
const columnsRead = (of: NodeDiff, { columns, output }: InputReason): PathStep["reads"][number]["columns"] => {
  const found = of.outputs.find((one) => one.output === output)
  const bare = columns.filter((column) => !isCompanion(column))
  return (bare.length === 0 ? columns : bare)
    .map((column) => {
      const change = found?.cells.find((one) => one.column === column)
      return change === undefined ? { column, cells: 0, at: "", before: "", after: "" } : changedColumn(change)
    })
    .sort((a, b) => b.cells - a.cells)
}

interface Group {
  readonly name: string
  readonly nodes: Array<NodeDiff>
}

/** The nodes of a path as steps, those of a map as one where the path is long. */
const grouped = (nodes: ReadonlyArray<NodeDiff>, end: string): ReadonlyArray<Group> => {
  if (nodes.length <= APART) return nodes.map((node) => ({ name: node.node, nodes: [node] }))
  const groups = new Map<string, Group>()
  for (const node of nodes) {
    const name = node.node === end ? end : nameBeforeKey(node.node)
    const own = groups.get(name)
    if (own === undefined) groups.set(name, { name, nodes: [node] })
    else own.nodes.push(node)
  }
  return [...groups.values()]
}

const stepsOf = (diff: StudyDiff, end: string) => {
  const linkOf = linksTo(diff.nodes, end)
  const chain = follow(end, linkOf).slice(0, MOST)
  const onPath = new Set(chain.map(({ node }) => node))
  const nodes = diff.nodes.filter(({ node }) => onPath.has(node))
  const groups = grouped(nodes, end)
  const stepOf = new Map(groups.flatMap(({ nodes: own }, i) => own.map(({ node }) => [node, i] as const)))
  const edits = editsBehind([end], linkOf)
  const ranks: Array<number> = []
  const steps = groups.map(({ name, nodes: own }, i): PathStep => {
    const reads = new Map<number, Map<string, PathStep["reads"][number]["columns"][number]>>()
    for (const node of own)
      for (const reason of inputsOf(node.why)) {
        const from = stepOf.get(reason.node)
        if (from === undefined || from === i) continue
        const columns = reads.get(from) ?? new Map()
        reads.set(from, columns)
        for (const column of columnsRead(groups[from]!.nodes.find((one) => one.node === reason.node)!, reason))
          if ((columns.get(column.column)?.cells ?? -1) < column.cells) columns.set(column.column, column)
      }
    ranks.push(Math.max(-1, ...[...reads.keys()].map((from) => ranks[from] ?? -1)) + 1)
    const names = new Set(own.map(({ node }) => node))
    return {
      node: own.length === 1 ? own[0]!.node : name,
      one: own[0]!.node,
      nodes: own.length,
      stage: own[0]!.stage,
      change: own[0]!.change,
      rank: ranks[i]!,
      own: edits.all.flatMap((edit, at) => (edit.nodes.some((node) => names.has(node)) ? [at] : [])),
      rests: [...new Set(own.flatMap(({ node }) => edits.behind(node)))].sort((a, b) => a - b),
      reads: [...reads].map(([step, columns]) => ({ step, columns: [...columns.values()].slice(0, COLUMNS), inAll: columns.size })),
      differs: differs(own[0]!)
    }
  })
  return { steps, edits: edits.all, leftOut: Math.max(0, follow(end, linkOf).length - chain.length) }
}

export const runPath = (asked: Asked & { readonly node: string; readonly output?: string; readonly of?: string }) =>
  Effect.gen(function* () {
    const { diff } = yield* compared(asked)
    const { node, of, output } = asked
    if (!diff.nodes.some((one) => one.node === node)) return yield* usage("same", `${node} is in both runs what it was, or in neither: no edit leads to it`)
    const { edits, leftOut, steps } = stepsOf(diff, node)
    const end =
      of === undefined
        ? undefined
        : estimatesIn(diff).find(
            (one) =>
              one.node === node && (output === undefined || one.output === output) && (keyInWords(one.change.of) === of || String(one.change.of["term"]) === of)
          )
    return {
      edits: yield* Effect.forEach(edits, (edit) => editAnswer(edit, diff)),
      steps,
      leftOut,
      end: end === undefined ? null : movedEstimate(end)
    }
  })
