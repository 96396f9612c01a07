/** How edges run: from the middle of a box's right side to the middle of another's left side. */
import type { Rectangle } from "./camera.ts"
import type { Placement, Sized } from "./placement.ts"
import type { BoxEdge } from "./shape.ts"

export interface EdgePath {
  readonly d: string
  /** What it lies in. */
  readonly within: Rectangle
}

type Point = readonly [x: number, y: number]
const at = ([x, y]: Point): string => `${Math.round(x)} ${Math.round(y)}`

/** A curve that leaves and arrives level, through the bends. */
const curve = (points: ReadonlyArray<Point>): string => {
  let d = `M${at(points[0]!)}`
  for (let i = 1; i < points.length; i++) {
    const [[x1, y1], [x2, y2]] = [points[i - 1]!, points[i]!]
    const middle = x2 > x1 ? (x1 + x2) / 2 : x1 + 30
    d += x2 > x1 ? `C${at([middle, y1])} ${at([middle, y2])} ${at([x2, y2])}` : `C${at([middle, y1])} ${at([x2 - 30, y2])} ${at([x2, y2])}`
  }
  return d
}

export const edgePaths = (edges: ReadonlyArray<BoxEdge>, sizes: ReadonlyArray<Sized>, { bends, x, y }: Placement): ReadonlyArray<EdgePath> =>
  edges.map(({ from, to }, i) => {
    const points: ReadonlyArray<Point> = [
      [x[from]! + sizes[from]!.width, y[from]! + sizes[from]!.height / 2],
      ...(bends[i] ?? []),
      [x[to]!, y[to]! + sizes[to]!.height / 2]
    ]
    const [xs, ys] = [points.map(([one]) => one), points.map(([, one]) => one)]
    const [left, top] = [Math.min(...xs), Math.min(...ys)]
    return { d: curve(points), within: { x: left, y: top, width: Math.max(...xs) - left, height: Math.max(...ys) - top } }
  })
