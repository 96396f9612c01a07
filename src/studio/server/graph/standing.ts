import { type GraphNode, upstreamOf } from "../../../dag/dag.ts"
import type { Fault } from "../../../dag/stage.ts"
import { cannotRun } from "../../../engine/cannot-run.ts"
import { type LastFailure, lastFailure } from "../../../engine/last-failure.ts"
import { type Known, type NodePlan, skippedNodes } from "../../../engine/plan.ts"
import type { Study } from "../../../engine/study.ts"
import type { Standing } from "../../messages/graph.ts"

/** How a node stands today, its last failure where nothing good came of it since, and what keeps it from running where something does. */
export interface Stands {
  readonly state: Standing
  readonly failure: LastFailure | undefined
  readonly hindered: ReadonlyArray<Fault>
}

/** Whether a run would execute a node, unless it is fresh, or comes out fresh. */
export const wouldRun = ({ hindered, state }: Stands): boolean => state !== "skipped" && hindered.length === 0

/** How nodes stand that were planned. `nodes` stand in an order in which inputs come first. */
export const standings = (study: Study, nodes: ReadonlyArray<GraphNode>, plans: ReadonlyMap<string, NodePlan>, known: Known): ReadonlyMap<string, Stands> => {
  const skipped = skippedNodes(nodes, plans)
  const cannot = cannotRun(study, nodes, plans)
  const standing = new Map<string, Stands>()
  const waits = (name: string) => ["failed", "blocked"].includes(standing.get(name)?.state ?? "")
  for (const node of nodes) {
    const plan = plans.get(node.name)!
    const failure = plan.state === "fresh" ? undefined : lastFailure(known.history, study.graph.study, node.name)
    const state =
      plan.state === "fresh"
        ? "fresh"
        : skipped.has(node.name)
          ? "skipped"
          : failure !== undefined
            ? "failed"
            : cannot.has(node.name) || upstreamOf(node).some(waits)
              ? "blocked"
              : plan.state
    standing.set(node.name, { state, failure, hindered: cannot.get(node.name) ?? [] })
  }
  return standing
}
