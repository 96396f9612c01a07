/** The entry of the thread that lays out the DAG: the page must not wait for it. Of many boxes dagre would make what nobody has the patience for (4 s of work for 2,000). */
import { Graph, layout } from "@dagrejs/dagre"
import { edgePaths } from "./edge-paths.ts"
import { BETWEEN_BOXES, BETWEEN_RANKS, type Links, MANY, type Places, placeByRanks, type Sized } from "./placement.ts"

export interface ToLayOut {
  readonly id: number
  readonly boxes: ReadonlyArray<Sized>
  readonly links: Links
}
/** What is passed on in few pieces: the page takes it in without a pause. */
export interface LaidOut {
  readonly id: number
  readonly x: Float32Array
  readonly y: Float32Array
  readonly width: number
  readonly height: number
  /** A line an edge, twice: with bends, and straight. */
  readonly paths: string
  readonly straight: string
  /** Four numbers an edge: left, top, width, height. */
  readonly within: Float32Array
}

/** What comes where that fails. */
export interface NotLaidOut {
  readonly id: number
}

const laidOut = (boxes: ReadonlyArray<Sized>, links: Links): Places => {
  const drawing = new Graph()
  drawing.setGraph({
    rankdir: "LR",
    nodesep: BETWEEN_BOXES,
    ranksep: BETWEEN_RANKS,
    edgesep: 8,
    ranker: "network-simplex"
  })
  drawing.setDefaultEdgeLabel(() => ({}))
  for (const [i, { height, width }] of boxes.entries()) drawing.setNode(String(i), { width, height })
  for (const [i, from] of links.from.entries()) drawing.setEdge(String(from), String(links.to[i]!))
  layout(drawing)
  const places = boxes.map((_, i) => drawing.node(String(i)) as unknown as Sized & { readonly x: number; readonly y: number })
  const extent = drawing.graph() as { readonly width?: number; readonly height?: number }
  return {
    x: places.map(({ width, x }) => x - width / 2),
    y: places.map(({ height, y }) => y - height / 2),
    bends: links.from.map((from, i) => {
      const { points } = drawing.edge(String(from), String(links.to[i]!)) as { readonly points: ReadonlyArray<{ readonly x: number; readonly y: number }> }
      return points.slice(1, -1).map(({ x, y }) => [x, y] as const)
    }),
    width: extent.width ?? 0,
    height: extent.height ?? 0
  }
}

addEventListener("message", ({ data: { boxes, id, links } }: MessageEvent<ToLayOut>) => {
  let places: Places
  try {
    places = boxes.length < MANY ? laidOut(boxes, links) : placeByRanks(boxes, links)
  } catch (cause) {
    console.error(cause)
    return postMessage({ id } satisfies NotLaidOut)
  }
  const paths = edgePaths(links, boxes, places)
  const done: LaidOut = {
    id,
    x: Float32Array.from(places.x),
    y: Float32Array.from(places.y),
    width: places.width,
    height: places.height,
    paths: paths.map(({ d }) => d).join("\n"),
    straight: paths.map(({ straight }) => straight).join("\n"),
    within: Float32Array.from(paths.flatMap(({ within: { height, width, x, y } }) => [x, y, width, height]))
  }
  postMessage(done, { transfer: [done.x.buffer, done.y.buffer, done.within.buffer] })
})
