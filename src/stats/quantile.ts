import { normalQuantile } from "./normal.ts"

/**
 * How a sample quantile is read from order statistics: types 1 to 9 of Hyndman and Fan (1996), "Sample quantiles in statistical packages", as R numbers them; or
 * "normal", linear between the normal quantiles of i/(n + 1) (Davison and Hinkley 1997, eq. 5.8; R's boot.ci).
 */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | "normal"

/** The continuous types have the order statistics at (i - a)/(n + 1 - a - b): [a, b] by type. */
const PLACES: Readonly<Record<4 | 5 | 6 | 7 | 8 | 9, readonly [number, number]>> = {
  4: [0, 1],
  5: [1 / 2, 1 / 2],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8]
}
/** np within this of a whole number is the whole number (R's fuzz). */
const FUZZ = 4 * Number.EPSILON

/**
 * The p-quantile of a sorted sample. Type 6 has the order statistics at i/(n + 1) (SPSS, Minitab, Stata's `_pctile, altdef`,
 * R's `quantile(type = 6)`); type 7 at (i - 1)/(n - 1) (R's and NumPy's default). NaN of an empty sample.
 */
export const quantileSorted = (sorted: ArrayLike<number>, p: number, type: QuantileType = 6): number => {
  const n = sorted.length
  if (n === 0) return Number.NaN
  /** The i-th order statistic, from 1; the first and the last where there is none. */
  const order = (i: number): number => sorted[Math.min(Math.max(i, 1), n) - 1]!
  const between = (i: number, share: number): number => order(i) + share * (order(i + 1) - order(i))
  if (type === 1 || type === 2 || type === 3) {
    const place = type === 3 ? n * p - 0.5 : n * p
    const below = Math.floor(place + FUZZ)
    const exact = !(place > below)
    if (type === 3) return place === below && below % 2 === 0 ? order(below) : order(below + 1)
    return exact ? (type === 1 ? order(below) : between(below, 0.5)) : order(below + 1)
  }
  if (type === "normal") {
    const below = Math.floor((n + 1) * p)
    if (below < 1 || below >= n || below === (n + 1) * p) return order(below)
    const low = normalQuantile(below / (n + 1))
    return between(below, (normalQuantile(p) - low) / (normalQuantile((below + 1) / (n + 1)) - low))
  }
  const [a, b] = PLACES[type]
  const position = a + (n + 1 - a - b) * p
  const below = Math.min(Math.max(Math.floor(position), 1), n)
  return between(below, Math.min(Math.max(position - below, 0), 1))
}

/** The p-quantile of a sample in any order. */
export const quantile = (values: ArrayLike<number>, p: number, type: QuantileType = 6): number => quantileSorted(Float64Array.from(values).sort(), p, type)
