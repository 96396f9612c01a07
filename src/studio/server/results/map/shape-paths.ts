/** Areas as paths of an SVG: projected, on a grid of whole numbers so fine that a screen does not show it, so that neighbours keep the border that they share. */
import { albers, conicOf } from "../../../../render/map/albers.ts"
import type { MapShape, MapShapes } from "../../../messages/results.ts"

type Point = readonly [x: number, y: number]
/** Longitudes and latitudes in order, first outer rings and holes alike. */
export type Rings = ReadonlyArray<ReadonlyArray<Point>>

/** What is drawn: its coordinates and how it is told. */
export type Drawn = Pick<MapShapes, "width" | "height" | "shapes"> & { readonly projection: string }

/** A map is so many units wide: half a pixel of a wide screen each. */
const WIDTH = 1600
/** And no higher than this. */
const HEIGHT = 1600
const MARGIN = 16

const area = (ring: ReadonlyArray<Point>): number => {
  let twice = 0
  for (const [i, [x, y]] of ring.entries()) {
    const [u, v] = ring[(i + 1) % ring.length]!
    twice += x * v - u * y
  }
  return Math.abs(twice) / 2
}

/** The vertices that are left on the grid: none twice, none on the line between its neighbours. */
const onGrid = (ring: ReadonlyArray<Point>): ReadonlyArray<Point> => {
  const kept: Array<Point> = []
  for (const [x, y] of ring) {
    const point: Point = [Math.round(x), Math.round(y)]
    const last = kept.at(-1)
    if (last !== undefined && last[0] === point[0] && last[1] === point[1]) continue
    const before = kept.at(-2)
    if (before !== undefined && last !== undefined && (last[0] - before[0]) * (point[1] - last[1]) === (last[1] - before[1]) * (point[0] - last[0])) {
      const onward = (last[0] - before[0]) * (point[0] - last[0]) + (last[1] - before[1]) * (point[1] - last[1]) > 0
      if (onward) kept.pop()
    }
    kept.push(point)
  }
  return kept
}

/** A ring as commands, each vertex from the one before. */
const commands = (ring: ReadonlyArray<Point>): string => {
  const steps = ring.slice(1).map(([x, y], i) => `${x - ring[i]![0]} ${y - ring[i]![1]}`)
  return `M${ring[0]![0]} ${ring[0]![1]}l${steps.join(" ")}z`
}

const SCANS = 24
/** Half of the height of a name on the map, where it is as wide as a screen. */
const HALF_LINE = 12

type Stretch = readonly [left: number, right: number]

/** The stretches of a horizontal line that are inside of a ring. */
const inside = (ring: ReadonlyArray<Point>, y: number): ReadonlyArray<Stretch> => {
  const crossings = ring
    .flatMap(([x0, y0], i): ReadonlyArray<number> => {
      const [x1, y1] = ring[(i + 1) % ring.length]!
      return y0 > y === y1 > y ? [] : [x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)]
    })
    .sort((a, b) => a - b)
  return Array.from({ length: Math.floor(crossings.length / 2) }, (_, i) => [crossings[2 * i]!, crossings[2 * i + 1]!])
}

/** What two sets of stretches share. */
const shared = (some: ReadonlyArray<Stretch>, others: ReadonlyArray<Stretch>): ReadonlyArray<Stretch> =>
  some.flatMap(([a, b]) => others.map(([c, d]): Stretch => [Math.max(a, c), Math.min(b, d)])).filter(([left, right]) => right > left)

/** Where a ring has most room for a line of text: above, along and below it. Near the middle is better than a little wider. */
const roomiest = (ring: ReadonlyArray<Point>): { readonly x: number; readonly y: number; readonly room: number } => {
  const [low, high] = ring.reduce(([least, most], [, y]) => [Math.min(least, y), Math.max(most, y)] as const, [Infinity, -Infinity] as const)
  let best = { x: ring[0]![0], y: ring[0]![1], room: 0 }
  let most = Number.NEGATIVE_INFINITY
  for (let scan = 1; scan < SCANS; scan++) {
    const y = low + ((high - low) * scan) / SCANS
    const along = inside(ring, y)
    const lines = shared(shared(along, inside(ring, y - HALF_LINE)), inside(ring, y + HALF_LINE))
    const worth = 1 - 0.5 * Math.abs(scan / SCANS - 0.5)
    // An area that is lower than a name has a place too, and no room.
    for (const [left, right] of lines.length > 0 ? lines : along) {
      const room = lines.length > 0 ? right - left : 0
      const value = room > 0 ? room * worth : (right - left) * worth - 1e6
      if (value <= most) continue
      most = value
      best = { x: Math.round((left + right) / 2), y: Math.round(y), room: Math.round(room) }
    }
  }
  return best
}

