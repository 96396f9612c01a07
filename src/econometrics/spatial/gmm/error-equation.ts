import { submatrix } from "../../../linalg/cross-product.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { Fault } from "../../fault.ts"
import { type ErrorMomentKind, errorMoments } from "./error-moments.ts"
import { type Dependence, type ErrorStatistics, errorCovariance, estimateCovariance } from "./estimate-covariance.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import { inverseTransposed } from "./inverse-transposed.ts"
import { inverseWeights, minimiseMoments, momentSlope, momentsAt } from "./moment-minimum.ts"
import { type EquationColumns, influenceOfResiduals, influences, type ProjectedEquation, projectedEquation, transformed } from "./projected-equation.ts"

/** How lambda is estimated. */
export interface ErrorEstimation {
  readonly kind: ErrorMomentKind
  /** two-step: before the equation is filtered, lambda is estimated again with the moments' weights (Arraiz et al. 2010, step 1c). Of no matter for kp-1999. */
  readonly steps: "one-step" | "two-step"
  readonly dependence: "iid" | "rows" | "entities"
  readonly bounds: { readonly lower: number; readonly upper: number }
}

/** An equation whose errors are spatial, u = lambda M u + e, estimated by GS2SLS. */
export interface ErrorEquation {
  readonly lambda: number
  readonly sigma2: number
  /** Of the equation's coefficients, lambda and sigma2, in this order; row-major. */
  readonly covariance: Float64Array
  /** The filtered equation's columns and its estimates. */
  readonly columns: EquationColumns
  readonly equation: ProjectedEquation
  /** e. */
  readonly residuals: Float64Array
}

const less = (x: Float64Array, factor: number, y: Float64Array): Float64Array => x.map((value, at) => value - factor * y[at]!)

const square = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

/**
 * Step 1 (`first`): two-stage least squares of y = Z d + u, and lambda from the moments of its residuals. Step 2: the same of the equation filtered by (I - lambda M), regressors and
 * instruments as `gstsls` has them: filtered exogenous regressors, excluded instruments as they are. For the moments of 1999 that is all (Kelejian and Prucha 1998, 1999;
 * within: Mutl and Pfaffermayr 2011); for the weighted ones lambda is estimated once more from step 2's residuals with the inverse of their moments' covariance.
 *
 * Standard errors are those of d, lambda and sigma2 together: the part of lambda's that comes from residuals in the place of errors is in them (Kelejian and Prucha
 * 2010, theorem 3; Drukker, Egger and Prucha 2013).
 */
