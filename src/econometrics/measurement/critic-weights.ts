import { Fault } from "../fault.ts"
import { indicatorCorrelation } from "./indicator-correlation.ts"
import { standardDeviation } from "./standard-deviation-weights.ts"

/** Below it the sum of 1 - r is rounding. */
const negligible = 1e-12

/**
 * CRITIC weights (criteria importance through intercriteria correlation) of normalised indicators: C_j = s_j * sum_k (1 - r_jk), W = C / sum C, with s the
 * standard deviation and r Pearson's correlation, so that contrast and conflict with the others count (Diakoulaki, Mavrotas and Papayannakis 1995, Computers
 * & Operations Research 22: 763-770). Columns of the same length n >= 2. One indicator weighs 1. A Fault: a constant column (`constant-indicator`), or
 * indicators that are all perfectly correlated, between which there is no conflict (`no-conflict`).
 */
export const criticWeights = (columns: ReadonlyArray<Float64Array>): ReadonlyArray<number> => {
  const size = columns.length
  const correlation = indicatorCorrelation(columns)
  if (size === 1) return [1]
  const conflict = columns.map((_, j) => columns.reduce((sum, _column, k) => sum + 1 - correlation[j * size + k]!, 0))
  if (!(Math.max(...conflict) > negligible))
    throw new Fault("no-conflict", "the indicators are all perfectly correlated: CRITIC finds no conflict to weigh by; take another weighting")
  const information = columns.map((column, j) => standardDeviation(column) * conflict[j]!)
  const sum = information.reduce((total, c) => total + c, 0)
  return information.map((c) => c / sum)
}
