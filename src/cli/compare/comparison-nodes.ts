import { Effect } from "effect"
import { type GraphNode, isList, upstreamOf } from "../../dag/dag.ts"
import type { NodeReport } from "../../engine/events.ts"
import { neededFor } from "../../engine/plan.ts"
import type { Study } from "../../engine/study.ts"
import { laidOut } from "../../render/render.ts"
import { isComparisonResult } from "../../workspace/comparison-results.ts"
import { type CliFailure, usage } from "../../workspace/failure.ts"

export interface ComparisonNodes {
  /** What a comparison comes to, in the study's order. */
  readonly results: ReadonlyArray<GraphNode>
  /** Those of them that print a table or a figure, in the order in which they are read: ranks, curve, uncertainty. */
  readonly printed: ReadonlyArray<GraphNode>
  /** The models that are compared. */
  readonly models: ReadonlyArray<string>
}

/** What to do where a study has no comparison. */
export const noComparison = (file: string): CliFailure =>
  usage("no-comparison", `${file} has no comparison: place one with compareNodes(dag, dag.data("comparison", FILE, Comparison), …); docs/compare.md has how`, {
    file
  })

/** The nodes of a study's comparison; a failure that says how to place one where there is none. */
export const comparisonNodes = (study: Study): Effect.Effect<ComparisonNodes, CliFailure> => {
  const results = study.graph.nodes.filter(isComparisonResult)
  const curve = results.find(({ stage }) => stage === "specification-curve")
  if (curve === undefined) return Effect.fail(noComparison(study.file))
  const models = curve.inputs["coefficients"]
  return Effect.succeed({
    results,
    printed: results.filter(({ outputs }) => Object.values(outputs).some((type) => laidOut.has(type))),
    models: models !== undefined && isList(models) ? models.map(({ node }) => node) : []
  })
}

/** How much of what the compared models need is the same node. */
export interface SharedNodes {
  readonly specifications: number
  /** The nodes that each model rests on, itself among them, added up. */
  readonly needed: number
  /** How many different nodes these are. */
  readonly distinct: number
  /** Of these, what the run did. */
  readonly ran: number
  readonly fresh: number
}

export const sharedNodes = (study: Study, models: ReadonlyArray<string>, reports: ReadonlyArray<NodeReport>): SharedNodes => {
  // The same upstream is walked once for all models that rest on it.
  const all = neededFor(study, models)
  const upstream = new Map<string, ReadonlySet<string>>()
  for (const node of all) upstream.set(node.name, new Set([node.name, ...upstreamOf(node).flatMap((one) => [...upstream.get(one)!])]))
  const stateOf = new Map(reports.map(({ node, state }) => [node, state]))
  const those = (state: NodeReport["state"]) => all.filter(({ name }) => stateOf.get(name) === state).length
  return {
    specifications: models.length,
    needed: models.reduce((sum, name) => sum + (upstream.get(name)?.size ?? 0), 0),
    distinct: all.length,
    ran: those("ran"),
    fresh: those("fresh")
  }
}
