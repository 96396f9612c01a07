import { Fault } from "../../fault.ts"
import { fromPairs, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * Weights 1/|g_i - g_j| of all pairs, not standardised; g is one value an entity (the mean over the years of `variable`, GDP per head say).
 * Two entities with the same value are a fault that names the pair and the value, all such pairs together.
 */
export const inverseGap = (entities: ReadonlyArray<string>, g: Float64Array, variable: string): WeightsMatrix => {
  const equal: Array<string> = []
  const weights = fromPairs(entities, (i, j) => {
    const gap = Math.abs(g[i]! - g[j]!)
    if (gap > 0) return 1 / gap
    if (i < j) equal.push(`"${entities[i]}" and "${entities[j]}" (both ${g[i]})`)
    return 0
  })
  if (equal.length > 0)
    throw new Fault(
      "equal-economies",
      `the economic weight 1/|difference| is not defined between entities with the same mean of ${variable}: ${equal.join("; ")}; correct the data or weight by another variable`
    )
  return weights
}
