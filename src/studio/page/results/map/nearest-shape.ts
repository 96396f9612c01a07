import type { MapShape } from "../../../messages/results.ts"

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }

/** The entity to which an arrow key goes from another: the nearest that lies ahead rather than aside, else the nearest on that side; undefined for other keys, and where there is none. */
export const nearestShape = (shapes: ReadonlyArray<MapShape>, from: MapShape, key: string): MapShape | undefined => {
  const direction = directions[key]
  if (direction === undefined) return undefined
  const reached = shapes.flatMap((shape) => {
    const [dx, dy] = [shape.x - from.x, shape.y - from.y]
    const ahead = dx * direction[0] + dy * direction[1]
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0])
    return ahead > 0 ? [{ shape, turned: aside > ahead, distance: Math.hypot(ahead, aside) }] : []
  })
  return reached.sort((a, b) => Number(a.turned) - Number(b.turned) || a.distance - b.distance)[0]?.shape
}
