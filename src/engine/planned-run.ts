import type { GraphNode } from "../dag/dag.ts"
import { type Known, type NodePlan, planStudy, skippedNodes } from "./plan.ts"
import { type Prediction, predict } from "./predict.ts"
import type { Study } from "./study.ts"

/** What a run of some nodes would do, and what that is expected to cost. */
interface PlannedRun {
  readonly plans: ReadonlyMap<string, NodePlan>
  /** The nodes that a run leaves out, for lack of a program: they cost nothing. */
  readonly skipped: ReadonlySet<string>
  readonly prediction: Prediction
}

/** Plans some nodes of a study, which stand in its order. Changes nothing. */
export const plannedRun = (study: Study, nodes: ReadonlyArray<GraphNode>, known: Known): PlannedRun => {
  const plans = planStudy(study, nodes, known)
  const skipped = new Set(skippedNodes(nodes, plans).keys())
  return { plans, skipped, prediction: predict(study, new Map([...plans].filter(([name]) => !skipped.has(name))), known.history) }
}
