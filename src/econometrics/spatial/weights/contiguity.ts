import { refuseIslands } from "./islands.ts"
import { fromLinks, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * Weights of 1 between neighbours, 0 elsewhere, not standardised. A pair counts both ways, and once however often it is listed. An entity
 * without a neighbour (an island) is a fault unless `allowIslands`; all islands are told together. The pairs' names must be among `entities`.
 */
export const contiguity = (entities: ReadonlyArray<string>, pairs: ReadonlyArray<readonly [string, string]>, allowIslands: boolean): WeightsMatrix => {
  const size = entities.length
  const place = new Map(entities.map((entity, i) => [entity, i]))
  const links = new Set<number>()
  for (const [from, to] of pairs) {
    const i = place.get(from)!
    const j = place.get(to)!
    links.add(i * size + j).add(j * size + i)
  }
  const places = [...links]
  const weights = fromLinks(
    entities,
    places.map((at) => Math.floor(at / size)),
    places.map((at) => at % size),
    new Float64Array(places.length).fill(1)
  )
  refuseIslands(weights, allowIslands, "in the list", () => "add their neighbours")
  return weights
}
