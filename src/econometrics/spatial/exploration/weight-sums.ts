import { dot } from "../../../linalg/dot.ts"
import { rowSums, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { several } from "../weights/several.ts"
import { islands, type WeightsMatrix } from "../weights/weights-matrix.ts"

/**
 * What becomes of entities without neighbours (islands) in a global statistic: `refuse`, a fault that names them; `uncounted`, N is the number of the other
 * entities (spdep's zero.policy with adjust.n = TRUE); `counted`, N counts them too (adjust.n = FALSE). The mean of the variable is over all entities.
 */
export type IslandPolicy = "refuse" | "uncounted" | "counted"

/** Sums over the weights that the moments of global statistics need. */
export interface WeightSums {
  /** The number of entities as the island policy counts them. */
  readonly n: number
  /** Sum of all w_ij. */
  readonly s0: number
  /** Half the sum of (w_ij + w_ji)^2. */
  readonly s1: number
  /** Sum over i of (row sum + column sum)^2. */
  readonly s2: number
}

/** A fault that names the islands. */
export const refuseIslands = (weights: WeightsMatrix, allow: string): void => {
  const alone = islands(weights)
  if (alone.length > 0)
    throw new Fault("island", `these entities have no neighbour in the weights: ${several(alone)}; give them neighbours, leave them out, or set ${allow}`)
}

/** The sums; fewer than four entities (with neighbours, where islands are not counted), or islands where they are refused, are faults. */
export const weightSums = (weights: WeightsMatrix, policy: IslandPolicy = "refuse"): WeightSums => {
  if (policy === "refuse") refuseIslands(weights, 'islands to "uncounted" or "counted"')
  const { matrix } = weights
  const n = policy === "uncounted" ? matrix.rows - islands(weights).length : matrix.rows
  if (n < 4)
    throw new Fault(
      "too-few-entities",
      `the moments of a statistic of spatial autocorrelation need at least 4 entities${policy === "uncounted" ? " with neighbours" : ""}; there are ${n}`
    )
  const both = addSparse(1, matrix, 1, transpose(matrix))
  const s0 = matrix.values.reduce((sum, w) => sum + w, 0)
  if (!(s0 > 0)) throw new Fault("no-weights", `the spatial weights sum to ${s0}: a statistic of spatial autocorrelation needs a positive sum`)
  return { n, s0, s1: dot(both.values, both.values) / 2, s2: rowSums(both).reduce((sum, b) => sum + b * b, 0) }
}
