/**
 * Areas of a TopoJSON topology as small GeoJSON: lines are simplified by Visvalingam and Whyatt's (1993) effective area, arc by arc, so that what two areas share stays
 * the same line of both.
 */

export interface Topology {
  readonly arcs: ReadonlyArray<ReadonlyArray<Position>>
  readonly transform: { readonly scale: Position; readonly translate: Position }
  readonly objects: { readonly [name: string]: { readonly geometries: ReadonlyArray<TopologyArea> } }
}
export interface TopologyArea {
  readonly type: "Polygon" | "MultiPolygon"
  readonly arcs: ReadonlyArray<unknown>
  readonly properties: { readonly name: string }
}
type Position = readonly [number, number]
type Ring = ReadonlyArray<Position>

export interface SimplifyOptions {
  /** Points whose triangle with their neighbours is smaller are left out, in square degrees at the map's middle latitude. */
  readonly smallestTriangle: number
  /** Islands that are smaller are left out, likewise; an area's largest part always stays. */
  readonly smallestIsland: number
  readonly middleLatitude: number
}

/** Twice the signed area of a ring in square degrees; counterclockwise is positive. */
const doubleArea = (ring: Ring): number => ring.reduce((sum, [x, y], i) => sum + x * ring[(i + 1) % ring.length]![1] - ring[(i + 1) % ring.length]![0] * y, 0)

const hundredth = (x: number): number => Math.round(x * 100) / 100

/** An arc with its ends, and those points between whose effective area is large enough; a closed one keeps four. */
const simplified = (arc: ReadonlyArray<Position>, { middleLatitude, smallestTriangle }: SimplifyOptions): ReadonlyArray<Position> => {
  const kept = [...arc]
  const closed = arc[0]![0] === arc.at(-1)![0] && arc[0]![1] === arc.at(-1)![1]
  const shrink = Math.cos((middleLatitude * Math.PI) / 180)
  const triangle = (i: number): number => {
    const [[ax, ay], [bx, by], [cx, cy]] = [kept[i - 1]!, kept[i]!, kept[i + 1]!]
    return (Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) * shrink) / 2
  }
  while (kept.length > (closed ? 4 : 2)) {
    let least = 1
    for (let i = 2; i < kept.length - 1; i++) if (triangle(i) < triangle(least)) least = i
    if (triangle(least) >= smallestTriangle) break
    kept.splice(least, 1)
  }
  return kept.map(([x, y]) => [hundredth(x), hundredth(y)])
}

const decoded = ({ arcs, transform: { scale, translate } }: Topology): ReadonlyArray<ReadonlyArray<Position>> =>
  arcs.map((arc) => {
    let [x, y] = [0, 0]
    return arc.map(([dx, dy]): Position => {
      x += dx
      y += dy
      return [x * scale[0] + translate[0], y * scale[1] + translate[1]]
    })
  })

/** The areas of an object as GeoJSON features with the property `name`; `nameOf` says what an area is called, or nothing where it is left out. */
export const simplifiedFeatures = (topology: Topology, object: string, nameOf: (area: TopologyArea) => string | undefined, options: SimplifyOptions) => {
  const arcs = decoded(topology).map((arc) => simplified(arc, options))
  const ringOf = (indices: ReadonlyArray<number>): Ring => {
    const points = indices.flatMap((index) => (index < 0 ? [...arcs[~index]!].reverse() : arcs[index]!).slice(1))
    // RFC 7946: a ring ends where it began.
    return [points.at(-1)!, ...points]
  }
  const wound = (ring: Ring, outer: boolean): Ring => (doubleArea(ring) > 0 === outer ? ring : [...ring].reverse())
  const shrink = Math.cos((options.middleLatitude * Math.PI) / 180)
  const areaOf = (polygon: ReadonlyArray<Ring>) => (Math.abs(doubleArea(polygon[0]!)) / 2) * shrink
  return topology.objects[object]!.geometries.flatMap((area) => {
    const name = nameOf(area)
    if (name === undefined) return []
    const given = (area.type === "Polygon" ? [area.arcs] : area.arcs) as ReadonlyArray<ReadonlyArray<ReadonlyArray<number>>>
    const polygons = given.map((rings) => rings.map((ring, i) => wound(ringOf(ring), i === 0))).sort((a, b) => areaOf(b) - areaOf(a))
    const kept = polygons.filter((polygon, i) => i === 0 || areaOf(polygon) >= options.smallestIsland)
    return [{ type: "Feature", properties: { name }, geometry: { type: "MultiPolygon", coordinates: kept } }]
  })
}
