import { EARTH_RADIUS } from "../../sample/great-circle.ts"
import { kdTree } from "./k-d-tree.ts"
import { distanceBetween, type Points } from "./points.ts"

/** Points found around one, nearest first, those at one distance in their order. */
interface Found {
  readonly places: ReadonlyArray<number>
  readonly distances: ReadonlyArray<number>
}
export interface NeighbourSearch {
  /** The `count` nearest points to point `i` but itself. Of points at the same distance (to 1e-10 of it) the first in order are taken, and `tied` says that some were left. */
  readonly nearest: (i: number, count: number) => Found & { readonly tied: boolean }
  /** The points at most so far from point `i`, but itself. */
  readonly within: (i: number, distance: number) => Found
}

/** Distances that differ by less are the same: the formulas round. */
const SAME = 1e-10

/** Points as coordinates whose Euclidean distances grow with the distances: x and y, or places on the unit sphere. */
const embed = (points: Points): { readonly coordinates: Float64Array; readonly dimension: number } => {
  if (points.metric === "planar")
    return { coordinates: Float64Array.from({ length: 2 * points.x.length }, (_, at) => (at % 2 === 0 ? points.x : points.y)[at >> 1]!), dimension: 2 }
  const coordinates = new Float64Array(3 * points.latitude.length)
  points.latitude.forEach((degrees, i) => {
    const latitude = (degrees * Math.PI) / 180
    const longitude = (points.longitude[i]! * Math.PI) / 180
    coordinates.set([Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)], 3 * i)
  })
  return { coordinates, dimension: 3 }
}

/** An index over points for exact searches by their metric: a k-d tree finds what may be near, and the metric decides. */
export const neighbourSearch = (points: Points): NeighbourSearch => {
  const { coordinates, dimension } = embed(points)
  const tree = kdTree(coordinates, dimension)
  const between = distanceBetween(points)
  // By how much the order by Euclidean distance may be wrong: by rounding, or since the earth is no sphere (its curvature differs from the sphere's by less than 0.7%).
  const slack = points.metric === "ellipsoid" ? 1.02 : 1 + 1e-9
  // A chord is known to 1e-15 or so, not to a share of itself.
  const rounding = points.metric === "planar" ? 0 : 1e-14
  const euclidean = (distance: number) => (points.metric === "planar" ? distance : 2 * Math.sin(Math.min(distance / (2 * EARTH_RADIUS), Math.PI / 2)))
  const byDistance = (i: number, candidates: Iterable<number>): Found => {
    const places = [...candidates].filter((j) => j !== i)
    const distances = new Map(places.map((j) => [j, between(i, j)]))
    places.sort((a, b) => distances.get(a)! - distances.get(b)! || a - b)
    return { places, distances: places.map((j) => distances.get(j)!) }
  }
  return {
    within: (i, distance) => {
      const { distances, places } = byDistance(i, tree.within(i, (euclidean(distance * slack) * slack + rounding) ** 2))
      const count = distances.findIndex((d) => d > distance)
      return count === -1 ? { places, distances } : { places: places.slice(0, count), distances: distances.slice(0, count) }
    },
    nearest: (i, count) => {
      // Itself, the nearest, and one more, which tells whether others might be as near.
      const { points: near, squares } = tree.nearest(i, count + 2)
      const reach = (Math.sqrt(squares[Math.min(count, squares.length - 1)]!) * slack + rounding) ** 2
      const certain = near.length < count + 2 || squares[count + 1]! > reach
      const { distances, places } = byDistance(i, certain ? near.subarray(0, count + 1) : tree.within(i, reach))
      const edge = distances[count - 1]!
      const margin = edge * SAME
      const inside = distances.findIndex((d) => d >= edge - margin)
      const beyond = distances.findIndex((d) => d > edge + margin)
      const atEdge = places.slice(inside, beyond === -1 ? places.length : beyond).sort((a, b) => a - b)
      const taken = atEdge.slice(0, count - inside)
      return {
        places: [...places.slice(0, inside), ...taken],
        distances: [...distances.slice(0, inside), ...taken.map((j) => distances[places.indexOf(j)]!)],
        tied: taken.length < atEdge.length
      }
    }
  }
}
