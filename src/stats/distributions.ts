import { betaKernel, incompleteBeta } from "./incomplete-beta.ts"
import { gammaDensity, incompleteGamma } from "./incomplete-gamma.ts"

export { normalCdf, normalPdf, normalQuantile, normalUpper } from "./normal.ts"

/**
 * Distributions of test statistics. Upper tails are computed as such, never as 1 - cdf, so that a p-value of 1e-200 has its digits.
 * Degrees of freedom are any positive reals. Relative differences from R's stay within 2e-13, at probabilities of 1e-290 too.
 */

/** The two tails of a distribution on (0, Infinity) and its density, at x. */
interface Positive {
  readonly tails: (x: number) => { readonly lower: number; readonly upper: number }
  readonly density: (x: number) => number
}

/**
 * The x > 0 where the given tail has probability p: Newton's method on ln(tail) as a function of ln x, kept inside a bracket that halves where
 * a step would leave it. The smaller tail is the one to ask for.
 */
const solveTail = ({ tails, density }: Positive, tail: "lower" | "upper", p: number, start: number): number => {
  let low = -800
  let high = 800
  let u = Math.log(start)
  for (let i = 0; i < 200; i++) {
    const x = Math.exp(u)
    const value = tails(x)[tail]
    const excess = value > 0 ? Math.log(value / p) : Number.NEGATIVE_INFINITY
    if (excess === 0) return x
    if (excess > 0 === (tail === "upper")) low = u
    else high = u
    const slope = ((tail === "upper" ? -1 : 1) * density(x) * x) / value
    let next = u - excess / slope
    if (!(next > low && next < high)) next = (low + high) / 2
    if (Math.abs(next - u) <= 2 ** -52 * Math.max(1, Math.abs(u) / 8)) return Math.exp(next)
    u = next
  }
  return Math.exp(u)
}

/** The quantile of a positive distribution, given the upper-tail probability beside the lower one so that neither is rounded. */
const positiveQuantile = (distribution: Positive, lower: number, upper: number, start: number): number => {
  if (!(lower >= 0 && upper >= 0)) return Number.NaN
  if (lower === 0) return 0
  if (upper === 0) return Number.POSITIVE_INFINITY
  return lower < upper ? solveTail(distribution, "lower", lower, start) : solveTail(distribution, "upper", upper, start)
}

const chiSquared = (df: number): Positive => ({
  tails: (x) => incompleteGamma(df / 2, x / 2),
  density: (x) => gammaDensity(df / 2, x / 2) / 2
})
/** The density of the chi-squared distribution. */
export const chi2Pdf = (x: number, df: number): number => chiSquared(df).density(x)
/** P(X <= x). */
export const chi2Cdf = (x: number, df: number): number => chiSquared(df).tails(x).lower
/** P(X > x). */
export const chi2Upper = (x: number, df: number): number => chiSquared(df).tails(x).upper
/** The x with P(X <= x) = p. */
export const chi2Quantile = (p: number, df: number): number => positiveQuantile(chiSquared(df), p, 1 - p, df)

/**
 * The noncentral chi-squared distribution: central ones with df + 2j degrees of freedom, j Poisson with mean ncp/2 (Johnson, Kotz and Balakrishnan 1995, section
 * 29.3). Each tail follows from the one before by Q(a + 1, h) = Q(a, h) + h^a e^-h / Gamma(a + 1), summed in the direction in which nothing cancels.
 */
