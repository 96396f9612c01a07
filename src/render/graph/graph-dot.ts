import { plain } from "../monospace.ts"
import { type DrawnGraph, distinctEdges, nodeIds, onTheWay, secondLine, stateLooks } from "./graph.ts"

const escaped = (text: string): string => plain(text).replace(/["\\]/g, "\\$&")

/** A DAG in the DOT language of Graphviz. */
export const graphDot = (graph: DrawnGraph): string => {
  const ids = nodeIds(graph)
  const isOn = onTheWay(graph)
  const looks = new Map(stateLooks.map((look) => [look.state, look]))
  const lines = [
    `digraph "${escaped(graph.title)}" {`,
    "  rankdir=LR",
    '  node [shape=box, fontname="Helvetica", fontsize=11]',
    '  edge [color="#6b7280", arrowsize=0.7]',
    ...graph.nodes.map((node) => {
      const { name, state } = node
      const { dash, fill, line } = looks.get(state)!
      const style =
        state === "source" || state === "edited"
          ? "filled"
          : dash === ""
            ? "filled,rounded"
            : dash.startsWith("2")
              ? "filled,rounded,dotted"
              : "filled,rounded,dashed"
      const below = secondLine(node)
      const label = escaped(name) + (below === "" ? "" : `\\n${escaped(below)}`)
      return `  ${ids.get(name)} [label="${label}", tooltip="${state}", style="${style}", fillcolor="${fill}", color="${line}"${node.edited === true ? ", penwidth=2.5" : ""}]`
    }),
    ...distinctEdges(graph).map((edge) => `  ${ids.get(edge.from)} -> ${ids.get(edge.to)}${isOn(edge) ? ' [color="#B87400", penwidth=2]' : ""}`),
    "}"
  ]
  return `${lines.join("\n")}\n`
}
