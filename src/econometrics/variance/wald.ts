import { cholesky, choleskySolve } from "../../linalg/cholesky.ts"
import { submatrix } from "../../linalg/cross-product.ts"
import { fUpper } from "../../stats/distributions.ts"
import type { VarianceEstimate } from "./variance-estimate.ts"

/**
 * b'V^-1 b of a Wald test, V being k x k, row-major. NaN where V is not numerically positive definite, and where there are more restrictions than `rank`, the most that V's
 * can be: rounding alone makes it invertible then.
 */
export const waldStatistic = (b: Float64Array, covariance: Float64Array, rank = Number.POSITIVE_INFINITY): number => {
  if (b.length > rank) return Number.NaN
  const factor = cholesky(covariance, b.length)
  if (factor === undefined) return Number.NaN
  const solved = choleskySolve(factor, b.length, b)
  return b.reduce((sum, value, i) => sum + value * solved[i]!, 0)
}

/** An F test of several coefficients; all but df1 are NaN where it is not defined. */
export interface WaldF {
  readonly statistic: number
  readonly df1: number
  readonly df2: number
  readonly pValue: number
}

/**
 * The F test that terms, by their numbers, are zero together: the Wald statistic over their number, with the degrees of freedom of the variance's t, or those of a test
 * of its own where each term's t has others (HTZ under CR2).
 */
export const waldF = (
  coefficients: Float64Array,
  variance: Pick<VarianceEstimate, "matrix" | "df" | "joint" | "rank">,
  terms: ReadonlyArray<number>
): WaldF => {
  const df1 = terms.length
  const { df2, scale } = variance.joint?.(terms) ?? { df2: variance.df[terms[0] ?? 0]!, scale: 1 }
  const chi2 = waldStatistic(
    Float64Array.from(terms, (j) => coefficients[j]!),
    submatrix(variance.matrix, coefficients.length, terms),
    variance.rank
  )
  const statistic = (chi2 * scale) / df1
  return { statistic, df1, df2, pValue: fUpper(statistic, df1, df2) }
}
