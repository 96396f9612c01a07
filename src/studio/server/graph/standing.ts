import { type GraphNode, upstreamOf } from "../../../dag/dag.ts"
import { type LastFailure, lastFailure } from "../../../engine/last-failure.ts"
import { type Known, type NodePlan, skippedNodes } from "../../../engine/plan.ts"
import type { Standing } from "../../messages/graph.ts"

/** How a node stands today, and its last failure where nothing good came of it since. */
export interface Stands {
  readonly state: Standing
  readonly failure: LastFailure | undefined
}

/** How nodes stand that were planned. `nodes` stand in an order in which inputs come first. */
export const standings = (study: string, nodes: ReadonlyArray<GraphNode>, plans: ReadonlyMap<string, NodePlan>, known: Known): ReadonlyMap<string, Stands> => {
  const skipped = skippedNodes(nodes, plans)
  const standing = new Map<string, Stands>()
  const waits = (name: string) => ["failed", "blocked"].includes(standing.get(name)?.state ?? "")
  for (const node of nodes) {
    const plan = plans.get(node.name)!
    const failure = plan.state === "fresh" ? undefined : lastFailure(known.history, study, node.name)
    const state =
      plan.state === "fresh"
        ? "fresh"
        : skipped.has(node.name)
          ? "skipped"
          : failure !== undefined
            ? "failed"
            : upstreamOf(node).some(waits)
              ? "blocked"
              : plan.state
    standing.set(node.name, { state, failure })
  }
  return standing
}
