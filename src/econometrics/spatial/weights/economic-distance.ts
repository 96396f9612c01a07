import { Fault } from "../../fault.ts"
import { fromPairs, type WeightsMatrix } from "./weights-matrix.ts"

/**
 * Weights 1/|g_i - g_j| of all pairs, not standardised; g is one value an entity (the mean over the years of `variable`, GDP per head say).
 * Two entities with the same value are a fault that names the pair and the value, all such pairs together.
 */
export const inverseGap = (entities: ReadonlyArray<string>, g: Float64Array, variable: string): WeightsMatrix => {
  const size = entities.length
  const matrix = new Float64Array(size * size)
  const equal: Array<string> = []
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++) {
      const gap = Math.abs(g[i]! - g[j]!)
      if (gap === 0) equal.push(`"${entities[i]}" and "${entities[j]}" (both ${g[i]})`)
      matrix[i * size + j] = matrix[j * size + i] = 1 / gap
    }
  if (equal.length > 0)
    throw new Fault(
      "equal-economies",
      `the economic weight 1/|difference| is not defined between entities with the same mean of ${variable}: ${equal.join("; ")}; correct the data or weight by another variable`
    )
  return fromPairs(entities, (i, j) => matrix[i * size + j]!)
}
