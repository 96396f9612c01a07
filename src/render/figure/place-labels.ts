/** Where a point's label goes: its offset from the point, and which of its ends stands there. */
interface LabelPlace {
  readonly dx: number
  readonly dy: number
  readonly anchor: "start" | "middle" | "end"
}
interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const dotRadius = 2.5

const overlaps = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

const candidates: ReadonlyArray<LabelPlace> = [
  { dx: 0, dy: -9, anchor: "middle" },
  { dx: 6, dy: 0, anchor: "start" },
  { dx: -6, dy: 0, anchor: "end" },
  { dx: 0, dy: 10, anchor: "middle" },
  { dx: 6, dy: -8, anchor: "start" },
  { dx: -6, dy: -8, anchor: "end" },
  { dx: 6, dy: 9, anchor: "start" },
  { dx: -6, dy: 9, anchor: "end" },
  { dx: 4, dy: -18, anchor: "start" },
  { dx: -4, dy: 18, anchor: "end" }
]

/**
 * Places labels one after the other: each takes the first of ten places around its point where it stays inside the frame and covers no label placed before
 * and no point; or the first that covers no label; or, where none is free, the first. Positions and sizes in pixels.
 */
export const placeLabels = (
  labels: ReadonlyArray<{ readonly x: number; readonly y: number; readonly width: number }>,
  height: number,
  frame: { readonly width: number; readonly height: number },
  points: ReadonlyArray<{ readonly x: number; readonly y: number }> = []
): ReadonlyArray<LabelPlace> => {
  const taken: Array<Box> = []
  const dots = points.map(({ x, y }): Box => ({ left: x - dotRadius, right: x + dotRadius, top: y - dotRadius, bottom: y + dotRadius }))
  return labels.map(({ width, x, y }) => {
    const boxOf = ({ anchor, dx, dy }: LabelPlace): Box => {
      const left = x + dx - (anchor === "start" ? 0 : anchor === "middle" ? width / 2 : width)
      return { left, right: left + width, top: y + dy - height / 2, bottom: y + dy + height / 2 }
    }
    const free = candidates.filter((place) => {
      const box = boxOf(place)
      return box.left >= 0 && box.right <= frame.width && box.top >= 0 && box.bottom <= frame.height && !taken.some((other) => overlaps(box, other))
    })
    const place = free.find((candidate) => !dots.some((dot) => overlaps(boxOf(candidate), dot))) ?? free[0] ?? candidates[0]!
    taken.push(boxOf(place))
    return place
  })
}
