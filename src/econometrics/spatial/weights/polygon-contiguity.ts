import { Fault } from "../../fault.ts"
import { refuseIslands } from "./islands.ts"
import { kdTree } from "./k-d-tree.ts"
import type { Shape } from "./shapes.ts"
import { fromLinks, type WeightsMatrix } from "./weights-matrix.ts"

export interface PolygonContiguityOptions {
  /** queen, the default: one point in common is enough; rook: it takes more than one. */
  readonly criterion?: "queen" | "rook"
  /** How far apart two corners may be to count as one, in the unit of the coordinates; the square root of the machine epsilon, 1.5e-8, as in spdep. */
  readonly snap?: number
  readonly allowIslands?: boolean
}

/** The corners of a shape, each once: the last of a ring is its first, and parts may touch. */
const cornersOf = ({ rings }: Shape): ReadonlyArray<readonly [number, number]> => {
  const corners = new Map<string, readonly [number, number]>()
  for (const ring of rings) for (let at = 0; at < ring.length; at += 2) corners.set(`${ring[at]} ${ring[at + 1]}`, [ring[at]!, ring[at + 1]!])
  return [...corners.values()]
}

/**
 * Weights of 1 between areas that touch, not standardised, by the rule of spdep's poly2nb: pairs of corners, one of each area, that are at most `snap` apart; one such pair makes
 * neighbours of queen, two of rook. A corner on another area's side that has no corner there is not seen: digitise common borders with the same corners (TopoJSON has them so).
 * Coordinates are taken as planar; areas do not meet across the 180th meridian. An area that touches none is a fault unless `allowIslands`.
 */
export const polygonContiguity = (
  shapes: ReadonlyArray<Shape>,
  { allowIslands = false, criterion = "queen", snap = Math.sqrt(Number.EPSILON) }: PolygonContiguityOptions = {}
): WeightsMatrix => {
  if (!(snap >= 0) || snap === Infinity) throw new Fault("no-snap", `corners are one within a distance of 0 or more; snap is ${snap}`)
  const size = shapes.length
  const corners = shapes.map(cornersOf)
  const owner = corners.flatMap((own, i) => own.map(() => i))
  const tree = kdTree(Float64Array.from(corners.flat(2)), 2)
  const meetings = new Map<number, number>()
  owner.forEach((i, corner) => {
    for (const other of tree.within(corner, snap * snap)) {
      const j = owner[other]!
      if (i < j) meetings.set(i * size + j, (meetings.get(i * size + j) ?? 0) + 1)
    }
  })
  const needed = criterion === "queen" ? 1 : 2
  const pairs = [...meetings].filter(([, count]) => count >= needed).map(([pair]) => [Math.floor(pair / size), pair % size] as const)
  const weights = fromLinks(
    shapes.map(({ id }) => id),
    pairs.flat(),
    pairs.flatMap(([i, j]) => [j, i]),
    pairs.flatMap(() => [1, 1])
  )
  refuseIslands(weights, allowIslands, `that they touch (${criterion}, snap ${snap})`, () => "widen snap where borders do not quite meet")
  return weights
}
