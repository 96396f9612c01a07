import { Effect } from "effect"
import { wiresOf } from "../../dag/dag.ts"
import type { Fault } from "../../dag/stage.ts"
import type { StoreFailure } from "../../store/failure.ts"
import type { ObjectStore } from "../../store/objects.ts"
import type { NodeRecord, RunHistory, RunRecord, StudyState } from "../../store/runs.ts"
import type { TraceIndex } from "../../store/traces.ts"
import { type Edit, editsBehind, follow, type Link } from "../chain.ts"
import type { Reason } from "../reasons.ts"
import { madeIn, recordedTrace } from "../recorded-trace.ts"
import { compareOutputs, type OutputDiff } from "./compare-outputs.ts"
import { behindNodes, type Change, compareStates, linksOf, type Recorded } from "./compare-states.ts"

/** What was known of a study's nodes in a run: when it ended, or at a moment of it. */
export interface Side {
  readonly run: RunRecord
  readonly at?: number
  /** Of two branches that are compared: its own name. */
  readonly study?: string
}

/** A node on one side: its state, and where what it has was made. */
interface NodeSide {
  readonly state: string
  readonly run: string
  readonly at: number
}
export interface NodeDiff {
  readonly node: string
  readonly stage: string
  readonly change: Change
  readonly before: NodeSide | null
  readonly after: NodeSide | null
  readonly why: ReadonlyArray<Reason>
  /** The edits that it rests on, as positions in the study's. */
  readonly edits: ReadonlyArray<number>
  readonly faults: ReadonlyArray<Fault>
  readonly blockedBy: ReadonlyArray<string>
  readonly outputs: ReadonlyArray<OutputDiff>
  /** How many files it reads. */
  readonly files: number
  /** Where it was asked for by name: each node between the edits and it, itself first. */
  readonly chain?: ReadonlyArray<Link>
}
export interface StudyDiff {
  readonly study: string
  readonly before: Side
  readonly after: Side
  /** Inputs first. */
  readonly nodes: ReadonlyArray<NodeDiff>
  readonly edits: ReadonlyArray<Edit>
}

/** What was known on a side. */
export const stateAt = (history: RunHistory["Service"], study: string, { at, run, study: own = study }: Side): StudyState => history.stateOf(own, run.run, at)

/** What the comparison of records asks of the store. */
export const recordedIn = (history: RunHistory["Service"], traces: TraceIndex["Service"]): Recorded => ({
  partsOf: history.codeOf,
  summary: (record, output) => recordedTrace(traces, record)?.outputs[output]?.summary
})

/** How a study's nodes differ between two runs, and from which edits; of `targets` and what they rest on alone, where there are any. */
export const diffRuns = (
  history: RunHistory["Service"],
  traces: TraceIndex["Service"],
  study: string,
  before: Side,
  after: Side,
  targets: ReadonlyArray<string>
): Effect.Effect<StudyDiff, StoreFailure, ObjectStore> =>
  Effect.map(diffStates(history, traces, [stateAt(history, study, before), stateAt(history, study, after)], targets), (differs) => ({
    study,
    before,
    after,
    ...differs
  }))

/** Nodes whose tables are compared, where both sides have them. */
const COMPARED: ReadonlySet<Change> = new Set(["changed", "reached"])

/** The same of two states, wherever they are from. */
export const diffStates = (
  history: RunHistory["Service"],
  traces: TraceIndex["Service"],
  [old, now]: readonly [old: StudyState, now: StudyState],
  targets: ReadonlyArray<string>
): Effect.Effect<Pick<StudyDiff, "nodes" | "edits">, StoreFailure, ObjectStore> =>
  Effect.gen(function* () {
    const recorded = recordedIn(history, traces)
    const all = compareStates(old, now, recorded)
    const differences = targets.length === 0 ? all : behindNodes(all, [old, now], targets)
    const telling = differences.flatMap(({ change, node }) => (change === "same" ? [] : [node]))
    const edits = editsBehind(telling, linksOf(differences))
    const sideOf = (record: NodeRecord | undefined): NodeSide | null => (record === undefined ? null : { state: record.state, ...madeIn(traces, record) })
    const nodes = yield* Effect.forEach(differences, (difference) =>
      Effect.map(COMPARED.has(difference.change) ? compareOutputs(difference, recorded) : Effect.succeed([]), (outputs): NodeDiff => {
        const { after: is, before: was, change, node, why } = difference
        return {
          node,
          stage: (is ?? was)!.stage,
          change,
          before: sideOf(was),
          after: sideOf(is),
          why,
          edits: change === "same" ? [] : edits.behind(node),
          faults: is?.faults ?? [],
          blockedBy: is?.blockedBy ?? [],
          outputs,
          files: wiresOf((is ?? was)!).filter(([, wire]) => "source" in wire).length,
          ...(targets.includes(node) ? { chain: follow(node, linksOf(differences, node)) } : {})
        }
      })
    )
    return { nodes, edits: edits.all }
  })
