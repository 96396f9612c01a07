import { multiply } from "../../../linalg/cross-product.ts"
import { chi2Upper } from "../../../stats/distributions.ts"
import { Fault } from "../../fault.ts"
import { waldStatistic } from "../../variance/wald.ts"
import type { SpatialFit } from "../models/spatial-fit.ts"

/** A statistic that is chi-squared with `df` degrees of freedom under the restriction. */
export interface ChiSquaredTest {
  readonly statistic: number
  readonly df: number
  readonly pValue: number
}

const chiSquaredTest = (statistic: number, df: number): ChiSquaredTest => ({ statistic, df, pValue: chi2Upper(Math.max(0, statistic), df) })

/** r'(R V R')^-1 r for restrictions r of a fit with Jacobian R (rows x parameters, row-major). */
const wald = (restrictions: Float64Array, jacobian: Float64Array, covariance: Float64Array): ChiSquaredTest => {
  const rows = restrictions.length
  const size = jacobian.length / rows
  const half = multiply(jacobian, covariance, rows, size, size)
  const variance = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++) for (let k = 0; k < size; k++) variance[i * rows + j]! += half[i * size + k]! * jacobian[j * size + k]!
  const statistic = waldStatistic(restrictions, variance)
  if (Number.isNaN(statistic))
    throw new Fault("covariance-singular", "the variance of the Wald restrictions is singular: the restrictions are not independent of one another")
  return chiSquaredTest(statistic, rows)
}

const durbinPlaces = (fit: SpatialFit): { readonly regressors: number; readonly rho: number } => {
  const rho = fit.terms.indexOf("rho")
  return { regressors: rho / 2, rho }
}

/** SDM -> SAR: theta = 0. */
export const waldLag = (sdm: SpatialFit): ChiSquaredTest => {
  const { regressors, rho } = durbinPlaces(sdm)
  const size = sdm.terms.length
  const jacobian = new Float64Array(regressors * size)
  for (let r = 0; r < regressors; r++) jacobian[r * size + regressors + r] = 1
  return wald(sdm.estimates.slice(regressors, rho), jacobian, sdm.covariance)
}

/** SDM -> SEM: theta + rho b = 0, a nonlinear restriction, by the delta method (the common factor hypothesis; Burridge 1981). */
export const waldError = (sdm: SpatialFit): ChiSquaredTest => {
  const { regressors, rho } = durbinPlaces(sdm)
  const size = sdm.terms.length
  const restrictions = new Float64Array(regressors)
  const jacobian = new Float64Array(regressors * size)
  for (let r = 0; r < regressors; r++) {
    restrictions[r] = sdm.estimates[regressors + r]! + sdm.estimates[rho]! * sdm.estimates[r]!
    jacobian[r * size + r] = sdm.estimates[rho]!
    jacobian[r * size + regressors + r] = 1
    jacobian[r * size + rho] = sdm.estimates[r]!
  }
  return wald(restrictions, jacobian, sdm.covariance)
}

/** 2 (lnL of the larger model - lnL of the one nested in it), both by the same likelihood. */
export const likelihoodRatio = (larger: SpatialFit, nested: SpatialFit): ChiSquaredTest =>
  chiSquaredTest(2 * (larger.logLikelihood - nested.logLikelihood), larger.terms.length - nested.terms.length)
