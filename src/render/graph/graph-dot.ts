import { plain } from "../monospace.ts"
import { type DrawnGraph, distinctEdges, nodeIds, stateLooks } from "./graph.ts"

const escaped = (text: string): string => plain(text).replace(/["\\]/g, "\\$&")

/** A DAG in the DOT language of Graphviz. */
export const graphDot = (graph: DrawnGraph): string => {
  const ids = nodeIds(graph)
  const looks = new Map(stateLooks.map((look) => [look.state, look]))
  const lines = [
    `digraph "${escaped(graph.title)}" {`,
    "  rankdir=LR",
    '  node [shape=box, fontname="Helvetica", fontsize=11]',
    '  edge [color="#6b7280", arrowsize=0.7]',
    ...graph.nodes.map(({ name, stage, state }) => {
      const { dash, fill, line } = looks.get(state)!
      const style = state === "source" ? "filled" : dash === "" ? "filled,rounded" : dash.startsWith("2") ? "filled,rounded,dotted" : "filled,rounded,dashed"
      const label = escaped(name) + (stage === "" || stage === name ? "" : `\\n${escaped(stage)}`)
      return `  ${ids.get(name)} [label="${label}", tooltip="${state}", style="${style}", fillcolor="${fill}", color="${line}"]`
    }),
    ...distinctEdges(graph).map(({ from, to }) => `  ${ids.get(from)} -> ${ids.get(to)}`),
    "}"
  ]
  return `${lines.join("\n")}\n`
}
