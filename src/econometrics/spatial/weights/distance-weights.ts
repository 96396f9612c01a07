import { Fault } from "../../fault.ts"
import { type Decay, decayed } from "./decay.ts"
import { refuseIslands } from "./islands.ts"
import { neighbourSearch } from "./neighbour-search.ts"
import { checkPoints, coincidentPoints, distanceBetween, distanceUnit, type Points } from "./points.ts"
import { fromPairs, fromRows, type WeightsMatrix } from "./weights-matrix.ts"

/** Weights of neighbours given by row, by a decay that may not be defined at distance zero. */
const ofNeighbours = (
  entities: ReadonlyArray<string>,
  points: Points,
  decay: Decay,
  neighbours: (i: number) => { readonly places: ReadonlyArray<number>; readonly distances: ReadonlyArray<number> }
): WeightsMatrix => {
  const weight = decayed(decay)
  const coincident = new Map<string, readonly [number, number]>()
  const weights = fromRows(entities, (i) => {
    const { places, distances } = neighbours(i)
    const values = distances.map((d, at) => {
      const w = weight(d)
      if (w !== Infinity) return w
      // From either side: the nearest of one need not have it among theirs.
      const pair = [Math.min(i, places[at]!), Math.max(i, places[at]!)] as const
      coincident.set(pair.join(), pair)
      return 0
    })
    return { columns: places, values }
  })
  if (coincident.size > 0) throw coincidentPoints(entities, points, [...coincident.values()])
  return weights
}

/**
 * Weights of all pairs by their distance, not standardised: 1/d^power or exp(-d/bandwidth). Where the decay is inverse, entities at the same point are a fault that
 * names them, all such pairs together. More than 10,000 entities are a fault: their matrix has no zeros.
 */
export const distanceWeights = (entities: ReadonlyArray<string>, points: Points, decay: Decay): WeightsMatrix => {
  checkPoints(entities, points)
  const between = distanceBetween(points)
  const weight = decayed(decay)
  const coincident: Array<readonly [number, number]> = []
  const weights = fromPairs(entities, (i, j) => {
    const w = weight(between(i, j))
    if (w !== Infinity) return w
    if (i < j) coincident.push([i, j])
    return 0
  })
  if (coincident.length > 0) throw coincidentPoints(entities, points, coincident)
  return weights
}

/** Weights whose `tied` entities had others at the distance of their last neighbour, which were left out since they come later in the order. */
export interface NearestNeighbours extends WeightsMatrix {
  readonly tied: ReadonlyArray<string>
}

/**
 * Weights of each entity's k nearest, not standardised: exactly k a row, so that the matrix is seldom symmetric. Of entities at the same distance those that come
 * first in the order are taken. O(N log N): 100,000 entities take a second or two.
 */
export const nearestNeighbours = (entities: ReadonlyArray<string>, points: Points, k: number, decay: Decay = { kind: "binary" }): NearestNeighbours => {
  checkPoints(entities, points)
  if (!Number.isInteger(k) || k < 1 || k >= entities.length)
    throw new Fault("no-such-k", `each of ${entities.length} entities has ${entities.length - 1} others: k must be a whole number from 1 to that, and is ${k}`)
  const search = neighbourSearch(points)
  const tied: Array<string> = []
  const weights = ofNeighbours(entities, points, decay, (i) => {
    const found = search.nearest(i, k)
    if (found.tied) tied.push(entities[i]!)
    return found
  })
  return { ...weights, tied }
}

/** The largest of the distances from each entity to its nearest: the least width of a band from 0 in which nobody is an island. */
export const noIslandDistance = (entities: ReadonlyArray<string>, points: Points): number => {
  checkPoints(entities, points)
  if (entities.length < 2) throw new Fault("no-such-k", "one entity has no neighbour at any distance")
  const { nearest } = neighbourSearch(points)
  return entities.reduce((most, _, i) => Math.max(most, nearest(i, 1).distances[0]!), 0)
}

/** A band of distances d: from < d <= to, and d = 0 too where `from` is 0. */
export interface Band {
  readonly from: number
  readonly to: number
}

/** Weights of the pairs whose distance is in the band, not standardised. An entity without a neighbour there is a fault unless `allowIslands`. */
export const distanceBand = (
  entities: ReadonlyArray<string>,
  points: Points,
  { from, to }: Band,
  decay: Decay = { kind: "binary" },
  allowIslands = false
): WeightsMatrix => {
  checkPoints(entities, points)
  if (!(from >= 0) || !(to > from) || to === Infinity)
    throw new Fault("no-band", `a band of distances runs from 0 or more to more than that; this one from ${from} to ${to}`)
  const { within } = neighbourSearch(points)
  const weights = ofNeighbours(entities, points, decay, (i) => {
    const found = within(i, to)
    const first = from === 0 ? 0 : found.distances.findIndex((d) => d > from)
    return first === -1 ? { places: [], distances: [] } : { places: found.places.slice(first), distances: found.distances.slice(first) }
  })
  const unit = distanceUnit(points)
  refuseIslands(weights, allowIslands, `in the band from ${from} to ${to}${unit === "" ? "" : ` ${unit}`}`, () => {
    const least = noIslandDistance(entities, points)
    return from === 0 ? `widen the band to ${least}${unit === "" ? "" : ` ${unit}`}, the least distance that leaves nobody alone` : "widen the band"
  })
  return weights
}
