import type { MapShape } from "../../../messages/results.ts"

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** The entity to which an arrow key goes from another: the nearest on that side, what lies ahead before what lies aside; undefined for other keys, and where there is none. */
export const nearestShape = (shapes: ReadonlyArray<MapShape>, from: MapShape, key: string): MapShape | undefined => {
  const direction = directions[key]
  if (direction === undefined) return undefined
  let best: MapShape | undefined
  let least = Number.POSITIVE_INFINITY
  for (const shape of shapes) {
    const [dx, dy] = [shape.x - from.x, shape.y - from.y]
    const ahead = dx * direction[0] + dy * direction[1]
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0])
    if (ahead <= 0) continue
    const distance = ahead + 2 * aside
    if (distance < least) {
      least = distance
      best = shape
    }
  }
  return best
}
