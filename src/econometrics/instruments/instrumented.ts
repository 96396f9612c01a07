import { along, offSpan, orthonormalBasis } from "../../linalg/orthonormal.ts"
import { waldStatistic } from "../variance/wald.ts"
import { type MomentVariance, momentVariance } from "./moment-variance.ts"
import type { TwoStageFit } from "./two-stage.ts"

/**
 * An instrumented equation as its tests see it: rows times the roots of their weights, the effects and the exogenous regressors taken off, and the instruments turned
 * into unit vectors at right angles. No test here depends on more of the instruments than their span.
 *
 * Letters as in ivreg2: N observations, K1 endogenous regressors, L1 excluded instruments, L these and the exogenous regressors; `dofminus` the effects of the first
 * factor (absorbed), `sdofminus` those of the others (partialled out).
 */
export interface Instrumented {
  readonly y: Float64Array
  readonly x: ReadonlyArray<Float64Array>
  /** Z, orthonormal: L1 columns. */
  readonly z: ReadonlyArray<Float64Array>
  /** The exogenous regressors, orthonormal too. */
  readonly exogenous: ReadonlyArray<Float64Array>
  /** What Z leaves of y and of x: residuals of the reduced form and of the first stages. */
  readonly residuals: { readonly y: Float64Array; readonly x: ReadonlyArray<Float64Array> }
  /** Residuals of the equation. */
  readonly e: Float64Array
  readonly N: number
  readonly K1: number
  readonly L1: number
  readonly L: number
  readonly dofminus: number
  readonly sdofminus: number
  readonly moments: MomentVariance
  /** What makes an F of a Wald chi-squared with `df` degrees of freedom, and the F's second degrees of freedom. */
  readonly fOf: (chi2: number | undefined, df: number) => number | undefined
  readonly df2: number
  /** What ivreg2 multiplies chi-squared statistics by: (N - dofminus)/N, with clusters 1. */
  readonly large: number
  /** Instruments fit an endogenous regressor exactly: it is its own instrument. */
  readonly exact: boolean
}

/** Residuals at most this share of a sum of squares are rounding. */
const EXACT = 1e-22

/** Moments this small against the residuals are rounding. */
const ORTHOGONAL = 1e-9

const square = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

export const instrumented = (fit: TwoStageFit): Instrumented => {
  const roots = fit.weights?.values.map(Math.sqrt)
  const weigh = (column: Float64Array): Float64Array => (roots === undefined ? column : column.map((value, i) => value * roots[i]!))
  const exogenous = fit.columns.exogenous.map(weigh)
  const basis = orthonormalBasis([...exogenous, ...fit.columns.instruments.map(weigh)], 0)
  const byExogenous = basis.slice(0, exogenous.length)
  const z = basis.slice(exogenous.length)
  const y = offSpan(weigh(fit.columns.y), byExogenous)
  const x = fit.columns.x.map((column) => offSpan(weigh(column), byExogenous))
  const residuals = { y: offSpan(y, z), x: x.map((column) => offSpan(column, z)) }
  const [N, L1, L] = [fit.nobs, z.length, basis.length]
  const dofminus = fit.effects.factors[0]?.levels ?? 0
  const sdofminus = fit.effects.rank - dofminus
  const moments = momentVariance(fit.covariance.variance, fit)
  const G = moments.clusters
  const absorbed = N - L - sdofminus - dofminus
  // With clusters the absorbed effects do not enter: ivreg2.
  const factor = G === undefined ? absorbed / N : ((N - L - sdofminus) / (N - 1)) * ((G - 1) / G)
  return {
    y,
    x,
    z,
    exogenous: byExogenous,
    residuals,
    e: weigh(fit.residuals),
    N,
    K1: x.length,
    L1,
    L,
    dofminus,
    sdofminus,
    moments,
    fOf: (chi2, df) => (chi2 === undefined ? undefined : (chi2 * factor) / df),
    df2: G === undefined ? absorbed : G - 1,
    large: G === undefined ? (N - dofminus) / N : 1,
    exact: x.some((column, j) => square(residuals.x[j]!) <= EXACT * square(column))
  }
}

/**
 * g'V^-1 g with g = Z'a and V the variance of Z'e; undefined where V is singular: more columns than clusters, or as many where e is orthogonal to Z, so that the clusters'
 * moments sum to zero.
 */
export const scoreStatistic = (moments: MomentVariance, z: ReadonlyArray<Float64Array>, a: Float64Array, e: Float64Array): number | undefined => {
  const orthogonal = square(along(z, e)) <= ORTHOGONAL ** 2 * square(e)
  const statistic = waldStatistic(along(z, a), moments.of(z, [e]), moments.rank - (orthogonal ? 1 : 0))
  return Number.isNaN(statistic) ? undefined : statistic
}

/** Said beside a statistic whose variance is singular. */
export const singularNote = ({ moments }: Instrumented, columns: number): string =>
  moments.clusters !== undefined && columns >= moments.clusters
    ? `not defined: ${columns} moments and ${moments.clusters} clusters`
    : `not defined: the variance of the moments, ${moments.name}, is not positive definite`
