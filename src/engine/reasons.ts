import { type GraphNode, isFiles, isList, type WiredInput, wiresOf } from "../dag/dag.ts"
import type { Json } from "../dag/stage.ts"
import type { CodePart } from "../store/runs.ts"
import { isOfMachine, locateRead, type Today, variableIn } from "./reads.ts"

/** Why a node is stale. The same values are printed by status and explain, and recorded by run. */
export type Reason =
  | { readonly reason: "new" }
  | {
      readonly reason: "code"
      readonly stage: string
      readonly was?: string
      readonly declarations: ReadonlyArray<{ readonly name: string; readonly file: string }>
    }
  | { readonly reason: "parameter"; readonly parameters: ReadonlyArray<{ readonly parameter: string; readonly before: string; readonly after: string }> }
  | { readonly reason: "input"; readonly input: string; readonly node: string; readonly output: string; readonly columns: ReadonlyArray<string> }
  | { readonly reason: "source"; readonly input: string; readonly file: string; readonly missing?: true; readonly among?: "added" | "removed" }
  | { readonly reason: "seed"; readonly before: string; readonly after: string }
  /** Of a stage that is a command: another version of its program. */
  | { readonly reason: "program"; readonly before: string; readonly after: string }
  /** Its program is not there: no reason to run, but one that it cannot; where it is optional, it is skipped. */
  | { readonly reason: "no-program"; readonly program: string; readonly optional: boolean }
  | { readonly reason: "environment"; readonly variable: string; readonly before: string; readonly after: string }
  | { readonly reason: "lost"; readonly output: string; readonly artifact: string }

/** What a node was made of the last time that it came out well. */
export interface Before {
  readonly stage?: string
  readonly code: string
  readonly params: string
  readonly inputs: Readonly<Record<string, WiredInput>>
  readonly reads: ReadonlyArray<{ readonly read: string; readonly value: string }>
}

/** A node as it is now, as far as it is compared with what it was. */
type Now = Pick<GraphNode, "stage" | "params" | "inputs">
/** What a read of the node gives now; undefined where it is not known. */
type ValueNow = (read: string) => string | undefined

const shown = (value: Json | undefined): string => (value === undefined ? "(none)" : JSON.stringify(value))

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json } => typeof value === "object" && value !== null && !Array.isArray(value)

/** The elements of a list by their names, where each has one of its own: indicators, variables. */
const byName = (list: ReadonlyArray<Json>): ReadonlyMap<string, Json> | undefined => {
  const named = new Map(list.flatMap((value) => (isRecord(value) && typeof value["name"] === "string" ? [[value["name"], value] as const] : [])))
  return named.size === list.length ? named : undefined
}

