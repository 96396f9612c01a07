import { Graph, layout } from "@dagrejs/dagre"
import { escapeXml, px, svgDocument, svgText } from "../svg.ts"
import { textExtent, wrapToExtent } from "../text-extent.ts"
import { type DrawnGraph, distinctEdges, type NodeState, nodeIds, onTheWay, secondLine, stateLooks } from "./graph.ts"

const size = 12
const small = 10
const margin = 16

const classOf = (state: NodeState): string => state.replace(" ", "-")
/** From so many nodes on layers are found by a faster, rougher way. */
const MANY = 250

const style = [
  ".sd-edge{fill:none;stroke:#7b8490;stroke-width:1.1}.sd-tip{fill:#7b8490}",
  ".sd-way{fill:none;stroke:#B87400;stroke-width:2.2}.sd-way-tip{fill:#B87400}.sd-touched{stroke-width:3.2;stroke-dasharray:none}",
  ...stateLooks.map(
    ({ dash, fill, line, state }) => `.sd-${classOf(state)}{fill:${fill};stroke:${line};stroke-width:1.4${dash === "" ? "" : `;stroke-dasharray:${dash}`}}`
  ),
  `@media (prefers-color-scheme:dark){.sd-way{stroke:#e0a030}.sd-way-tip{fill:#e0a030}${stateLooks.map(({ darkFill, state }) => `.sd-${classOf(state)}{fill:${darkFill}}`).join("")}}`
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
  drawing.setGraph({ rankdir: "LR", nodesep: 10, ranksep: 44, edgesep: 6, ranker: graph.nodes.length < MANY ? "network-simplex" : "longest-path" })
  drawing.setDefaultEdgeLabel(() => ({}))
  for (const node of graph.nodes)
    drawing.setNode(ids.get(node.name)!, {
      width: 18 + Math.max(textExtent(node.name, size * 1.05), textExtent(secondLine(node), small)),
      height: secondLine(node) === "" ? 26 : 38
    })
  const edges = distinctEdges(graph)
  const isOn = onTheWay(graph)
  for (const { from, to } of edges) drawing.setEdge(ids.get(from)!, ids.get(to)!)
  layout(drawing)
  const extent = drawing.graph() as { width?: number; height?: number }
  const used = stateLooks.filter(({ state }) => graph.nodes.some((node) => node.state === state))
  const width = Math.max(extent.width ?? 0, 380) + 2 * margin
  const body: Array<string> = []
  let y = margin
  for (const line of wrapToExtent(graph.title, 14 * 1.06, width - 2 * margin))
    body.push(svgText(line, { x: margin, y: (y += 18) - 4, size: 14, weight: "bold" }))
  for (const line of wrapToExtent(graph.note ?? "", 11, width - 2 * margin)) body.push(svgText(line, { x: margin, y: (y += 15) - 2, size: 11, tone: "quiet" }))
  let x = margin
  y += 16
  for (const { state } of used) {
    const count = graph.nodes.filter((node) => node.state === state).length
    const told = `${state} (${count})`
    if (x + 26 + textExtent(told, 11) > width - margin) {
      x = margin
      y += 19
    }
    body.push(`<rect class="sd-${classOf(state)}" x="${px(x)}" y="${px(y - 11)}" width="20" height="13" rx="3"/>`)
    body.push(svgText(told, { x: x + 26, y, size: 11 }))
    x += 26 + textExtent(told, 11) + 20
  }
  if (edges.some(isOn)) {
    const told = "the way of the edit"
    if (x + 26 + textExtent(told, 11) > width - margin) {
      x = margin
      y += 19
    }
    body.push(`<path class="sd-way" d="M${px(x)} ${px(y - 4)}h20"/>`, svgText(told, { x: x + 26, y, size: 11 }))
  }
  const top = y + 20
  const shift = (point: At): At => ({ x: point.x + margin, y: point.y + top })
  const placed = (name: string) => drawing.node(ids.get(name)!) as unknown as At & { width: number; height: number }
  const sideOf = (name: string, side: 1 | -1): At => {
    const node = placed(name)
    return { x: node.x + (side * node.width) / 2, y: node.y }
  }
  // What is on the way of the edit is drawn last, above the rest.
  for (const edge of [...edges].sort((a, b) => Number(isOn(a)) - Number(isOn(b)))) {
    const { from, to } = edge
    const bends = (drawing.edge(ids.get(from)!, ids.get(to)!) as { points: ReadonlyArray<At> }).points.slice(1, -1)
    // Edges leave in the middle of the right side and arrive in the middle of the left one, so that every arrowhead shows.
    const points = [sideOf(from, 1), ...bends, sideOf(to, -1)].map(shift)
    const end = points.at(-1)!
    body.push(`<path class="sd-${isOn(edge) ? "way" : "edge"}" d="${curve(points)}"/>`)
    body.push(`<path class="sd-${isOn(edge) ? "way-tip" : "tip"}" d="M${px(end.x)} ${px(end.y)}l-6 -3v6z"/>`)
  }
  for (const one of graph.nodes) {
    const { edited = false, name, state } = one
    const node = placed(name)
    const at = shift(node)
    const below = secondLine(one)
    body.push(
      `<g><title>${escapeXml(`${name}${below === "" ? "" : `: ${below}`}, ${state}`)}</title>`,
      `<rect class="sd-${classOf(state)}${edited || state === "edited" ? " sd-touched" : ""}" x="${px(at.x - node.width / 2)}" y="${px(at.y - node.height / 2)}" width="${px(node.width)}" height="${px(node.height)}" rx="${state === "source" || state === "edited" ? 0 : 5}"/>`,
      svgText(name, { x: at.x, y: at.y + (below === "" ? 4 : -2), size, anchor: "middle" }),
      ...(below === "" ? [] : [svgText(below, { x: at.x, y: at.y + 12, size: small, anchor: "middle", tone: "quiet" })]),
      "</g>"
    )
  }
  return svgDocument({ width, height: top + (extent.height ?? 0) + margin }, graph.title, body, style)
}