export const errorEquation = (
  frame: GmmFrame,
  raw: EquationColumns,
  first: ProjectedEquation,
  m: SparseMatrix,
  { bounds, dependence, kind, steps }: ErrorEstimation
): ErrorEquation => {
  const moments = errorMoments(m, kind, frame)
  const filterAt = (lambda: number) => (x: Float64Array) => {
    // The lag of a column as it is: demeaned afterwards.
    const plain = frame.demean(x)
    return less(plain, lambda, moments.lag(plain))
  }
  const filtered = (lambda: number) => transformed(raw, filterAt(lambda), frame.demean)
  const freedom = frame.observations - first.design.length
  const errorsAt = (u: Float64Array, lambda: number) => less(u, lambda, moments.lag(u))
  const dependenceOf = (e: Float64Array): Dependence => (dependence === "iid" ? { kind: "iid", sigma2: square(e) / frame.observations } : { kind: dependence })
  /** The statistics A_1, A_2, e'e of residuals u, `more` behind them; `toErrors` takes an influence on the unfiltered equation to one of e. */
  const statistics = (
    u: Float64Array,
    lambda: number,
    influence: ReadonlyArray<Float64Array>,
    toErrors: (x: Float64Array) => Float64Array,
    more: ReadonlyArray<Float64Array>
  ): ErrorStatistics => {
    const errors = errorsAt(u, lambda)
    const regressors = first.regressors.map((column) => less(column, lambda, moments.lag(column)))
    const forms = [...moments.symmetric.map((s) => s(errors)), errors.map((e) => 2 * e)]
    return { errors, moments, linear: [...forms.map((v) => toErrors(influenceOfResiduals(influence, regressors, v))), ...more] }
  }
  const weightsOf = (of: ErrorStatistics) => inverseWeights(submatrix(errorCovariance(of, dependenceOf(of.errors), frame), of.linear.length, [0, 1]), 2)
  const firstInfluence = influences(first)
  const throughInverse = (lambda: number) => (x: Float64Array) => {
    const found = inverseTransposed(m, lambda, x)
    return frame.centred ? frame.demean(found) : found
  }

  requireLag(first.residuals, moments.lag(first.residuals))
  const firstMoments = moments.of(first.residuals)
  let lambda = minimiseMoments(firstMoments, moments.startWeights, bounds).lambda
  if (kind !== "kp-1999" && steps === "two-step")
    lambda = minimiseMoments(firstMoments, weightsOf(statistics(first.residuals, lambda, firstInfluence, throughInverse(lambda), [])), bounds).lambda
  const columns = filtered(lambda)
  const equation = projectedEquation(columns)
  const influence = influences(equation)
  if (kind === "kp-1999") {
    const of = statistics(first.residuals, lambda, firstInfluence, throughInverse(lambda), influence)
    const at = momentsAt(firstMoments, lambda)
    const fromMoments = frame.absorbed > 0
    // splm's within estimators take sigma2 from the moments; GMerrorsar e'e/n of the first step's residuals, filtered; gstsls that of the second step, by its degrees of freedom.
    const sigma2 = fromMoments
      ? square(of.errors) / frame.observations + moments.ofSigma2[0]! * at[0]! + moments.ofSigma2[1]! * at[1]!
      : raw.endogenous.length > 0
        ? square(equation.residuals) / freedom
        : square(of.errors) / frame.observations
    const slope = {
      slope: momentSlope(firstMoments, lambda),
      weights: moments.startWeights,
      ofSigma2: sigmaSlope(of.errors, moments.lag(first.residuals), frame),
      ...(fromMoments ? { moments: moments.ofSigma2 } : {})
    }
    return { lambda, sigma2, equation, columns, residuals: equation.residuals, covariance: estimateCovariance(of, { kind: "iid", sigma2 }, frame, slope) }
  }
  const unfiltered = less(first.residuals, 0, first.residuals)
  first.regressors.forEach((column, j) => {
    const change = first.coefficients[j]! - equation.coefficients[j]!
    for (let i = 0; i < column.length; i++) unfiltered[i] = unfiltered[i]! + change * column[i]!
  })
  const same = (x: Float64Array) => x
  const secondMoments = moments.of(unfiltered)
  const last = minimiseMoments(secondMoments, weightsOf(statistics(unfiltered, lambda, influence, same, [])), bounds).lambda
  // The covariance is that at the last lambda, Z^ included.
  const atLast = influences(projectedEquation(filtered(last)))
  const of = statistics(unfiltered, last, atLast, same, atLast)
  const sigma2 = square(of.errors) / frame.observations
  const slope = { slope: momentSlope(secondMoments, last), weights: weightsOf(of), ofSigma2: sigmaSlope(of.errors, moments.lag(unfiltered), frame) }
  const how: Dependence = dependence === "iid" ? { kind: "iid", sigma2 } : { kind: dependence }
  return { lambda: last, sigma2, equation, columns, residuals: of.errors, covariance: estimateCovariance(of, how, frame, slope) }
}

const sigmaSlope = (e: Float64Array, lagged: Float64Array, { observations }: GmmFrame): number =>
  (-2 * e.reduce((sum, value, at) => sum + value * lagged[at]!, 0)) / observations

/** Weights that link each place with all others alike make M u a multiple of u: its moments are those of u, whatever lambda is. */
const requireLag = (u: Float64Array, lagged: Float64Array): void => {
  const across = u.reduce((sum, value, at) => sum + value * lagged[at]!, 0)
  if (!(square(u) * square(lagged) - across ** 2 > 1e-12 * square(u) * square(lagged)))
    throw new Fault(
      "no-lambda",
      "the spatial lag of the residuals is a multiple of them, or nothing: the weights link each place with all others alike, or none, and lambda is not identified; take other weights"
    )
}
