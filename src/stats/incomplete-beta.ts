import { deviance, stirlingError } from "./incomplete-gamma.ts"

const EPSILON = 2 ** -53
const TINY = 1e-300
/** Far beyond need (some tens of terms, some hundreds at 1e5 degrees of freedom): an end for arguments that are NaN. */
const LONGEST = 100_000

/** x^a y^b / B(a, b) with y = 1 - x given apart, so that neither tail loses digits (Loader 2000). */
export const betaKernel = (a: number, b: number, x: number, y: number): number => {
  if (!(x > 0) || !(y > 0)) return 0
  const n = a + b
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
  return Math.exp(exponent) * Math.sqrt((a * b) / (2 * Math.PI * n))
}

/**
 * The continued fraction of Didonato and Morris (1992), "Algorithm 708: significant digit computation of the incomplete beta function ratios",
 * by the modified Lentz method. It takes x and y = 1 - x, and a y - b x has no cancellation that matters.
 */
const fraction = (a: number, b: number, x: number, y: number): number => {
  const denominator = (m: number): number =>
    (m === 0 ? 0 : m + (m * (b - m) * x) / (a + 2 * m - 1)) + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (a + 2 * m + 1)
  let f = denominator(0)
  if (Math.abs(f) < TINY) f = TINY
  let c = f
  let d = 0
  for (let m = 1; m <= LONGEST; m++) {
    const above = ((a + m - 1) * (a + b + m - 1) * m * (b - m) * x * x) / ((a + 2 * m - 1) * (a + 2 * m - 1))
    const below = denominator(m)
    d = below + above * d
    if (Math.abs(d) < TINY) d = TINY
    c = below + above / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const factor = c * d
    f *= factor
    if (Math.abs(factor - 1) < 4 * EPSILON) break
  }
  return 1 / f
}

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, each with full relative accuracy where it is the smaller.
 * y = 1 - x is an argument of its own: a far tail has x = 1 to machine precision and still a y. NaN where a, b > 0 does not hold.
 */
export const incompleteBeta = (a: number, b: number, x: number, y: number): { readonly lower: number; readonly upper: number } => {
  if (Number.isNaN(x) || !(a > 0 && b > 0)) return { lower: Number.NaN, upper: Number.NaN }
  if (x <= 0) return { lower: 0, upper: 1 }
  if (!(y > 0)) return { lower: 1, upper: 0 }
  const kernel = betaKernel(a, b, x, y)
  if (x < (a + 1) / (a + b + 2)) {
    const lower = kernel * fraction(a, b, x, y)
    return { lower, upper: 1 - lower }
  }
  const upper = kernel * fraction(b, a, y, x)
  return { lower: 1 - upper, upper }
}
