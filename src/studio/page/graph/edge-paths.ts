/** How edges run: from the middle of a box's right side to the middle of another's left side. */
import type { Rectangle } from "./camera.ts"
import type { Links, Places, Sized } from "./placement.ts"

export interface EdgePath {
  readonly d: string
  /** The same without its bends, for when it is seen from afar among thousands. */
  readonly straight: string
  /** What it lies in. */
  readonly within: Rectangle
}

/** Where boxes are, and how edges run. */
export type Placement = Omit<Places, "bends"> & { readonly paths: ReadonlyArray<EdgePath> }

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

export const edgePaths = ({ from, to }: Links, sizes: ReadonlyArray<Sized>, { bends, x, y }: Places): ReadonlyArray<EdgePath> =>
  from.map((origin, i) => {
    const end = to[i]!
    const points: ReadonlyArray<Point> = [
      [x[origin]! + sizes[origin]!.width, y[origin]! + sizes[origin]!.height / 2],
      ...(bends[i] ?? []),
      [x[end]!, y[end]! + sizes[end]!.height / 2]
    ]
    let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const [px, py] of points) {
      left = Math.min(left, px)
      right = Math.max(right, px)
      top = Math.min(top, py)
      bottom = Math.max(bottom, py)
    }
    return { d: curve(points), straight: `M${at(points[0]!)}L${at(points.at(-1)!)}`, within: { x: left, y: top, width: right - left, height: bottom - top } }
  })
