/** An indicator in a composite: its normalised values and its weight, row by row (a weight may vary by year or entity). */
export interface Weighted {
  readonly values: Float64Array
  readonly weight: Float64Array
}

/** The value version of a composite index, 100 * sum_m W_m Y_m: 100 where every indicator is at its best. */
export const valueScore = (indicators: ReadonlyArray<Weighted>, rows: number): Float64Array => {
  const score = new Float64Array(rows)
  for (const { values, weight } of indicators) for (let i = 0; i < rows; i++) score[i]! += 100 * weight[i]! * values[i]!
  return score
}

/**
 * The share version, 1000 * sum_m W_m P_m with P = Y / sum Y over the rows of the same group (eq. 17 as printed): within a group of constant weights it
 * sums to 1000. An indicator that is zero in the whole group adds nothing.
 */
export const shareScore = (indicators: ReadonlyArray<Weighted>, groups: ReadonlyArray<ReadonlyArray<number>>, rows: number): Float64Array => {
  const score = new Float64Array(rows)
  for (const { values, weight } of indicators)
    for (const group of groups) {
      let sum = 0
      for (const row of group) sum += values[row]!
      if (sum > 0) for (const row of group) score[row]! += (1000 * weight[row]! * values[row]!) / sum
    }
  return score
}
