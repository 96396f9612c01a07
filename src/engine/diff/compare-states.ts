import { readValue, type TableSummary } from "../../artifact/hash.ts"
import type { Read } from "../../artifact/tracked.ts"
import { isFiles, isList, upstreamOf } from "../../dag/dag.ts"
import type { CodePart, NodeRecord, StudyState } from "../../store/runs.ts"
import type { LinkOf } from "../chain.ts"
import { filesValue, isOfMachine, locateRead } from "../reads.ts"
import { type Reason, staleReasons } from "../reasons.ts"

/**
 * `same`: it is made of something else, and came out as it was. `recovered`: it had failed, or was blocked or skipped. `reached`: the earlier run had not come to it, so that
 * what it was then is of before an edit that is no difference between the two.
 */
export type Change = "changed" | "same" | "added" | "removed" | "failed" | "blocked" | "skipped" | "recovered" | "reached"

/** A node that is not what it was. */
export interface NodeDifference {
  readonly node: string
  readonly change: Change
  readonly before: NodeRecord | undefined
  readonly after: NodeRecord | undefined
  /** How what it is made of differs; where there is nothing to compare, what was recorded. */
  readonly why: ReadonlyArray<Reason>
}

/** What the comparison asks of the store. */
export interface Recorded {
  readonly partsOf: (fingerprint: string) => ReadonlyArray<CodePart> | undefined
  /** What is known of a recorded node's output without its values. */
  readonly summary: (record: NodeRecord, output: string) => TableSummary | undefined
}

type RecordOf = (node: string) => NodeRecord | undefined

const isGood = ({ state }: NodeRecord): boolean => state === "ran" || state === "fresh"

const changeOf = (before: NodeRecord | undefined, after: NodeRecord | undefined, wasReached: boolean): Change => {
  if (after === undefined) return "removed"
  if (!isGood(after)) return after.state === "failed" || after.state === "skipped" ? after.state : "blocked"
  if (!wasReached) return "reached"
  if (before === undefined) return "added"
  if (!isGood(before)) return "recovered"
  return JSON.stringify(Object.entries(before.artifacts).sort()) === JSON.stringify(Object.entries(after.artifacts).sort()) ? "same" : "changed"
}

/** What `after` reads now, as far as it is recorded: of a column that it no longer reads, what it is in the table that it is wired to. */
const valueIn = (after: NodeRecord, recordOf: RecordOf, { summary }: Recorded) => {
  const own = new Map(after.reads.map(({ read, value }) => [read, value]))
  return (read: string): string | undefined => {
    const recorded = own.get(read)
    if (recorded !== undefined || read === "seed" || isOfMachine(read)) return recorded
    const { rest, wired } = locateRead(after, read)
    if (wired === undefined) return "absent"
    if (isList(wired)) return rest === "count" ? String(wired.length) : "absent"
    if (isFiles(wired)) return rest === "files" ? filesValue(wired) : "absent"
    if ("source" in wired) return undefined
    const from = recordOf(wired.node)
    const table = from && summary(from, wired.output)
    return table && readValue(table, rest as Read)
  }
}

/** How two recorded makings of a node differ, told as a plan would tell it; `recordOf` gives what other nodes were at the later one. */
export const whyDifferent = (before: NodeRecord, after: NodeRecord, recordOf: RecordOf, recorded: Recorded): ReadonlyArray<Reason> =>
  staleReasons(
    after,
    before,
    { fingerprint: after.code, parts: recorded.partsOf(after.code) ?? [], partsOf: recorded.partsOf },
    valueIn(after, recordOf, recorded)
  )

/** Every node that two states of a study have differently, in an order in which inputs come first; what is in only the first stands last. */
export const compareStates = (before: StudyState, after: StudyState, recorded: Recorded): ReadonlyArray<NodeDifference> => {
  const parsed = new Map<string, NodeRecord>()
  for (const [name, { record }] of after.nodes) parsed.set(name, record())
  const found = [...new Set([...inOrder(parsed), ...before.nodes.keys()])]
  const all = found.flatMap((node): ReadonlyArray<NodeDifference> => {
    const [old, now] = [before.nodes.get(node), after.nodes.get(node)]
    if (old !== undefined && old.making === now?.making) return []
    const [was, is] = [old?.record(), parsed.get(node)]
    const change = changeOf(was, is, !before.unreached.has(node))
    if (change === "reached") return [{ node, change, before: was, after: is, why: [] }]
    const compared = was !== undefined && is !== undefined && isGood(was) && isGood(is)
    const why = is === undefined ? [] : compared ? whyDifferent(was, is, (name) => parsed.get(name), recorded) : (is.why as unknown as ReadonlyArray<Reason>)
    return [{ node, change, before: was, after: is, why: change === "added" && why.length === 0 ? [{ reason: "new" }] : why }]
  })
  return withoutEarlier(all)
}

/** Without the inputs that both sides have alike: what made them others was there already, and the earlier run had not come to their reader. */
const withoutEarlier = (differences: ReadonlyArray<NodeDifference>): ReadonlyArray<NodeDifference> => {
  const differ = new Set(differences.flatMap(({ change, node }) => (change === "same" ? [] : [node])))
  const isWiredAlike = ({ after, before }: NodeDifference, input: string): boolean => {
    const list = input.replace(/\[.*$/s, "")
    return before !== undefined && JSON.stringify(before.inputs[list]) === JSON.stringify(after!.inputs[list])
  }
  return differences.map((one) => {
    const why = one.why.filter((reason) => reason.reason !== "input" || differ.has(reason.node) || !isWiredAlike(one, reason.input))
    return { ...one, why, change: one.change === "changed" && why.length === 0 && one.why.length > 0 ? "reached" : one.change }
  })
}

/** Inputs first; of nodes that do not rest on each other, in the order of their records. */
const inOrder = (nodes: ReadonlyMap<string, NodeRecord>): ReadonlyArray<string> => {
  const ordered = new Set<string>()
  for (const start of nodes.keys()) {
    const opened = new Set<string>()
    for (const stack = [start]; stack.length > 0; ) {
      const name = stack.at(-1)!
      const waiting = opened.has(name) ? [] : upstreamOf(nodes.get(name)!).filter((one) => nodes.has(one) && !ordered.has(one) && !opened.has(one))
      opened.add(name)
      if (waiting.length > 0) stack.push(...waiting)
      else ordered.add(stack.pop()!)
    }
  }
  return [...ordered]
}

/** Those of the differences that some nodes rest on, themselves included. */
export const behindNodes = (
  differences: ReadonlyArray<NodeDifference>,
  states: ReadonlyArray<StudyState>,
  targets: ReadonlyArray<string>
): ReadonlyArray<NodeDifference> => {
  const wanted = new Set(targets)
  for (const name of wanted)
    for (const state of states) {
      const entry = state.nodes.get(name)
      if (entry !== undefined) for (const one of upstreamOf(entry.record())) wanted.add(one)
    }
  return differences.filter(({ node }) => wanted.has(node))
}

/** The chain's links: nodes that are not what they were. One that came out the same is no reason for any other: it is a link only where the chain is its own. */
export const linksOf = (differences: ReadonlyArray<NodeDifference>, start?: string): LinkOf => {
  const links = new Map(
    differences.flatMap(({ change, node, why }) => (change === "same" && node !== start ? [] : [[node, { node, state: change, why }] as const]))
  )
  return (node) => links.get(node)
}
