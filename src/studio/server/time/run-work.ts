/** What a run did with the nodes of a study. */
import type { Edit } from "../../../engine/chain.ts"
import { recordedIn } from "../../../engine/diff/diff-runs.ts"
import type { NodeRecord, RunHistory } from "../../../store/runs.ts"
import type { TraceIndex } from "../../../store/traces.ts"
import type { LayerState } from "../../messages/time/strata.ts"
import { type BaseState, BaseStates } from "./base-states.ts"
import { editsInWords, editsOf, type RecordsByNode, withReasons } from "./run-edits.ts"
import type { StudyRun } from "./study-runs.ts"

export interface Touched {
  readonly node: string
  readonly state: LayerState
}
export interface RunWork {
  readonly touched: ReadonlyArray<Touched>
  /** In words, those that the nodes' states come from. */
  readonly edits: ReadonlyArray<string>
  /** Whether one of them is of a file. */
  readonly ofFile: boolean
  /** How many nodes came from the store that machines share. */
  readonly shared: number
}

/** What the records of runs are read from. */
export interface Records {
  readonly history: RunHistory["Service"]
  readonly traces: TraceIndex["Service"]
}

const artifactsIn = ({ artifacts }: NodeRecord): string => JSON.stringify(Object.entries(artifacts).sort())

/** What is recorded of each node in a run, the last where it is more than once. */
const recordsIn = (history: RunHistory["Service"], { own, run }: StudyRun): RecordsByNode =>
  new Map(history.nodesOf(run.run).flatMap((record) => (record.study === own.study ? [[record.node, record] as const] : [])))

const stateIn = (record: NodeRecord, was: NodeRecord | undefined): LayerState => {
  if (record.state !== "ran" && record.state !== "fresh") return record.state
  const same = was !== undefined && artifactsIn(was) === artifactsIn(record)
  if (record.state === "fresh") return same ? "fresh" : "found"
  return same ? "same" : "changed"
}

/** Of runs that are over, what they did never changes. So many of their nodes are kept in mind. */
const known = new Map<string, RunWork>()
const KEPT = 200_000
let kept = 0

const keep = (key: string, work: RunWork): void => {
  known.set(key, work)
  kept += work.touched.length + 1
  for (const [oldest, { touched }] of known) {
    if (kept <= KEPT) break
    known.delete(oldest)
    kept -= touched.length + 1
  }
}

interface Detailed {
  readonly work: RunWork
  readonly edits: ReadonlyArray<Edit>
  readonly records: RecordsByNode
  /** What each of the recorded nodes was before, and each of those that an edit touches. */
  readonly before: ReadonlyMap<string, NodeRecord | undefined>
}

/** What a run did, and its records; those of nodes that were found again are recorded without reasons, and have here what they are made of beside what they were. */
const detailed = ({ history, traces }: Records, states: BaseStates, one: StudyRun): Detailed => {
  const own = recordsIn(history, one)
  const base: BaseState = own.size === 0 ? new Map() : states.of(one)
  const records = withReasons(own, base, recordedIn(history, traces))
  const touched: ReadonlyArray<Touched> = [
    ...[...records.values()].map((record) => ({ node: record.node, state: stateIn(record, base.get(record.node)?.()) })),
    ...(one.own.cancelled ?? []).flatMap((node) => (records.has(node) ? [] : [{ node, state: "cancelled" as const }]))
  ]
  const edits = editsOf(records, base)
  const ofFile = edits.some(({ edit }) => edit === "file")
  const shared = [...records.values()].filter(({ from }) => from !== undefined).length
  const work = { shared, touched: touched.filter(({ state }) => state !== "fresh"), edits: editsInWords(edits), ofFile }
  const before = new Map([...records.keys(), ...edits.flatMap(({ nodes }) => nodes)].map((node) => [node, base.get(node)?.()]))
  states.ran(one, records.values())
  return { work, edits, records, before }
}

/** What one run did, with its records. */
export const runInDetail = (from: Records, one: StudyRun) => detailed(from, new BaseStates(from.history), one)

/** What runs did, newest first as they are given; of those that go on, so far. */
export const worksOf = (from: Records, runs: ReadonlyArray<StudyRun>): ReadonlyArray<RunWork> => {
  const states = new BaseStates(from.history)
  // From the oldest on: each finds what the one before left.
  const works = [...runs].reverse().map((one) => {
    const key = `${one.run.run} ${one.own.study}`
    const found = known.get(key)
    if (found !== undefined) return found
    const { work } = detailed(from, states, one)
    if (one.run.ok !== undefined) keep(key, work)
    return work
  })
  return works.reverse()
}
