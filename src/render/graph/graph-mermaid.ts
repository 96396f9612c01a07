import { plain } from "../monospace.ts"
import { type DrawnGraph, distinctEdges, nodeIds, stateLooks } from "./graph.ts"

// Mermaid reads entities written with # in quoted labels.
const quoted = (text: string): string => `"${plain(text).replace(/[#"&<>`]/g, (character) => `#${character.codePointAt(0)};`)}"`

/** A DAG as a Mermaid flowchart, which GitHub and GitLab draw in Markdown. */
export const graphMermaid = (graph: DrawnGraph): string => {
  const ids = nodeIds(graph)
  const used = new Set(graph.nodes.map(({ state }) => state))
  const lines = [
    "flowchart LR",
    ...graph.nodes.map(({ name, stage, state }) => {
      const label = quoted(name).slice(1, -1) + (stage === "" || stage === name ? "" : `<br/><small>${quoted(stage).slice(1, -1)}</small>`)
      return `  ${ids.get(name)}${state === "source" ? `[/"${label}"/]` : `["${label}"]`}:::${state}`
    }),
    ...distinctEdges(graph).map(({ from, to }) => `  ${ids.get(from)} --> ${ids.get(to)}`),
    ...stateLooks
      .filter(({ state }) => used.has(state))
      .map(({ dash, fill, line, state }) => `  classDef ${state} fill:${fill},stroke:${line},color:#1b1f24${dash === "" ? "" : `,stroke-dasharray:${dash}`}`)
  ]
  return `${lines.join("\n")}\n`
}
