import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import { cannotRun } from "./cannot-run.ts"
import { type Known, type NodePlan, planStudy, skippedNodes } from "./plan.ts"
import { type Prediction, predict } from "./predict.ts"
import type { Study } from "./study.ts"

/** What a run of some nodes would do, and what that is expected to cost. */
export interface PlannedRun {
  readonly plans: ReadonlyMap<string, NodePlan>
  /** The nodes that a run leaves out, for lack of a program: they cost nothing. */
  readonly skipped: ReadonlySet<string>
  /** Those that would not come out well, each with what is wrong: they cost nothing either. */
  readonly cannot: ReadonlyMap<string, ReadonlyArray<Fault>>
  readonly prediction: Prediction
}

/** Plans some nodes of a study, which stand in its order. Changes nothing. */
export const plannedRun = (study: Study, nodes: ReadonlyArray<GraphNode>, known: Known): PlannedRun => {
  const plans = planStudy(study, nodes, known)
  const skipped = new Set(skippedNodes(nodes, plans).keys())
  const cannot = cannotRun(study, nodes, plans)
  const runs = new Map([...plans].filter(([name]) => !skipped.has(name) && !cannot.has(name)))
  return { plans, skipped, cannot, prediction: predict(study, runs, known.history) }
}