const noncentralChiSquared = (df: number, ncp: number): Positive => {
  const mean = ncp / 2
  const spread = 10 * Math.sqrt(mean) + 40
  const first = Math.max(0, Math.floor(mean - spread))
  const last = Math.ceil(mean + spread)
  // The Poisson probability of j is a gamma density of shape j + 1.
  const mass = Array.from({ length: last - first + 1 }, (_, i) => (mean === 0 ? (first + i === 0 ? 1 : 0) : gammaDensity(first + i + 1, mean)))
  return {
    // Each tail when it is asked for: a quantile needs one of them.
    tails: (x) => ({
      get upper() {
        let above = incompleteGamma(df / 2 + first, x / 2).upper
        let sum = 0
        for (let i = 0; i < mass.length; i++) {
          sum += mass[i]! * above
          above += gammaDensity(df / 2 + first + i + 1, x / 2)
        }
        return sum
      },
      get lower() {
        let below = incompleteGamma(df / 2 + last, x / 2).lower
        let sum = 0
        for (let i = mass.length - 1; i >= 0; i--) {
          sum += mass[i]! * below
          below += gammaDensity(df / 2 + first + i, x / 2)
        }
        return sum
      }
    }),
    density: (x) => mass.reduce((sum, p, i) => sum + (p * gammaDensity(df / 2 + first + i, x / 2)) / 2, 0)
  }
}
/** P(X > x) of the noncentral chi-squared distribution with noncentrality `ncp`. */
export const noncentralChi2Upper = (x: number, df: number, ncp: number): number => noncentralChiSquared(df, ncp).tails(x).upper
/** The x with P(X <= x) = p. */
export const noncentralChi2Quantile = (p: number, df: number, ncp: number): number => positiveQuantile(noncentralChiSquared(df, ncp), p, 1 - p, df + ncp)

const fisher = (df1: number, df2: number): Positive => ({
  tails: (x) => {
    if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
    const whole = df1 * x + df2
    return incompleteBeta(df1 / 2, df2 / 2, (df1 * x) / whole, df2 / whole)
  },
  density: (x) => {
    const whole = df1 * x + df2
    if (x > 0) return betaKernel(df1 / 2, df2 / 2, (df1 * x) / whole, df2 / whole) / x
    return x < 0 || df1 > 2 ? 0 : df1 === 2 ? 1 : Number.POSITIVE_INFINITY
  }
})
/** The density of the F distribution. */
export const fPdf = (x: number, df1: number, df2: number): number => fisher(df1, df2).density(x)
/** P(X <= x). */
export const fCdf = (x: number, df1: number, df2: number): number => fisher(df1, df2).tails(x).lower
/** P(X > x). */
export const fUpper = (x: number, df1: number, df2: number): number => fisher(df1, df2).tails(x).upper
/** The x with P(X <= x) = p. */
export const fQuantile = (p: number, df1: number, df2: number): number => positiveQuantile(fisher(df1, df2), p, 1 - p, 1)

/** The density of Student's t distribution. */
export const tPdf = (x: number, df: number): number => {
  const square = x * x
  const whole = df + square
  // x^2 is F(1, df): the kernel at a = 1/2 vanishes with |x|, the density does not, so the limit is taken apart.
  if (square < 1e-280) return tPdf(1e-100, df)
  return betaKernel(0.5, df / 2, square / whole, df / whole) / Math.abs(x)
}
/** P(|T| > |x|), the two-sided p-value. */
export const tTwoSided = (x: number, df: number): number => fUpper(x * x, 1, df)
/** P(T > x). */
export const tUpper = (x: number, df: number): number => {
  const { lower, upper } = fisher(1, df).tails(x * x)
  const beyond = lower < 0.5 ? 0.5 - lower / 2 : upper / 2
  return x >= 0 ? beyond : 1 - beyond
}
/** P(T <= x). */
export const tCdf = (x: number, df: number): number => tUpper(-x, df)
/** The x with P(T <= x) = p. Where x^2 would overflow (|x| > 1e154: one degree of freedom and p < 1e-154) it is infinite. */
export const tQuantile = (p: number, df: number): number => {
  const outside = 2 * Math.min(p, 1 - p)
  const inside = Math.abs(2 * p - 1)
  const x = Math.sqrt(positiveQuantile(fisher(1, df), inside, outside, 1))
  return p < 0.5 ? -x : x
}
