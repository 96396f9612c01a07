import type { GraphNode } from "../dag/dag.ts"
import type { Fault } from "../dag/stage.ts"
import type { RunHistory } from "../store/runs.ts"
import { neededFor } from "./plan.ts"
import type { Study } from "./study.ts"

/** How a node failed when it was last executed: it has not come out well since. */
export interface LastFailure {
  readonly node: string
  readonly run: string
  /** Milliseconds since 1970. */
  readonly at: number
  readonly faults: ReadonlyArray<Fault>
}

/** A node's last failure, unless something else became of it since. */
export const lastFailure = (history: RunHistory["Service"], study: string, node: string): LastFailure | undefined => {
  const last = history.lastOf(study, node, "any")
  return last?.state === "failed" ? { node, run: last.run, at: last.at, faults: last.faults ?? [] } : undefined
}

/** The last failures that keep a node from coming out well: its own, or else those of the nodes that it rests on. */
export const failedBelow = (history: RunHistory["Service"], study: Study, node: GraphNode): ReadonlyArray<LastFailure> => {
  const failureOf = (name: string) => lastFailure(history, study.graph.study, name)
  const own = failureOf(node.name)
  return own === undefined ? neededFor(study, [node.name]).flatMap(({ name }) => failureOf(name) ?? []) : [own]
}
