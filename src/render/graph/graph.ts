/** A study's DAG, ready to be drawn. */
export interface DrawnGraph {
  readonly title: string
  readonly nodes: ReadonlyArray<DrawnNode>
  /** Printed under the title: what run it was, say. */
  readonly note?: string
  /** From what is read to what reads it, by node name. */
  readonly edges: ReadonlyArray<{ readonly from: string; readonly to: string }>
}
export interface DrawnNode {
  readonly name: string
  /** Printed under the name: the stage; empty for a file. */
  readonly stage: string
  readonly state: NodeState
  /** What more there is to tell of its state: "parameter", "12 ms". */
  readonly detail?: string
  /** An edit touched it itself: the node's code or parameters, or the file. */
  readonly edited?: boolean
}
/**
 * `fresh`, `stale` and `unknown` (until its inputs have run) are what a plan says; `ran`, `cut off` (it reads what ran, and had not to run), `failed`, `blocked`, `skipped` and `cancelled` what a run
 * did; `source` is a file, `edited` one that changed.
 */
export type NodeState = "fresh" | "stale" | "unknown" | "ran" | "cut off" | "failed" | "blocked" | "skipped" | "cancelled" | "source" | "edited"

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
  { state: "ran", fill: "#fbe3a1", line: "#B87400", darkFill: "#5a430f", dash: "" },
  { state: "cut off", fill: "#d5f0e6", line: "#0072B2", darkFill: "#0d3a2e", dash: "1.5 2" },
  { state: "failed", fill: "#fbdccb", line: "#D55E00", darkFill: "#4a240c", dash: "" },
  { state: "blocked", fill: "#fbdccb", line: "#D55E00", darkFill: "#4a240c", dash: "6 3" },
  { state: "skipped", fill: "#eceef1", line: "#6b7280", darkFill: "#262c34", dash: "8 2 2 2" },
  { state: "cancelled", fill: "#eceef1", line: "#6b7280", darkFill: "#262c34", dash: "6 3" },
  { state: "source", fill: "#ffffff", line: "#0072B2", darkFill: "#0d1117", dash: "" },
  { state: "edited", fill: "#fde6ef", line: "#B0356E", darkFill: "#4a1730", dash: "" }
]

/** What is printed under a node's name: its stage, where that is another word, and what its state has to tell. */
export const secondLine = ({ detail = "", name, stage }: DrawnNode): string =>
  [...(stage === "" || stage === name ? [] : [stage]), ...(detail === "" ? [] : [detail])].join(" · ")

const PASSES_ON: ReadonlySet<NodeState> = new Set(["edited", "stale", "unknown", "ran", "failed", "blocked"])
const REACHED: ReadonlySet<NodeState> = new Set(["stale", "unknown", "ran", "cut off", "failed", "blocked", "skipped", "cancelled"])

/** Whether an edge is on the way of an edit; none is where all would be, as in a study that never ran. */
export const onTheWay = (graph: DrawnGraph): ((edge: DrawnGraph["edges"][number]) => boolean) => {
  const states = new Map(graph.nodes.map(({ name, state }) => [name, state]))
  const isOn = ({ from, to }: DrawnGraph["edges"][number]) => PASSES_ON.has(states.get(from)!) && REACHED.has(states.get(to)!)
  return graph.nodes.every(({ state }) => state !== "fresh" && state !== "cut off") ? () => false : isOn
}

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
