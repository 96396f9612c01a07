import { Graph, layout } from "@dagrejs/dagre"
import { escapeXml, px, svgDocument, svgText } from "../svg.ts"
import { textExtent, wrapToExtent } from "../text-extent.ts"
import { type DrawnGraph, distinctEdges, nodeIds, stateLooks } from "./graph.ts"

const size = 12
const small = 10
const margin = 16

const style = [
  ".sd-edge{fill:none;stroke:#7b8490;stroke-width:1.1}.sd-tip{fill:#7b8490}",
  ...stateLooks.map(
    ({ dash, fill, line, state }) => `.sd-${state}{fill:${fill};stroke:${line};stroke-width:1.4${dash === "" ? "" : `;stroke-dasharray:${dash}`}}`
  ),
  `@media (prefers-color-scheme:dark){${stateLooks.map(({ darkFill, state }) => `.sd-${state}{fill:${darkFill}}`).join("")}}`
].join("")

interface At {
  readonly x: number
  readonly y: number
}

/** A smooth line through dagre's points: straight to the middle of each piece, curved at the points between. */
const curve = (points: ReadonlyArray<At>): string => {
  const at = ({ x, y }: At) => `${px(x)} ${px(y)}`
  const between = (a: At, b: At): At => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 })
  const bends = points.slice(1, -1).map((point, i) => {
    const next = points[i + 2]!
    return `Q${at(point)} ${at(i === points.length - 3 ? next : between(point, next))}`
  })
  return [`M${at(points[0]!)}`, ...(bends.length === 0 ? [`L${at(points.at(-1)!)}`] : bends)].join("")
}

/** A DAG as SVG, read from left to right, laid out by dagre (Sugiyama's layers; Gansner et al. 1993); a node has its name, its stage and the colour and outline of its state. */
export const graphSvg = (graph: DrawnGraph): string => {
  const ids = nodeIds(graph)
  const drawing = new Graph()
  drawing.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 44, edgesep: 6, ranker: "network-simplex" })
  drawing.setDefaultEdgeLabel(() => ({}))
  const second = (stage: string, name: string) => (stage === name ? "" : stage)
  for (const { name, stage } of graph.nodes)
    drawing.setNode(ids.get(name)!, {
      width: 18 + Math.max(textExtent(name, size * 1.05), textExtent(second(stage, name), small)),
      height: second(stage, name) === "" ? 26 : 38
    })
  const edges = distinctEdges(graph)
  for (const { from, to } of edges) drawing.setEdge(ids.get(from)!, ids.get(to)!)
  layout(drawing)
  const extent = drawing.graph() as { width?: number; height?: number }
  const used = stateLooks.filter(({ state }) => graph.nodes.some((node) => node.state === state))
  const width = Math.max(extent.width ?? 0, 380) + 2 * margin
  const body: Array<string> = []
  let y = margin
  for (const line of wrapToExtent(graph.title, 14 * 1.06, width - 2 * margin))
    body.push(svgText(line, { x: margin, y: (y += 18) - 4, size: 14, weight: "bold" }))
  let x = margin
  y += 16
  for (const { state } of used) {
    const count = graph.nodes.filter((node) => node.state === state).length
    const told = `${state} (${count})`
    body.push(`<rect class="sd-${state}" x="${px(x)}" y="${px(y - 11)}" width="20" height="13" rx="3"/>`)
    body.push(svgText(told, { x: x + 26, y, size: 11 }))
    x += 26 + textExtent(told, 11) + 20
  }
  const top = y + 20
  const shift = (point: At): At => ({ x: point.x + margin, y: point.y + top })
  const placed = (name: string) => drawing.node(ids.get(name)!) as unknown as At & { width: number; height: number }
  const sideOf = (name: string, side: 1 | -1): At => {
    const node = placed(name)
    return { x: node.x + (side * node.width) / 2, y: node.y }
  }
  for (const { from, to } of edges) {
    const bends = (drawing.edge(ids.get(from)!, ids.get(to)!) as { points: ReadonlyArray<At> }).points.slice(1, -1)
    // Edges leave in the middle of the right side and arrive in the middle of the left one, so that every arrowhead shows.
    const points = [sideOf(from, 1), ...bends, sideOf(to, -1)].map(shift)
    const end = points.at(-1)!
    body.push(`<path class="sd-edge" d="${curve(points)}"/>`)
    body.push(`<path class="sd-tip" d="M${px(end.x)} ${px(end.y)}l-6 -3v6z"/>`)
  }
  for (const { name, stage, state } of graph.nodes) {
    const node = placed(name)
    const at = shift(node)
    const below = second(stage, name)
    body.push(
      `<g><title>${escapeXml(`${name}${stage === "" ? "" : `: ${stage}`}, ${state}`)}</title>`,
      `<rect class="sd-${state}" x="${px(at.x - node.width / 2)}" y="${px(at.y - node.height / 2)}" width="${px(node.width)}" height="${px(node.height)}" rx="${state === "source" ? 0 : 5}"/>`,
      svgText(name, { x: at.x, y: at.y + (below === "" ? 4 : -2), size, anchor: "middle" }),
      ...(below === "" ? [] : [svgText(below, { x: at.x, y: at.y + 12, size: small, anchor: "middle", tone: "quiet" })]),
      "</g>"
    )
  }
  return svgDocument({ width, height: top + (extent.height ?? 0) + margin }, graph.title, body, style)
}
