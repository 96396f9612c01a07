import { normalUpper, tTwoSided } from "../stats/distributions.ts"
import type { Interval } from "./interval.ts"

/** Two-sided p of a ratio under Student's t; under the normal distribution where df is infinite. */
export const pOf = (t: number, df: number): number =>
  t === Number.POSITIVE_INFINITY ? 0 : df === Number.POSITIVE_INFINITY ? 2 * normalUpper(t) : tTwoSided(t, df)

/** Above this many, t and normal differ by less than any table prints. */
const MOST = 1e9

/**
 * The degrees of freedom at which the p of a ratio `t` is `level`: p falls as df rises, so that below it p is larger. 0 where p is smaller at any df, infinity where it
 * is larger even under the normal distribution.
 */
const crossing = (t: number, level: number): number => {
  if (t === 0) return Number.POSITIVE_INFINITY
  if (t === Number.POSITIVE_INFINITY) return 0
  if (pOf(t, Number.POSITIVE_INFINITY) > level) return Number.POSITIVE_INFINITY
  let [low, high] = [Math.log(0.05), Math.log(MOST)]
  if (pOf(t, Math.exp(low)) < level) return 0
  if (pOf(t, MOST) > level) return MOST
  while (high - low > 1e-12) {
    const middle = (low + high) / 2
    if (pOf(t, Math.exp(middle)) > level) low = middle
    else high = middle
  }
  return Math.exp((low + high) / 2)
}

/**
 * The degrees of freedom (infinity is the normal distribution) under which a ratio somewhere in `size` has so many stars, where `levels` are the levels of one star,
 * two, three. Empty (low above high) where none gives them: more stars than the normal distribution gives, so low is NaN-free infinity and high 0.
 */
export const starsInterval = (size: Interval, stars: number, levels: ReadonlyArray<number>): Interval => {
  // Its stars are given where the largest ratio that rounding allows reaches their level, and the smallest does not reach the next.
  const enough = stars === 0 ? 0 : crossing(size.high, levels[stars - 1]!)
  const most = stars >= levels.length ? Number.POSITIVE_INFINITY : crossing(size.low, levels[stars]!)
  if (stars > 0 && pOf(size.high, Number.POSITIVE_INFINITY) > levels[stars - 1]!) return { low: Number.POSITIVE_INFINITY, high: 0 }
  // A hair to each side, for the bisection.
  return { low: enough * (1 - 1e-6), high: most * (1 + 1e-6) }
}