const degrees = (latitude: number): string => `${Math.round(Math.abs(latitude))}°${latitude < 0 ? "S" : "N"}`

/** What brings longitudes and latitudes of an extent onto the grid, by Albers' equal-area projection. */
const projectionOf = (points: Iterable<Point>) => {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity]
  const all = [...points]
  for (const [longitude, latitude] of all) {
    west = Math.min(west, longitude)
    east = Math.max(east, longitude)
    south = Math.min(south, latitude)
    north = Math.max(north, latitude)
  }
  const conic = conicOf({ west, east, south, north })
  const project = albers(conic)
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const [longitude, latitude] of all) {
    const [x, y] = project(longitude, latitude)
    left = Math.min(left, x)
    right = Math.max(right, x)
    low = Math.min(low, y)
    high = Math.max(high, y)
  }
  const scale = Math.min((WIDTH - 2 * MARGIN) / Math.max(1, right - left), (HEIGHT - 2 * MARGIN) / Math.max(1, high - low))
  return {
    width: Math.round((right - left) * scale) + 2 * MARGIN,
    height: Math.round((high - low) * scale) + 2 * MARGIN,
    told: `Albers equal-area projection, true at ${degrees(conic.parallels[0])} and ${degrees(conic.parallels[1])}`,
    onMap: ([longitude, latitude]: Point): Point => {
      const [x, y] = project(longitude, latitude)
      return [MARGIN + (x - left) * scale, MARGIN + (high - y) * scale]
    }
  }
}

/** Areas on a map, the largest first, so that a small one inside of a large one is drawn over it. */
export const drawnAreas = (areas: ReadonlyMap<string, Rings>): Drawn => {
  const { height, onMap, told, width } = projectionOf([...areas.values()].flat(2))
  const shapes = [...areas].map(([entity, rings]) => {
    const projected = rings.map((ring) => ring.map(onMap))
    const largest = projected.reduce((a, b) => (area(b) > area(a) ? b : a))
    const gridded = projected.map(onGrid).filter((ring) => ring.length > 2)
    const shape: MapShape = { entity, path: gridded.map(commands).join(""), ...roomiest(largest.map(([x, y]): Point => [Math.round(x), Math.round(y)])) }
    return { shape, size: area(largest) }
  })
  return { width, height, shapes: shapes.sort((a, b) => b.size - a.size).map(({ shape }) => shape), projection: told }
}

/** Places on a map. */
export const drawnPoints = (places: ReadonlyMap<string, Point>): Drawn => {
  const { height, onMap, told, width } = projectionOf(places.values())
  const shapes = [...places].map(([entity, place]): MapShape => {
    const [x, y] = onMap(place)
    return { entity, path: "", x: Math.round(x), y: Math.round(y), room: 0 }
  })
  return { width, height, shapes, projection: told }
}

/** A square an entity, row by row in the order that they are given. */
export const drawnTiles = (entities: ReadonlyArray<string>): Drawn => {
  const columns = Math.max(1, Math.ceil(Math.sqrt(entities.length * 1.6)))
  const side = Math.floor(WIDTH / columns)
  const shapes = entities.map((entity, place): MapShape => {
    const [x, y] = [(place % columns) * side, Math.floor(place / columns) * side]
    return { entity, path: `M${x + 4} ${y + 4}h${side - 8}v${side - 8}h${8 - side}z`, x: x + side / 2, y: y + side / 2, room: side - 8 }
  })
  return {
    width: columns * side,
    height: Math.ceil(entities.length / columns) * side,
    shapes: shapes.map((shape) => ({ ...shape, x: Math.round(shape.x), y: Math.round(shape.y) })),
    projection: ""
  }
}
