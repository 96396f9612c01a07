/** From which edits a run's nodes are what they are: also where it found again what it had made before, and where an earlier run, which did not come to its end, made what it rests on. */
import { upstreamOf } from "../../../dag/dag.ts"
import { type Edit, editsBehind, type Link, type LinkOf } from "../../../engine/chain.ts"
import { type Recorded, whyDifferent } from "../../../engine/diff/compare-states.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import type { Reason } from "../../../engine/reasons.ts"
import { count } from "../../../engine/wording.ts"
import type { NodeRecord } from "../../../store/runs.ts"
import type { BaseState } from "./base-states.ts"

export type RecordsByNode = ReadonlyMap<string, NodeRecord>

export const reasonsIn = ({ why }: NodeRecord): ReadonlyArray<Reason> => why as unknown as ReadonlyArray<Reason>

const inputsOf = (record: NodeRecord) => reasonsIn(record).flatMap((reason) => (reason.reason === "input" ? [reason] : []))

/** Records with the reasons of those that were found, as a plan would have told them. */
export const withReasons = (records: RecordsByNode, base: BaseState, recorded: Recorded): RecordsByNode => {
  const now = (node: string) => records.get(node) ?? base.get(node)?.()
  const whyFound = (record: NodeRecord): ReadonlyArray<Reason> => {
    const was = base.get(record.node)?.()
    return was === undefined ? [{ reason: "new" }] : whyDifferent(was, record, now, recorded)
  }
  return new Map(
    [...records].map(([node, record]) => [node, record.state === "fresh" && record.why.length === 0 ? { ...record, why: whyFound(record) } : record])
  )
}

/** The links of a run's nodes, and of those that earlier runs made anew without their readers: back to what these were when they were last looked at. */
const linksIn = (records: RecordsByNode, base: BaseState): LinkOf => {
  const links = new Map<string, Link>()
  const anew = new Set<string>()
  const earlier: Array<{ readonly record: NodeRecord; readonly since: number }> = []
  const follow = (node: string, since: number): void => {
    const record = records.has(node) ? undefined : base.get(node)?.()
    if (record === undefined || anew.has(node)) return
    anew.add(node)
    earlier.push({ record, since })
  }
  for (const record of records.values()) {
    const was = base.get(record.node)?.()
    const before = new Set(was === undefined ? [] : upstreamOf(was))
    // An input that it did not read before was wired, not made anew.
    for (const { node } of inputsOf(record)) if (was !== undefined && before.has(node)) follow(node, was.at)
    links.set(record.node, { node: record.node, state: record.state, why: reasonsIn(record) })
  }
  for (const { record, since } of earlier) {
    const isAnew = (node: string) => {
      const above = base.get(node)?.()
      return above !== undefined && (above.run === record.run || above.at > since)
    }
    const why = reasonsIn(record).filter((reason) => reason.reason !== "input" || isAnew(reason.node))
    for (const reason of why) if (reason.reason === "input") follow(reason.node, since)
    links.set(record.node, { node: record.node, state: record.state, why })
  }
  return (node) => links.get(node)
}

/** The edits behind a run's records. */
export const editsOf = (records: RecordsByNode, base: BaseState): ReadonlyArray<Edit> => editsBehind(records.keys(), linksIn(records, base)).all

/** Edits in words; nodes that are new are told together. */
export const editsInWords = (all: ReadonlyArray<Edit>, inWords: (edit: Edit) => string = editSentence): ReadonlyArray<string> => {
  const added = new Set(all.flatMap(({ edit, nodes }) => (edit === "new" ? nodes : [])))
  const told = all.filter(({ edit }) => edit !== "new" || added.size === 1)
  return [...new Set(told.map(inWords)), ...(added.size > 1 ? [`${count(added.size, "node")} are new`] : [])]
}
