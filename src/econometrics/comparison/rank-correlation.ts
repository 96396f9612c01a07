import { correlation } from "../linear/correlation.ts"

/** Ranks from 1 for the highest value; values that are equal share the mean of their ranks. */
export const ranksOf = (values: Float64Array): Float64Array => {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[b]! - values[a]!)
  const ranks = new Float64Array(values.length)
  for (let first = 0; first < order.length; ) {
    let after = first + 1
    while (after < order.length && values[order[after]!] === values[order[first]!]) after++
    // Ranks first + 1 … after.
    for (let i = first; i < after; i++) ranks[order[i]!] = (first + 1 + after) / 2
    first = after
  }
  return ranks
}

/** Spearman's rho: Pearson's correlation of the ranks, ties having mean ranks (R's `cor(method = "spearman")`). Undefined where one of the two does not vary. */
export const spearman = (x: Float64Array, y: Float64Array): number | undefined => defined(correlation(ranksOf(x), ranksOf(y)))

/**
 * Kendall's tau-b, (C - D)/sqrt((P - Tx)(P - Ty)) with C concordant, D discordant and P all pairs, Tx and Ty those tied in x and in y (Kendall 1945; R's
 * `cor(method = "kendall")`). Every pair is looked at: O(n^2). Undefined where one of the two does not vary.
 */
export const kendallTau = (x: Float64Array, y: Float64Array): number | undefined => {
  let [balance, untiedInX, untiedInY] = [0, 0, 0]
  for (let i = 1; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const dx = Math.sign(x[i]! - x[j]!)
      const dy = Math.sign(y[i]! - y[j]!)
      balance += dx * dy
      untiedInX += dx * dx
      untiedInY += dy * dy
    }
  return defined(balance / Math.sqrt(untiedInX * untiedInY))
}

const defined = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined)
