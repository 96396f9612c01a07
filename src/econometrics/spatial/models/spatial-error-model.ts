import { dot } from "../../../linalg/dot.ts"
import { leastSquares, qr, residuals } from "../../../linalg/qr.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { maximum } from "./maximum.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import { independentColumns, interior, inverseInformation, requireResiduals, type SpatialData, type SpatialFit, symmetric } from "./spatial-fit.ts"
import { spatialMultiplier } from "./spatial-lag-model.ts"
import { type Correction, concentrated, traces, twoWayLikelihood } from "./spatial-likelihood.ts"

/**
 * The spatial error model (SEM) y = X b + entity and year effects + u, u = lambda W u + e, by maximum likelihood: least squares of
 * Q(y - lambda W y) on Q(X - lambda W X) at each lambda; lambda maximises the concentrated likelihood. So the effects stand in the filtered
 * equation, (I - lambda W)(y - X b) = effects + e: the same model where rows of W sum to one; elsewhere year effects are those of the Durbin model
 * that this one is nested in. Standard errors come from the expected information, in which b stands apart from lambda and sigma2 (Lee and Yu
 * 2010; Anselin 1988, section 6.2).
 */
export const spatialErrorModel = (weights: WeightsMatrix, data: SpatialData, correction: Correction): SpatialFit => {
  const size = weights.entities.length
  const likelihood = twoWayLikelihood(weights, data.dependent.length / size, correction)
  const lagged = (column: Float64Array) => demeanTwoWay(spatialLag(weights, column), size)
  const y = demeanTwoWay(data.dependent, size)
  const wy = lagged(data.dependent)
  const x = data.regressors.map((column) => demeanTwoWay(column, size))
  const wx = data.regressors.map(lagged)
  independentColumns(x, data.names, data.regressors)

  const at = (lambda: number) => {
    const filtered = (column: Float64Array, lag: Float64Array) => column.map((value, i) => value - lambda * lag[i]!)
    const columns = x.map((column, j) => filtered(column, wx[j]!))
    const factored = qr(columns, { tolerance: 1e-12 })
    const target = filtered(y, wy)
    const slopes = leastSquares(factored, target)
    const e = residuals(factored, target)
    return { columns, slopes, e, sse: dot(e, e) }
  }
  // By the envelope theorem the derivative of e'e is its partial one: b's own slope does not enter.
  const profile = (lambda: number) => {
    const { slopes, e, sse } = at(lambda)
    let slope = 0
    for (let i = 0; i < e.length; i++) slope -= 2 * e[i]! * wx.reduce((left, column, j) => left - slopes[j]! * column[i]!, wy[i]!)
    return concentrated(likelihood, lambda, sse, slope)
  }
  requireResiduals(at(0).sse, data.dependent)
  const { lower, upper } = likelihood.spectrum
  const lambda = interior(maximum(profile, lower, upper), "lambda", likelihood.spectrum)
  const { columns, slopes, sse } = at(lambda)
  const sigma2 = sse / likelihood.observations

  const trace = traces(spatialMultiplier(likelihood.matrix, size, lambda), size, correction)
  const k = slopes.length
  const information = symmetric(k + 2, (i, j) => {
    if (j < k) return dot(columns[i]!, columns[j]!) / sigma2
    if (i < k) return 0
    if (j === k) return likelihood.periods * trace.squares
    return i === k ? (likelihood.periods * trace.g) / sigma2 : likelihood.observations / (2 * sigma2 * sigma2)
  })
  return {
    terms: [...data.names, "lambda", "sigma2"],
    estimates: Float64Array.of(...slopes, lambda, sigma2),
    covariance: inverseInformation(information, k + 2),
    logLikelihood: concentrated(likelihood, lambda, sse, 0).value,
    likelihood
  }
}
