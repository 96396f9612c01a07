/** What a run did with the nodes of a study. */
import { type Edit, editsBehind, type LinkOf } from "../../../engine/chain.ts"
import { editSentence } from "../../../engine/diff/edit-sentence.ts"
import type { Reason } from "../../../engine/reasons.ts"
import type { NodeRecord, RunHistory } from "../../../store/runs.ts"
import type { LayerState } from "../../messages/time/strata.ts"
import { type BaseState, BaseStates } from "./base-states.ts"
import type { StudyRun } from "./study-runs.ts"

export interface Touched {
  readonly node: string
  readonly state: LayerState
  /** Undefined where it never came to it. */
  readonly record: NodeRecord | undefined
}
export interface RunWork {
  readonly touched: ReadonlyArray<Touched>
  /** In words, those that made nodes run. */
  readonly edits: ReadonlyArray<string>
}

const artifactsIn = ({ artifacts }: NodeRecord): string => JSON.stringify(Object.entries(artifacts).sort())

/** What is recorded of each node, the last where it is more than once. */
const lastRecords = (history: RunHistory["Service"], run: string, study: string): ReadonlyMap<string, NodeRecord> =>
  new Map(history.nodesOf(run).flatMap((record) => (record.study === study ? [[record.node, record] as const] : [])))

const stateIn = (record: NodeRecord, before: () => NodeRecord | undefined): LayerState => {
  if (record.state !== "ran" && record.state !== "fresh") return record.state
  const was = before()
  const same = was !== undefined && artifactsIn(was) === artifactsIn(record)
  if (record.state === "fresh") return same ? "fresh" : "found"
  return same ? "same" : "changed"
}

/** An input that this run did not touch may be what an earlier run made of it. */
const inWords = (edit: Edit, base: BaseState | undefined): string =>
  edit.edit === "wiring" && edit.from !== "" && base?.has(edit.from) === true ? `${edit.from} was made anew by an earlier run` : editSentence(edit)

/** Edits in words; nodes that are new are told together. */
const editsInWords = (all: ReadonlyArray<Edit>, base: BaseState | undefined): ReadonlyArray<string> => {
  const added = new Set(all.flatMap(({ edit, nodes }) => (edit === "new" ? nodes : [])))
  const told = all.filter(({ edit }) => edit !== "new" || added.size === 1)
  return [...new Set(told.map((edit) => inWords(edit, base))), ...(added.size > 1 ? [`${added.size} nodes are new`] : [])]
}

/** Of runs that are over, what they did never changes. */
const known = new Map<string, RunWork>()
const KEPT = 2000

const work = (history: RunHistory["Service"], states: BaseStates, { own, run }: StudyRun): RunWork => {
  const records = lastRecords(history, run.run, own.study)
  const base = records.size === 0 ? undefined : states.of(own)
  const touched: ReadonlyArray<Touched> = [
    ...[...records.values()].map((record) => ({ node: record.node, state: stateIn(record, () => base?.get(record.node)?.()), record })),
    ...(own.cancelled ?? []).flatMap((node) => (records.has(node) ? [] : [{ node, state: "cancelled" as const, record: undefined }]))
  ]
  const linkOf: LinkOf = (node) => {
    const record = records.get(node)
    return record && { node, state: record.state, why: record.why as unknown as ReadonlyArray<Reason> }
  }
  const { all } = editsBehind(records.keys(), linkOf)
  const done = { touched: touched.filter(({ state }) => state !== "fresh"), edits: editsInWords(all, base) }
  states.ran(run.run, own, records.values())
  return done
}

/** What runs did, newest first as they are given; of those that go on, so far. */
export const worksOf = (history: RunHistory["Service"], runs: ReadonlyArray<StudyRun>): ReadonlyArray<RunWork> => {
  const states = new BaseStates(history)
  // From the oldest on: each finds what the one before left.
  const works = [...runs].reverse().map((one) => {
    const key = `${one.run.run} ${one.own.study}`
    const found = known.get(key)
    if (found !== undefined) return found
    const made = work(history, states, one)
    if (one.run.ok !== undefined) known.set(key, made)
    if (known.size > KEPT) known.delete(known.keys().next().value!)
    return made
  })
  return works.reverse()
}
