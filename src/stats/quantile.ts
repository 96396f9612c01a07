/** How a sample quantile is read between order statistics: Hyndman and Fan (1996), "Sample quantiles in statistical packages", types 6 and 7. */
export type QuantileType = 6 | 7

/**
 * The p-quantile of a sorted sample. Type 6 has the order statistics at i/(n + 1) (SPSS, Minitab, Stata's `_pctile, altdef`,
 * R's `quantile(type = 6)`); type 7 at (i - 1)/(n - 1) (R's and NumPy's default). NaN of an empty sample.
 */
export const quantileSorted = (sorted: ArrayLike<number>, p: number, type: QuantileType = 6): number => {
  const n = sorted.length
  if (n === 0) return Number.NaN
  const position = type === 6 ? (n + 1) * p : (n - 1) * p + 1
  const below = Math.min(Math.max(Math.floor(position), 1), n)
  const above = Math.min(below + 1, n)
  const share = Math.min(Math.max(position - below, 0), 1)
  const low = sorted[below - 1]!
  return low + share * (sorted[above - 1]! - low)
}

/** The p-quantile of a sample in any order. */
export const quantile = (values: ArrayLike<number>, p: number, type: QuantileType = 6): number => quantileSorted(Float64Array.from(values).sort(), p, type)
