import { normalQuantile, normalUpper, tQuantile, tTwoSided } from "../../stats/distributions.ts"

/** Estimates with what is inferred about each: broom's columns. */
export interface Inference {
  readonly terms: ReadonlyArray<string>
  readonly estimate: Float64Array
  readonly stdError: Float64Array
  /** estimate / stdError. */
  readonly statistic: Float64Array
  /** Degrees of freedom of each estimate's t; undefined: normal. */
  readonly df: Float64Array | undefined
  readonly pValue: Float64Array
  readonly confLow: Float64Array
  readonly confHigh: Float64Array
}

/** Two-sided tests of zero and confidence intervals from estimates and their variances, by t(df), one df for all or one each, or without df by the normal. */
export const infer = (
  terms: ReadonlyArray<string>,
  estimate: Float64Array,
  variance: ArrayLike<number>,
  freedom: number | Float64Array | undefined,
  level = 0.95
): Inference => {
  const df = typeof freedom === "number" ? new Float64Array(estimate.length).fill(freedom) : freedom
  const stdError = estimate.map((_, i) => Math.sqrt(variance[i]!))
  const statistic = estimate.map((value, i) => value / stdError[i]!)
  const upper = (1 + level) / 2
  const critical = estimate.map((_, i) => (df === undefined ? normalQuantile(upper) : i > 0 && df[i] === df[i - 1] ? Number.NaN : tQuantile(upper, df[i]!)))
  // A quantile takes a search: one for each run of equal degrees of freedom.
  for (let i = 1; i < critical.length; i++) if (Number.isNaN(critical[i]!)) critical[i] = critical[i - 1]!
  return {
    terms,
    estimate,
    stdError,
    statistic,
    df,
    pValue: statistic.map((t, i) => (df === undefined ? 2 * normalUpper(Math.abs(t)) : tTwoSided(t, df[i]!))),
    confLow: estimate.map((value, i) => value - critical[i]! * stdError[i]!),
    confHigh: estimate.map((value, i) => value + critical[i]! * stdError[i]!)
  }
}

/** The same of all terms of a fit under a variance of it: `matrix` over the terms, row-major, and each one's degrees of freedom. */
export const inferUnder = (
  { coefficients, terms }: { readonly terms: ReadonlyArray<string>; readonly coefficients: Float64Array },
  { df, matrix }: { readonly matrix: Float64Array; readonly df: Float64Array },
  level?: number
): Inference => {
  const size = terms.length
  return infer(
    terms,
    coefficients,
    Float64Array.from(terms, (_, j) => matrix[j * size + j]!),
    df,
    level
  )
}

/** One test as it is printed; what a statistic does not have is undefined. */
export interface Test {
  readonly test: string
  /** The convention that the statistic follows. */
  readonly variant: string
  readonly statistic: number | undefined
  readonly df: number | undefined
  readonly df2?: number | undefined
  readonly pValue: number | undefined
  readonly critical?: number | undefined
  readonly note: string
}
