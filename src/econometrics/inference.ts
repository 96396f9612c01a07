import { normalQuantile, normalUpper, tQuantile, tTwoSided } from "../stats/distributions.ts"

/** Estimates with what is inferred about each: broom's columns. */
export interface Inference {
  readonly terms: ReadonlyArray<string>
  readonly estimate: Float64Array
  readonly stdError: Float64Array
  /** estimate / stdError. */
  readonly statistic: Float64Array
  /** Degrees of freedom of t; undefined: normal. */
  readonly df: number | undefined
  readonly pValue: Float64Array
  readonly confLow: Float64Array
  readonly confHigh: Float64Array
}

/** Two-sided tests of zero and confidence intervals from estimates and their variances, by t(df) or, without df, by the normal. */
export const infer = (terms: ReadonlyArray<string>, estimate: Float64Array, variance: ArrayLike<number>, df: number | undefined, level = 0.95): Inference => {
  const stdError = estimate.map((_, i) => Math.sqrt(variance[i]!))
  const statistic = estimate.map((value, i) => value / stdError[i]!)
  const upper = (1 + level) / 2
  const critical = df === undefined ? normalQuantile(upper) : tQuantile(upper, df)
  return {
    terms,
    estimate,
    stdError,
    statistic,
    df,
    pValue: statistic.map((t) => (df === undefined ? 2 * normalUpper(Math.abs(t)) : tTwoSided(t, df))),
    confLow: estimate.map((value, i) => value - critical * stdError[i]!),
    confHigh: estimate.map((value, i) => value + critical * stdError[i]!)
  }
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