/** The leaves in which two JSON values differ, each by its path; an element of a list that has a name is known by it. */
const differences = (before: Json | undefined, after: Json | undefined, path = ""): ReadonlyArray<{ parameter: string; before: string; after: string }> => {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (isRecord(before) && isRecord(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) =>
      differences(before[key], after[key], path === "" ? key : `${path}.${key}`)
    )
  if (Array.isArray(before) && Array.isArray(after)) {
    const [old, now] = [byName(before), byName(after)]
    if (old !== undefined && now !== undefined) {
      const changed = [...new Set([...old.keys(), ...now.keys()])].flatMap((name) => differences(old.get(name), now.get(name), `${path}[${name}]`))
      return changed.length > 0 ? changed : [{ parameter: path, before: [...old.keys()].join(", "), after: [...now.keys()].join(", ") }]
    }
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((value: Json, i) => differences(value, after[i] as Json, `${path}[${i}]`))
  return [{ parameter: path, before: shown(before), after: shown(after) }]
}

/** A stage's code today, and what is known of the code of before. */
export interface Code {
  readonly fingerprint: string
  readonly parts: ReadonlyArray<CodePart>
  readonly partsOf: (fingerprint: string) => ReadonlyArray<CodePart> | undefined
}

const codeReason = (node: Now, before: Before, code: Code): ReadonlyArray<Reason> => {
  if (before.code === code.fingerprint) return []
  // Another stage in the node's place is no edit of code.
  if (before.stage !== undefined && before.stage !== node.stage) return [{ reason: "code", stage: node.stage, was: before.stage, declarations: [] }]
  const old = new Set(code.partsOf(before.code)?.map((one) => one.hash))
  const changed = code.parts.filter((one) => !old.has(one.hash)).map(({ declaration, file }) => ({ name: declaration, file }))
  return [{ reason: "code", stage: node.stage, declarations: old.size === 0 ? [] : changed }]
}

const parameterReason = (node: Now, before: Before): ReadonlyArray<Reason> =>
  before.params === node.params ? [] : [{ reason: "parameter", parameters: differences(JSON.parse(before.params), JSON.parse(node.params)) }]

const seedReason = (before: Before, valueNow: ValueNow): ReadonlyArray<Reason> => {
  const read = before.reads.find((one) => one.read === "seed")
  const now = read && valueNow("seed")
  return now === undefined || read?.value === undefined || read.value === now ? [] : [{ reason: "seed", before: read.value, after: now }]
}

/** What a command was started with: its program, the variables of its environment. */
const machineReasons = (before: Before, valueNow: ValueNow): ReadonlyArray<Reason> =>
  before.reads.flatMap(({ read, value }): ReadonlyArray<Reason> => {
    const now = isOfMachine(read) ? valueNow(read) : undefined
    if (now === undefined || now === value) return []
    const variable = variableIn(read)
    return [variable === undefined ? { reason: "program", before: value, after: now } : { reason: "environment", variable, before: value, after: now }]
  })

/** The files that an input of several has got and lost. */
const listReasons = (input: string, before: ReadonlyArray<string>, now: ReadonlyArray<string>) => {
  const missingIn = (from: ReadonlyArray<string>, names: ReadonlyArray<string>) => {
    const known = new Set(from)
    return names.filter((file) => !known.has(file))
  }
  return [
    ...missingIn(before, now).map((file) => ({ reason: "source", input, file, among: "added" }) as const),
    ...missingIn(now, before).map((file) => ({ reason: "source", input, file, among: "removed" }) as const)
  ]
}

/** Sources and inputs whose observed parts are not what they were, a reason for each file and each wired output. */
const inputReasons = (node: Now, before: Before, valueNow: ValueNow): ReadonlyArray<Reason> => {
  const sources = new Map<string, Reason>()
  const inputs = new Map<string, { input: string; node: string; output: string; columns: Set<string> }>()
  for (const { read, value } of before.reads) {
    if (read === "seed" || isOfMachine(read)) continue
    const now = valueNow(read)
    if (now === value || now === undefined) continue
    const { input, wired, rest } = locateRead(node, read)
    const list = node.inputs[input.replace(/\[.*$/s, "")]
    if (list !== undefined && isFiles(list) && (wired === undefined || (wired === list && rest === "files"))) {
      // A file that is no longer among them is told here once, not by each thing that was read of it.
      if (wired === list) for (const reason of listReasons(input, JSON.parse(value), JSON.parse(now))) sources.set(`${reason.among} ${reason.file}`, reason)
    } else if (wired === undefined || isList(wired) || isFiles(wired)) inputs.set(input, { input, node: "", output: "", columns: new Set(["(wiring)"]) })
    else if ("source" in wired) sources.set(input, { reason: "source", input, file: wired.source, ...(now === "absent" ? { missing: true } : {}) })
    else {
      const { node: from, output } = wired
      const entry = inputs.get(input) ?? { input, node: from, output, columns: new Set<string>() }
      entry.columns.add(rest.replace(/^column /, "").replace(/^(metadata|has) (.*)$/, "$2 ($1)"))
      inputs.set(input, entry)
    }
  }
  return [...sources.values(), ...[...inputs.values()].map((one): Reason => ({ reason: "input", ...one, columns: [...one.columns].sort() }))]
}

/** Inputs whose node has yet to run: what may change, as it is told for a node of unknown state. */
export const pendingReasons = (node: GraphNode, summary: Today["summary"]): ReadonlyArray<Reason> =>
  wiresOf(node).flatMap(
    ([input, wire]): ReadonlyArray<Reason> =>
      "node" in wire && summary(wire.node, wire.output) === undefined ? [{ reason: "input", input, node: wire.node, output: wire.output, columns: [] }] : []
  )

/** Every reason why a node is not what it was, one predicate a reason. */
export const staleReasons = (node: Now, before: Before | undefined, code: Code, valueNow: ValueNow): ReadonlyArray<Reason> =>
  before === undefined
    ? [{ reason: "new" }]
    : [
        ...codeReason(node, before, code),
        ...parameterReason(node, before),
        ...seedReason(before, valueNow),
        ...machineReasons(before, valueNow),
        ...inputReasons(node, before, valueNow)
      ]
