import { multiply } from "../../../linalg/cross-product.ts"
import { Fault } from "../../fault.ts"
import { waldStatistic } from "../../variance/wald.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"

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

type Fit = Pick<SpatialFit, "terms" | "estimates" | "covariance">

/** Places of theta and of the coefficient b of the same regressor (-1 where the model has none). */
const durbinPlaces = ({ terms }: Fit): ReadonlyArray<{ readonly theta: number; readonly b: number }> =>
  terms.flatMap((term, theta) => (term.startsWith("W*") ? [{ theta, b: terms.indexOf(term.slice(2)) }] : []))

/** Places of the lags; a Fault where there is none. */
const lagsOf = (fit: Fit): ReturnType<typeof durbinPlaces> => {
  const places = durbinPlaces(fit)
  if (places.length === 0)
    throw new Fault("no-restriction", `the model has no spatial lag of a regressor to test; it has ${fit.terms.join(", ")}: take sdm, sdem, slx or gns`)
  return places
}

/** Spatial lags of the regressors are of no account, theta = 0: SDM -> SAR, SDEM -> SEM, SLX -> least squares, GNS -> SAC. */
export const waldLag = (fit: Fit): ChiSquaredTest => {
  const places = lagsOf(fit)
  const size = fit.terms.length
  const jacobian = new Float64Array(places.length * size)
  places.forEach(({ theta }, r) => {
    jacobian[r * size + theta] = 1
  })
  return wald(
    Float64Array.from(places, ({ theta }) => fit.estimates[theta]!),
    jacobian,
    fit.covariance
  )
}

/** SDM -> SEM: theta + rho b = 0, a nonlinear restriction, by the delta method (the common factor hypothesis; Burridge 1981). */
export const waldError = (sdm: Fit): ChiSquaredTest => {
  const places = lagsOf(sdm)
  const rho = sdm.terms.indexOf("rho")
  if (rho === -1)
    throw new Fault(
      "no-restriction",
      `the common factor hypothesis theta + rho b = 0 is about a model with rho; this one has ${sdm.terms.join(", ")}: take sdm`
    )
  const size = sdm.terms.length
  const jacobian = new Float64Array(places.length * size)
  const at = (place: number) => (place === -1 ? 0 : sdm.estimates[place]!)
  places.forEach(({ b, theta }, r) => {
    if (b !== -1) jacobian[r * size + b] = at(rho)
    jacobian[r * size + theta] = 1
    jacobian[r * size + rho] = at(b)
  })
  return wald(
    Float64Array.from(places, ({ b, theta }) => at(theta) + at(rho) * at(b)),
    jacobian,
    sdm.covariance
  )
}

/**
 * 2 (lnL of the larger model - lnL of the one nested in it), both by the same likelihood of the same rows. Fits of another dependent variable, of other rows, effects, corrections
 * or orders, and a second one that is not nested in the first, are a Fault.
 */
export const likelihoodRatio = (larger: SpatialFit, nested: SpatialFit): ChiSquaredTest => {
  // rho and lambda may stand for one another: a SEM is nested in the SDM by the common factor.
  const unlike = (["effects", "correction", "order"] as const).filter((choice) => larger.frame[choice] !== nested.frame[choice])
  const beyond = nested.terms.filter((term) => !["rho", "lambda"].includes(term) && !larger.terms.includes(term))
  const df = larger.terms.length - nested.terms.length
  const wrong = [
    ...(larger.dependent === nested.dependent ? [] : [`they explain ${larger.dependent} and ${nested.dependent}`]),
    ...(larger.nobs === nested.nobs && larger.entities === nested.entities ? [] : [`they are of ${larger.nobs} and ${nested.nobs} rows`]),
    ...unlike.map((choice) => `their ${choice} are ${larger.frame[choice]} and ${nested.frame[choice]}`),
    ...(beyond.length === 0 ? [] : [`the second has ${beyond.join(", ")}, which the first lacks`]),
    ...(df > 0 || beyond.length > 0 ? [] : ["they have the same parameters"])
  ]
  if (wrong.length > 0)
    throw new Fault(
      "not-nested",
      `a likelihood ratio compares a model with one that is nested in it: ${wrong.join("; ")}; give the larger model first, of the same data`
    )
  return chiSquaredTest(2 * (larger.logLikelihood - nested.logLikelihood), df)
}
