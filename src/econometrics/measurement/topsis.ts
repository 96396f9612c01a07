import { Fault } from "../fault.ts"
import type { Weighted } from "./composite-score.ts"

/**
 * TOPSIS closeness (Hwang and Yoon 1981) as a score of 0 to 100: with V_m = W_m Y_m of the normalised indicators as they are, D+ the Euclidean distance to the
 * ideal (the largest V_m of the group) and D- that to the anti-ideal (the smallest), 100 * D- / (D+ + D-). Rows are held against the ideals of their own
 * group. A Fault `no-contrast` where all rows of a group are the same in every indicator that has weight.
 */
export const topsisScore = (indicators: ReadonlyArray<Weighted>, groups: ReadonlyArray<ReadonlyArray<number>>, rows: number): Float64Array => {
  const score = new Float64Array(rows)
  for (const group of groups) {
    const best = new Float64Array(rows)
    const worst = new Float64Array(rows)
    for (const { values, weight } of indicators) {
      let high = Number.NEGATIVE_INFINITY
      let low = Number.POSITIVE_INFINITY
      for (const row of group) {
        high = Math.max(high, weight[row]! * values[row]!)
        low = Math.min(low, weight[row]! * values[row]!)
      }
      for (const row of group) {
        best[row]! += (high - weight[row]! * values[row]!) ** 2
        worst[row]! += (weight[row]! * values[row]! - low) ** 2
      }
    }
    for (const row of group) {
      const sum = Math.sqrt(best[row]!) + Math.sqrt(worst[row]!)
      if (!(sum > 0))
        throw new Fault("no-contrast", "all observations of a group are the same in every weighted indicator: TOPSIS has no ideal to tell them by")
      score[row] = (100 * Math.sqrt(worst[row]!)) / sum
    }
  }
  return score
}
