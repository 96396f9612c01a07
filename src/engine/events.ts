import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { NodeState } from "../store/runs.ts"
import type { Acceptance } from "../store/trace.ts"
import type { Reason } from "./reasons.ts"
import type { Study } from "./study.ts"

/** What became of a node in a run. */
export interface NodeReport {
  readonly study: string
  readonly node: string
  readonly stage: string
  readonly state: NodeState
  /** Where another machine made it: it is fresh by a trace of the shared store, and its artifacts came from there. */
  readonly from?: "shared store"
  /** It ran, and at least one of its artifacts is not what it was. */
  readonly changed: boolean
  readonly why: ReadonlyArray<Reason>
  /** Output name to the artifact's name. */
  readonly artifacts: Readonly<Record<string, string>>
  readonly warnings: ReadonlyArray<Fault>
  /** It is fresh because its artifacts were accepted, each time with a reason. */
  readonly accepted?: ReadonlyArray<Acceptance>
  readonly faults: ReadonlyArray<Fault>
  /** The nodes whose failure blocked this one; of a skipped one, those that it rests on and that were skipped. */
  readonly blockedBy: ReadonlyArray<string>
  /** How often its stage was started in this run: more than once where it was tried again. */
  readonly attempts: number
  readonly ms: number
}

/** The report of a node of which there is no more to tell than `told`. */
export const reportOn = (study: Study, node: GraphNode, state: NodeState, told: Partial<NodeReport> = {}): NodeReport => ({
  study: study.graph.study,
  node: node.name,
  stage: node.stage,
  state,
  changed: false,
  why: [],
  artifacts: {},
  warnings: [],
  faults: [],
  blockedBy: [],
  attempts: 0,
  ms: 0,
  ...told
})

/** Whether it came from the shared store. */
export const isFetched = ({ from }: NodeReport): boolean => from !== undefined

export type StateCounts = Readonly<Partial<Record<NodeState, number>>>
export const countStates = (nodes: ReadonlyArray<{ readonly state: NodeState }>): StateCounts => {
  const counts: Partial<Record<NodeState, number>> = {}
  for (const { state } of nodes) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

export interface RunReport {
  readonly run: string
  readonly ok: boolean
  readonly nodes: ReadonlyArray<NodeReport>
  /** How many pieces of work the good ones come to: nodes that are the same work are one. */
  readonly distinct: number
  readonly ms: number
}

/** What happens in a run, as it happens: the one source of progress, logs and tests. */
export type EngineEvent =
  /** `due`: by study, the nodes that are stale or unknown. */
  | {
      readonly event: "run-started"
      readonly run: string
      readonly nodes: number
      readonly stale: number
      readonly unknown: number
      readonly due: ReadonlyMap<string, ReadonlyArray<string>>
    }
  | { readonly event: "node-started"; readonly study: string; readonly node: string; readonly stage: string; readonly why: ReadonlyArray<Reason> }
  /** So many attempts failed, of the last one these are the faults, and another one begins. */
  | { readonly event: "node-retried"; readonly study: string; readonly node: string; readonly attempts: number; readonly faults: ReadonlyArray<Fault> }
  | { readonly event: "node-finished"; readonly report: NodeReport }
  | { readonly event: "object-lost"; readonly study: string; readonly node: string; readonly message: string }
  /** What goes wrong with the shared store, once each. */
  | { readonly event: "shared-store"; readonly message: string }
  | { readonly event: "run-finished"; readonly report: RunReport }
