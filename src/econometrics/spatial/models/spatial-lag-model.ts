import { multiply } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { luFactor, luInverse } from "../../../linalg/lu.ts"
import { leastSquares, residuals } from "../../../linalg/qr.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { maximum } from "./maximum.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import { independentColumns, interior, inverseInformation, requireResiduals, type SpatialData, type SpatialFit, symmetric } from "./spatial-fit.ts"
import { type Correction, concentrated, traces, twoWayLikelihood } from "./spatial-likelihood.ts"

/** G = W° (I - rho W°)^-1, row-major. */
export const spatialMultiplier = (matrix: Float64Array, size: number, rho: number): Float64Array => {
  const system = matrix.map((w, at) => (Math.floor(at / size) === at % size ? 1 : 0) - rho * w)
  return multiply(matrix, luInverse(luFactor(system, size)), size, size, size)
}

/**
 * The spatial lag model (SAR) y = rho W y + X d + entity and year effects + e by maximum likelihood; with X = [x, W x] it is the spatial Durbin
 * model (`durbin`). Lag, then demean: the effects are taken off y, W y and X. rho maximises the concentrated likelihood, whose e'e is a
 * quadratic in rho; standard errors come from the expected information (Ord 1975; Lee and Yu 2010), G of the likelihood's W°:
 *   I_dd = X'X/s2, I_d,rho = X'Gm/s2, I_rho,rho = a tr(GG + G'G) + |Q G m|^2/s2, I_rho,s2 = a tr(G)/s2, I_s2,s2 = n/(2 s2^2),
 * m being the fitted (I - rho W) y, effects included.
 */
export const spatialLagModel = (weights: WeightsMatrix, data: SpatialData, correction: Correction): SpatialFit => {
  const size = weights.entities.length
  const likelihood = twoWayLikelihood(weights, data.dependent.length / size, correction)
  const lag = spatialLag(weights, data.dependent)
  const y = demeanTwoWay(data.dependent, size)
  const wy = demeanTwoWay(lag, size)
  const x = data.regressors.map((column) => demeanTwoWay(column, size))
  const factored = independentColumns(x, data.names, data.regressors)
  const e0 = residuals(factored, y)
  const e1 = residuals(factored, wy)
  const e00 = dot(e0, e0)
  const e01 = dot(e0, e1)
  const e11 = dot(e1, e1)
  requireResiduals(e00, data.dependent)
  const { lower, upper } = likelihood.spectrum
  const rho = interior(
    maximum((r) => concentrated(likelihood, r, e00 - 2 * r * e01 + r * r * e11, 2 * (r * e11 - e01)), lower, upper),
    "rho",
    likelihood.spectrum
  )
  const e = e0.map((value, i) => value - rho * e1[i]!)
  const sse = dot(e, e)
  const sigma2 = sse / likelihood.observations
  const lagSlopes = leastSquares(factored, wy)
  const slopes = leastSquares(factored, y).map((b, j) => b - rho * lagSlopes[j]!)

  const g = spatialMultiplier(likelihood.matrix, size, rho)
  const trace = traces(g, size, correction)
  const mean = data.dependent.map((value, i) => value - rho * lag[i]! - e[i]!)
  const gm = demeanTwoWay(multiply(g, mean, size, size, mean.length / size), size)
  const k = slopes.length
  const information = symmetric(k + 2, (i, j) => {
    if (j < k) return dot(x[i]!, x[j]!) / sigma2
    if (i < k) return j === k ? dot(x[i]!, gm) / sigma2 : 0
    if (j === k) return likelihood.periods * trace.squares + dot(gm, gm) / sigma2
    return i === k ? (likelihood.periods * trace.g) / sigma2 : likelihood.observations / (2 * sigma2 * sigma2)
  })
  return {
    terms: [...data.names, "rho", "sigma2"],
    estimates: Float64Array.of(...slopes, rho, sigma2),
    covariance: inverseInformation(information, k + 2),
    logLikelihood: concentrated(likelihood, rho, sse, 0).value,
    likelihood
  }
}

/** The regressors with their spatial lags, named `W*x`, behind them. */
export const durbin = (weights: WeightsMatrix, data: SpatialData): SpatialData => ({
  dependent: data.dependent,
  regressors: [...data.regressors, ...data.regressors.map((column) => spatialLag(weights, column))],
  names: [...data.names, ...data.names.map((name) => `W*${name}`)]
})
