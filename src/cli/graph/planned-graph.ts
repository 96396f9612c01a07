import { type GraphNode, originsOf } from "../../dag/dag.ts"
import { type Known, planStudy } from "../../engine/plan.ts"
import type { Reason } from "../../engine/reasons.ts"
import type { Study } from "../../engine/study.ts"
import { changedFiles, touchedBy } from "../../engine/touched.ts"
import type { DrawnGraph } from "../../render/graph/graph.ts"

/** The edges into nodes, from the nodes and files that they read; the files of a folder are one. */
export const edgesInto = (nodes: ReadonlyArray<Pick<GraphNode, "name" | "inputs">>): DrawnGraph["edges"] =>
  nodes.flatMap((node) => originsOf(node).map((from) => ({ from, to: node.name })))

/** The files that edges begin at, those that changed told apart; a file of before that nothing reads now is left out. */
export const filesOf = (edges: DrawnGraph["edges"], nodes: ReadonlySet<string>, changed: ReadonlySet<string>): DrawnGraph["nodes"] =>
  [...new Set(edges.flatMap(({ from }) => (nodes.has(from) ? [] : [from])))].map((name) => ({
    name,
    stage: "",
    state: changed.has(name) ? ("edited" as const) : ("source" as const)
  }))

/** A study's DAG with what a run would do today. */
export const plannedGraph = (study: Study, nodes: ReadonlyArray<GraphNode>, known: Known): DrawnGraph => {
  const plans = planStudy(study, nodes, known)
  const whyOf = (name: string): ReadonlyArray<Reason> => {
    const plan = plans.get(name)!
    return plan.state === "fresh" ? [] : plan.why
  }
  const edges = edgesInto(nodes)
  const changed = new Set(nodes.flatMap((node) => changedFiles(node, whyOf(node.name))))
  return {
    title: study.graph.study,
    nodes: [
      ...filesOf(edges, new Set(nodes.map(({ name }) => name)), changed),
      ...nodes.map(({ name, stage }) => {
        const touched = plans.get(name)!.state === "stale" ? touchedBy(whyOf(name)) : []
        return {
          name,
          stage,
          state: plans.get(name)!.state,
          ...(touched.length === 0 ? {} : { detail: touched.join(", "), edited: !touched.every((word) => word === "new") })
        }
      })
    ],
    edges
  }
}
