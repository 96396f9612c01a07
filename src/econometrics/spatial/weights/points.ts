import { Fault } from "../../fault.ts"
import { EARTH_RADIUS, greatCircle } from "../../sample/great-circle.ts"

/**
 * Where entities are, and how distances between them are taken. great-circle: in km on a sphere, of degrees (haversine); ellipsoid: in km on the WGS 84 ellipsoid,
 * of degrees, by Andoyer's formula (Meeus 1998, Astronomical Algorithms, chapter 11), whose error is of the order of the flattening squared, some 50 m in
 * 10,000 km: what sp and spdep have with longlat = TRUE; planar: Euclidean, in the unit of x and y.
 */
export type Points =
  | { readonly metric: "great-circle" | "ellipsoid"; readonly latitude: Float64Array; readonly longitude: Float64Array }
  | { readonly metric: "planar"; readonly x: Float64Array; readonly y: Float64Array }

const EQUATOR_RADIUS = 6378.137
const FLATTENING = 1 / 298.257223563

/** Distance in km on the WGS 84 ellipsoid between two points given in degrees. */
const ellipsoidDistance = (latitudeA: number, longitudeA: number, latitudeB: number, longitudeB: number): number => {
  const half = (degrees: number) => (degrees * Math.PI) / 360
  const squares = (angle: number) => [Math.sin(angle) ** 2, Math.cos(angle) ** 2] as const
  const [sinMean, cosMean] = squares(half(latitudeA + latitudeB))
  const [sinGap, cosGap] = squares(half(latitudeA - latitudeB))
  const [sinTurn, cosTurn] = squares(half(longitudeA - longitudeB))
  const s = sinGap * cosTurn + cosMean * sinTurn
  const c = cosGap * cosTurn + sinMean * sinTurn
  if (s === 0) return 0
  const omega = Math.atan2(Math.sqrt(s), Math.sqrt(c))
  // Between antipodes the correction has no limit: half a circle of the mean radius.
  if (c < 1e-12) return Math.PI * EARTH_RADIUS
  const r = Math.sqrt(s * c) / omega
  const onTheMean = ((3 * r - 1) / (2 * c)) * sinMean * cosGap
  const onTheGap = ((3 * r + 1) / (2 * s)) * cosMean * sinGap
  return 2 * omega * EQUATOR_RADIUS * (1 + FLATTENING * (onTheMean - onTheGap))
}

/** The distance of the i-th and the j-th point; the same from j to i. */
export const distanceBetween = (points: Points): ((i: number, j: number) => number) => {
  if (points.metric === "planar") {
    const { x, y } = points
    return (i, j) => Math.hypot(x[i]! - x[j]!, y[i]! - y[j]!)
  }
  const { latitude, longitude, metric } = points
  const between = metric === "ellipsoid" ? ellipsoidDistance : greatCircle
  return (i, j) => between(latitude[i]!, longitude[i]!, latitude[j]!, longitude[j]!)
}

/** Words for where a point is. */
const placeOf = (points: Points, i: number): string =>
  points.metric === "planar" ? `x ${points.x[i]}, y ${points.y[i]}` : `latitude ${points.latitude[i]}, longitude ${points.longitude[i]}`

/** The unit of the distances: planar ones are in that of the coordinates. */
export const distanceUnit = ({ metric }: Points): string => (metric === "planar" ? "" : "km")

const named = 20

/** What a decay that is not defined at distance zero says of entities at one point, given as pairs of places; the first twenty pairs are named. */
export const coincidentPoints = (entities: ReadonlyArray<string>, points: Points, pairs: ReadonlyArray<readonly [number, number]>): Fault => {
  const told = pairs.slice(0, named).map(([i, j]) => `"${entities[i]}" and "${entities[j]}" (${placeOf(points, i)})`)
  const more = pairs.length > named ? `; and ${pairs.length - named} more pairs` : ""
  return new Fault(
    "coincident-points",
    `the weight 1/distance is not defined between entities at the same point: ${told.join("; ")}${more}; give each entity coordinates of its own`
  )
}

/** Throws where a coordinate is missing or out of range, all such entities named together, or where there are not as many as entities. */
export const checkPoints = (entities: ReadonlyArray<string>, points: Points): void => {
  const [first, second] = points.metric === "planar" ? [points.x, points.y] : [points.latitude, points.longitude]
  if (first.length !== entities.length || second.length !== entities.length)
    throw new Fault("input", `${entities.length} entities need as many coordinates; there are ${first.length} and ${second.length}`)
  const limit = points.metric === "planar" ? [Infinity, Infinity] : [90, 360]
  const lost = entities.flatMap((entity, i) => {
    const [a, b] = [first[i]!, second[i]!]
    return Number.isFinite(a) && Number.isFinite(b) && Math.abs(a) <= limit[0]! && Math.abs(b) <= limit[1]! ? [] : [`"${entity}" (${placeOf(points, i)})`]
  })
  if (lost.length > 0)
    throw new Fault(
      "no-coordinates",
      `distances need finite coordinates${points.metric === "planar" ? "" : ", latitudes from -90 to 90 and longitudes from -180 to 360"}; these have others: ${lost.slice(0, named).join("; ")}${lost.length > named ? `; and ${lost.length - named} more` : ""}`
    )
}
