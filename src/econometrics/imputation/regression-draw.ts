import { cholesky, choleskySolve } from "../../linalg/cholesky.ts"
import { chi2Quantile } from "../../stats/distributions.ts"
import type { Stream } from "../../stats/random.ts"
import { Fault } from "../fault.ts"

/** A regression's cross-products over the rows that have the dependent variable: X'X (size x size, row-major, lower triangle) and X'y. */
export interface CrossProducts {
  readonly xx: Float64Array
  readonly xy: Float64Array
  readonly size: number
}

/** Least precision that the prior adds, as a share of a column's own: it keeps the factorisation where one column is the sum of others. */
const LEAST = 1e-10

/**
 * A draw of the coefficients given the residual variance, b ~ N(A^-1 X'y, variance A^-1), A = X'X + variance diag(1/priorSd^2): normal linear regression with independent normal priors
 * (Gelman et al. 2013, Bayesian Data Analysis, 14.8). `mean` is the centre of that distribution.
 */
export const drawCoefficients = (
  { size, xx, xy }: CrossProducts,
  variance: number,
  priorSd: ArrayLike<number>,
  random: Stream
): { readonly mean: Float64Array; readonly draw: Float64Array } => {
  const a = Float64Array.from(xx)
  for (let i = 0; i < size; i++) a[i * size + i] = a[i * size + i]! + Math.max(variance / priorSd[i]! ** 2, LEAST * Math.max(a[i * size + i]!, 1))
  const l = cholesky(a, size, 0)
  if (l === undefined)
    throw new Fault(
      "collinear",
      "the variables of an imputation determine one another so nearly that no regression among them can be computed: leave one of them out"
    )
  const mean = choleskySolve(l, size, xy)
  const draw = Float64Array.from({ length: size }, () => random.normal())
  // L' d = z has the variance (L L')^-1.
  for (let i = size - 1; i >= 0; i--) {
    let sum = draw[i]!
    for (let k = i + 1; k < size; k++) sum -= l[k * size + i]! * draw[k]!
    draw[i] = sum / l[i * size + i]!
  }
  const sd = Math.sqrt(variance)
  return { mean, draw: draw.map((z, i) => mean[i]! + sd * z) }
}

/** A draw of the residual variance given the coefficients: the residuals' sum of squares over chi2 with as many degrees of freedom as rows (prior proportional to 1/variance). */
export const drawVariance = (sumOfSquares: number, rows: number, random: Stream): number => sumOfSquares / chi2Quantile(random.uniform(), rows)
