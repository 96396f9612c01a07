import type { Weighted } from "./composite-score.ts"

/**
 * Grey relational grades (Deng 1982, Systems & Control Letters 1: 288-294) as a score of 0 to 100: with D_m the distance of a normalised indicator from its
 * largest value in the group, 100 * sum_m W_m (min D + zeta max D) / (D_m + zeta max D), minimum and maximum being over all indicators and rows of the group.
 * zeta > 0, by custom 0.5, sets how much far values are told apart. Where no row is away from the best, every grade is 100 * sum W.
 */
export const greyRelationalScore = (
  indicators: ReadonlyArray<Weighted>,
  groups: ReadonlyArray<ReadonlyArray<number>>,
  rows: number,
  zeta = 0.5
): Float64Array => {
  const score = new Float64Array(rows)
  for (const group of groups) {
    const best = indicators.map(({ values }) => group.reduce((most, row) => Math.max(most, values[row]!), Number.NEGATIVE_INFINITY))
    let near = Number.POSITIVE_INFINITY
    let far = 0
    indicators.forEach(({ values }, m) => {
      for (const row of group) {
        near = Math.min(near, best[m]! - values[row]!)
        far = Math.max(far, best[m]! - values[row]!)
      }
    })
    indicators.forEach(({ values, weight }, m) => {
      for (const row of group) {
        const coefficient = far > 0 ? (near + zeta * far) / (best[m]! - values[row]! + zeta * far) : 1
        score[row]! += 100 * weight[row]! * coefficient
      }
    })
  }
  return score
}
