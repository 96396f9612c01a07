import { plain } from "../monospace.ts"
import { type DrawnGraph, distinctEdges, type NodeState, nodeIds, onTheWay, secondLine, stateLooks } from "./graph.ts"

// Mermaid reads entities written with # in quoted labels.
const quoted = (text: string): string => `"${plain(text).replace(/[#"&<>`]/g, (character) => `#${character.codePointAt(0)};`)}"`

const classOf = (state: NodeState): string => state.replace(" ", "-")

/** A DAG as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
export const graphMermaid = (graph: DrawnGraph): string => {
  const ids = nodeIds(graph)
  const edges = distinctEdges(graph)
  const isOn = onTheWay(graph)
  const way = edges.flatMap((edge, i) => (isOn(edge) ? [i] : []))
  const used = new Set(graph.nodes.map(({ state }) => state))
  const lines = [
    "flowchart LR",
    ...graph.nodes.map((node) => {
      const { name, state } = node
      const below = secondLine(node)
      const label = quoted(name).slice(1, -1) + (below === "" ? "" : `<br/><small>${quoted(below).slice(1, -1)}</small>`)
      return `  ${ids.get(name)}${state === "source" || state === "edited" ? `[/"${label}"/]` : `["${label}"]`}:::${classOf(state)}`
    }),
    ...edges.map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ...stateLooks
      .filter(({ state }) => used.has(state))
      .map(
        ({ dash, fill, line, state }) =>
          `  classDef ${classOf(state)} fill:${fill},stroke:${line},color:#1b1f24${dash === "" ? "" : `,stroke-dasharray:${dash}`}`
      ),
    ...(way.length === 0 ? [] : [`  linkStyle ${way.join(",")} stroke:#B87400,stroke-width:2.5px`])
  ]
  return `${lines.join("\n")}\n`
}
