/** A study's DAG, ready to be drawn. */
export interface DrawnGraph {
  readonly title: string
  readonly nodes: ReadonlyArray<DrawnNode>
  /** From what is read to what reads it, by node name. */
  readonly edges: ReadonlyArray<{ readonly from: string; readonly to: string }>
}
export interface DrawnNode {
  readonly name: string
  /** Printed under the name: the stage; empty for a file. */
  readonly stage: string
  readonly state: NodeState
}
export type NodeState = "fresh" | "stale" | "unknown" | "failed" | "source"

interface StateLook {
  readonly state: NodeState
  readonly fill: string
  readonly line: string
  /** On a dark page. */
  readonly darkFill: string
  /** States differ in the outline too, so that none rests on colour alone. */
  readonly dash: string
}

/** How each state looks: tints of Okabe and Ito's palette with dark text. */
export const stateLooks: ReadonlyArray<StateLook> = [
  { state: "fresh", fill: "#d5f0e6", line: "#009E73", darkFill: "#0d3a2e", dash: "" },
  { state: "stale", fill: "#fdebc8", line: "#B87400", darkFill: "#45330d", dash: "6 3" },
  { state: "unknown", fill: "#eceef1", line: "#6b7280", darkFill: "#262c34", dash: "2 3" },
  { state: "failed", fill: "#fbdccb", line: "#D55E00", darkFill: "#4a240c", dash: "" },
  { state: "source", fill: "#ffffff", line: "#0072B2", darkFill: "#0d1117", dash: "" }
]

/** Names of nodes may hold anything; in mermaid and dot they are told apart by number. */
export const nodeIds = (graph: DrawnGraph): ReadonlyMap<string, string> => new Map(graph.nodes.map(({ name }, i) => [name, `n${i}`]))

/** The edges between nodes of the graph, each once. */
export const distinctEdges = ({ edges, nodes }: DrawnGraph): DrawnGraph["edges"] => {
  const known = new Set(nodes.map(({ name }) => name))
  const seen = new Set<string>()
  return edges.filter(({ from, to }) => {
    const key = JSON.stringify([from, to])
    if (!known.has(from) || !known.has(to) || seen.has(key)) return false
    seen.add(key)
    return true
  })
}
