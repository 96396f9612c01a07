/** The ways through the picture: what a box rests on, what rests on it, and where the arrow keys lead. */
import type { StudyGraph } from "../../messages/graph.ts"
import type { Placement } from "./edge-paths.ts"
import type { Sized } from "./placement.ts"
import type { BoxEdge } from "./shape.ts"

export interface Neighbours {
  readonly inputs: ReadonlyArray<ReadonlyArray<number>>
  readonly readers: ReadonlyArray<ReadonlyArray<number>>
}

export const neighboursOf = (count: number, edges: ReadonlyArray<Pick<BoxEdge, "from" | "to">>): Neighbours => {
  const inputs: ReadonlyArray<Array<number>> = Array.from({ length: count }, () => [])
  const readers: ReadonlyArray<Array<number>> = Array.from({ length: count }, () => [])
  for (const { from, to } of edges) {
    inputs[to]!.push(from)
    readers[from]!.push(to)
  }
  return { inputs, readers }
}

const reached = (start: number, next: ReadonlyArray<ReadonlyArray<number>>): ReadonlyMap<number, number> => {
  const depths = new Map([[start, 0]])
  for (const [box, depth] of depths) for (const one of next[box]!) if (!depths.has(one)) depths.set(one, depth + 1)
  return depths
}

/** A node or file, all that it rests on and all that rests on it: by the study's own edges, whatever is folded together. */
export const wayThrough = (item: number, { edges, files, nodes }: StudyGraph): ReadonlySet<number> => {
  const count = nodes.length + files.length
  const { inputs, readers } = neighboursOf(
    count,
    edges.from.map((from, i) => ({ from, to: edges.to[i]! }))
  )
  return new Set([...reached(item, inputs).keys(), ...reached(item, readers).keys()])
}

/** How many edges boxes are away from the nearest of some that lie above them. */
export const depthsBelow = (starts: Iterable<number>, { readers }: Neighbours): ReadonlyMap<number, number> => {
  const depths = new Map([...starts].map((one) => [one, 0]))
  for (const [box, depth] of depths) for (const one of readers[box]!) if (!depths.has(one)) depths.set(one, depth + 1)
  return depths
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown"

/** The box that an arrow key leads to: an input, a reader, or the next one above or below; undefined where there is none. */
export const neighbourAt = (box: number, arrow: Arrow, neighbours: Neighbours, sizes: ReadonlyArray<Sized>, { x, y }: Placement): number | undefined => {
  const middle = (one: number) => y[one]! + sizes[one]!.height / 2
  const nearest = (boxes: ReadonlyArray<number>, away: (one: number) => number) =>
    boxes.reduce<number | undefined>((best, one) => (best === undefined || away(one) < away(best) ? one : best), undefined)
  const aside = (one: number) => Math.abs(middle(one) - middle(box))
  if (arrow === "ArrowLeft") return nearest(neighbours.inputs[box]!, aside)
  if (arrow === "ArrowRight") return nearest(neighbours.readers[box]!, aside)
  const way = arrow === "ArrowUp" ? -1 : 1
  const beyond = sizes.flatMap((_, one) => (one !== box && (middle(one) - middle(box)) * way > 1 ? [one] : []))
  // Those of the same column first: what is far to the side is hardly the next one.
  return nearest(beyond, (one) => aside(one) + 4 * Math.max(0, Math.abs(x[one]! - x[box]!) - 40))
}
