/**
 * Critical values of |t| at the two-sided 5% level for one endogenous regressor and one instrument, by the square root of the first-stage F from 2 in steps of 0.1.
 *
 * Source: Lee, McCrary, Moreira and Porter (2022), "Valid t-ratio inference for IV", American Economic Review 112(10), table 3, at 5%, in its two decimals,
 * which round up. `test/oracle/t-f.R` computes them from their definition. There is none for 1% here: no source of that panel was at hand to hold it against.
 */
const CRITICAL = [
  18.66, 9.74, 7.37, 6.18, 5.43, 4.92, 4.54, 4.25, 4.01, 3.82, 3.65, 3.51, 3.39, 3.29, 3.19, 3.11, 3.03, 2.97, 2.91, 2.85, 2.8, 2.75, 2.71, 2.67, 2.63, 2.6,
  2.57, 2.54, 2.51, 2.48, 2.46, 2.43, 2.41, 2.39, 2.37, 2.35, 2.33, 2.32, 2.3, 2.29, 2.27, 2.26, 2.24, 2.23, 2.22, 2.21, 2.2, 2.19, 2.17, 2.16, 2.16, 2.15,
  2.14, 2.13, 2.12, 2.11, 2.1, 2.1, 2.09, 2.08, 2.08, 2.07, 2.06, 2.06, 2.05, 2.04, 2.04, 2.03, 2.03, 2.02, 2.02, 2.01, 2.01, 2, 2, 1.99, 1.99, 1.99, 1.98,
  1.98, 1.97, 1.97, 1.97, 1.96
]

/** From the first-stage F of 104.7 on the ordinary value holds; a reader of the table divides by it. */
export const ORDINARY = 1.96

/**
 * The tF critical value at 5% for a first-stage F, linear between the table's entries: with it in place of 1.96, |t| of 2SLS rejects no more than 5% of the time
 * however weak the instrument is. Undefined below F = 4 (at F = 3.84 it is infinite: no interval is bounded).
 */
export const tfCritical = (f: number): number | undefined => {
  const at = 10 * Math.sqrt(f) - 20
  if (!(at >= 0)) return undefined
  const below = Math.floor(at)
  const [low, high] = [CRITICAL[below], CRITICAL[below + 1]]
  return low === undefined || high === undefined ? ORDINARY : low + (at - below) * (high - low)
}
