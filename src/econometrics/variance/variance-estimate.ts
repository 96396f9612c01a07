import { Fault, type Warning } from "../fault.ts"
import { type LinearFit, slopesOnly } from "../linear/linear-fit.ts"
import type { Factor } from "../sample/factor.ts"
import { nearestSemiDefinite } from "./semi-definite.ts"
import type { SmallSampleFactor } from "./small-sample.ts"

/** What an estimator of a model's variance gives. */
export interface VarianceEstimate {
  /** For a reader: "clustered by entity". */
  readonly name: string
  /** Over the terms, row-major. */
  readonly matrix: Float64Array
  /** Degrees of freedom of each term's t. */
  readonly df: Float64Array
  /**
   * Where a test of several terms (by their numbers) does not have the degrees of freedom of each one's t: the Wald statistic times `scale` over their number is
   * F with that number and `df2` degrees of freedom, both NaN where there is no such test.
   */
  readonly joint?: (terms: ReadonlyArray<number>) => { readonly scale: number; readonly df2: number }
  /** The most that the matrix's rank can be: with clusters these less one, since the scores of all of them sum to zero. */
  readonly rank?: number
  readonly smallSample: SmallSampleFactor
  readonly warnings: ReadonlyArray<Warning>
}

/** Degrees of freedom that slopes and effects leave; a Fault where there are none. */
export const residualDf = ({ effects, nobs, slopes }: Pick<LinearFit, "effects" | "nobs" | "slopes">): number => {
  const df = nobs - effects.rank - slopes
  if (df < 1)
    throw new Fault(
      "no-degrees-of-freedom",
      `${nobs} rows cannot carry ${slopes} slope${slopes === 1 ? "" : "s"} and ${effects.rank} ${effects.factors.map(({ name }) => name).join(" and ")} effects; widen the sample or take fewer regressors`
    )
  return df
}

/** The weighted sum of squared residuals; analytic weights are scaled to sum to the number of rows, as Stata does. */
export const sumOfSquaredResiduals = ({ nobs, residuals, weights }: Pick<LinearFit, "nobs" | "residuals" | "weights">): number => {
  if (weights === undefined) return residuals.reduce((sum, e) => sum + e * e, 0)
  const sum = residuals.reduce((total, e, i) => total + weights.values[i]! * e * e, 0)
  return weights.kind === "fweight" ? sum : (sum * nobs) / weights.values.reduce((total, w) => total + w, 0)
}

/** A factor of the model by its name; `use` says what for. A Fault where the model has none of that name. */
export const groupNamed = (fit: Pick<LinearFit, "groups">, name: string, use = "cluster by"): Factor => {
  const found = fit.groups.find((group) => group.name === name)
  if (found === undefined)
    throw new Fault("unknown-group", `the model has no factor ${name} to ${use}; it has ${fit.groups.map((group) => group.name).join(", ") || "none"}`)
  return found
}

/** A standard error this small beside that for independent errors is rounding. */
const NOTHING = 1e-7

/** Why a clustered variance can be nothing: `what` is a cluster, in one word. */
export const cancelling = (what: string): string =>
  `its scores sum to zero in every ${what}, since the effects take off all that ${what}s could differ in; cluster by another factor`

/** A Fault where a slope's variance is nothing but rounding error; `name` is the estimator's, `why` ends the sentence. */
export const requireVariance = (fit: LinearFit, matrix: Float64Array, name: string, why: string): void => {
  const k = fit.terms.length
  const s2 = sumOfSquaredResiduals(fit) / fit.nobs
  const j = fit.coefficients.findIndex((_, i) => i < fit.slopes && matrix[i * k + i]! <= NOTHING ** 2 * s2 * fit.bread[i * k + i]!)
  if (j >= 0 && s2 > 0) throw new Fault("no-variance", `${name}: ${fit.terms[j]} has no standard error: ${why}`)
}

/** Residuals times the weights: what a row's column of the design is multiplied by to make its scores. */
export const weightedResiduals = ({ residuals, weights }: Pick<LinearFit, "residuals" | "weights">): Float64Array =>
  weights === undefined ? residuals : residuals.map((e, i) => e * weights.values[i]!)

/**
 * A variance over the terms with its negative eigenvalues set to zero; undefined where it has none. Whether there is a constant beside absorbed effects must
 * not change what the slopes have: they are judged alone.
 */
export const repairedVariance = (fit: LinearFit, matrix: Float64Array): Float64Array | undefined => {
  const k = fit.terms.length
  const repaired = nearestSemiDefinite(matrix, k)
  if (repaired === undefined) return undefined
  const alone = slopesOnly(matrix, fit)
  const slopes = nearestSemiDefinite(alone, fit.slopes) ?? alone
  for (let i = 0; i < fit.slopes; i++) for (let j = 0; j < fit.slopes; j++) repaired[i * k + j] = slopes[i * fit.slopes + j]!
  return repaired
}

/** Whether a variance had a negative eigenvalue that was set to zero: a quadratic form in its inverse is not defined then. */
export const wasRepaired = ({ warnings }: Pick<VarianceEstimate, "warnings">): boolean => warnings.some(({ code }) => code === "variance-not-definite")
