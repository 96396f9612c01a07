/** What is told beside a box or an edge that is pointed at. */

import type { StudyGraph } from "../../messages/graph.ts"
import { count, moment, size } from "../wording.ts"
import type { BoxView } from "./box-view.ts"
import type { BoxEdge, Shape } from "./shape.ts"
import { countsInWords, inWords } from "./states.ts"
import { duration } from "./wording.ts"

/** So many lines of one kind. */
const LINES = 8
const firstOf = (lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length <= LINES ? lines : [...lines.slice(0, LINES), `and ${lines.length - LINES} more`]

/** What is read along edges: for each input the columns. */
const readingsOf = (graph: StudyGraph, edges: ReadonlyArray<number>): ReadonlyArray<string> => {
  const lines = new Set<string>()
  for (const edge of edges) {
    const reading = graph.edges.reading[edge]!
    if (reading !== -1) for (const line of graph.readings[reading]!.split("\n")) lines.add(line)
  }
  return [...lines]
}

export const edgeTold = (graph: StudyGraph, { boxes }: Shape, { edges, from, to }: BoxEdge) => {
  const lines = readingsOf(graph, edges)
  return {
    title: `${boxes[from]!.label} → ${boxes[to]!.label}`,
    ...(edges.length > 1 ? { state: count(edges.length, "edge") } : {}),
    lines: lines.length === 0 ? ["What is read is known once it has run."] : firstOf(lines)
  }
}

export const boxTold = (graph: StudyGraph, { box, counts, second, state, warnings, why }: BoxView) => {
  const item = box.members[0]!
  const node = box.kind === "node" ? graph.nodes[item] : undefined
  const into = graph.edges.to.flatMap((to, i) => (node !== undefined && to === item ? [i] : []))
  const made =
    node === undefined || state !== "fresh"
      ? []
      : [node.ms === undefined ? "" : duration(node.ms), node.bytes === undefined ? "" : size(node.bytes), node.at === undefined ? "" : moment(node.at)]
  const expected = node?.ms !== undefined && state !== "fresh" && state !== "running" ? [`expected to take ${duration(node.ms)}`] : []
  return {
    title: box.label,
    state: [
      box.kind === "node" || box.kind === "file" ? inWords(state) : `${box.members.length}: ${countsInWords(counts)}`,
      ...(node === undefined || node.stage === node.name ? [] : [`stage ${node.stage}`])
    ].join(" · "),
    lines: [
      ...(box.kind === "layer" ? [second] : []),
      ...firstOf(why),
      ...(made.some((one) => one !== "") ? [made.filter((one) => one !== "").join(" · ")] : []),
      ...expected,
      ...(warnings > 0 ? [count(warnings, "warning")] : []),
      ...firstOf(readingsOf(graph, into).map((line) => `reads ${line}`))
    ]
  }
}
