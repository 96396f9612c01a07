import { Fault } from "../../fault.ts"
import { fromPairs, mapWeights, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * Weights 1/|g_i - g_j| of all pairs, not standardised; g is one value an entity (the mean over the years of `variable`, GDP per head say). With `among`, of the pairs
 * that other weights over the same entities link, however many entities there are. Two entities with the same value are a fault that names the pair and the
 * value, all such pairs together.
 */
export const inverseGap = (entities: ReadonlyArray<string>, g: Float64Array, variable: string, among?: WeightsMatrix): WeightsMatrix => {
  const equal = new Set<string>()
  const weight = (i: number, j: number): number => {
    const gap = Math.abs(g[i]! - g[j]!)
    if (gap > 0) return 1 / gap
    equal.add(`"${entities[Math.min(i, j)]}" and "${entities[Math.max(i, j)]}" (both ${g[i]})`)
    return 0
  }
  const weights = among === undefined ? fromPairs(entities, weight) : mapWeights(among, weight)
  if (equal.size > 0)
    throw new Fault(
      "equal-economies",
      `the economic weight 1/|difference| is not defined between entities with the same mean of ${variable}: ${[...equal].join("; ")}; correct the data or weight by another variable`
    )
  return weights
}
