import { dot } from "../../../linalg/dot.ts"
import { leastSquares, residuals } from "../../../linalg/qr.ts"
import { demeanTwoWay } from "../models/panel-effects.ts"
import { independentColumns, type SpatialData } from "../models/spatial-fit.ts"
import { requireUnitRowSums } from "../models/spatial-frame.ts"
import { traces } from "../models/spatial-likelihood.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { type LmTests, lmTests } from "./lm-tests.ts"

/**
 * The tests in a model with entity and time effects (Debarsy and Ertur 2010): residuals e of the two-way within regression, which have (N-1)(T-1)
 * degrees of freedom and live in the space orthogonal to both effects, where W is W* = F'WF, F an orthonormal complement of the unit vector:
 *   error score d_e = e'W_T e/s2 - (T-1) tr W*, lag score d_l = e'W_T y/s2 - (T-1) tr W*, s2 = e'e/((N-1)(T-1)),
 *   V = (T-1) [tr(W*W* + W*'W*) - 2 (tr W*)^2/(N-1)], J = |M Q W_T X b|^2/s2 + V, M off QX.
 * tr W* = -1 for row-standardised W with a zero diagonal: without the centring the scores' mean is not zero.
 */
export const withinLmTests = (weights: WeightsMatrix, data: SpatialData): LmTests => {
  requireUnitRowSums(weights)
  const size = weights.entities.length
  const periods = data.dependent.length / size
  const demeaned = (column: Float64Array) => demeanTwoWay(column, size)
  const x = data.regressors.map(demeaned)
  const factored = independentColumns(x, data.names, data.regressors)
  const y = demeaned(data.dependent)
  const e = residuals(factored, y)
  const s2 = dot(e, e) / ((size - 1) * (periods - 1))
  const slopes = leastSquares(factored, y)
  const fitted = y.map((_, i) => data.regressors.reduce((sum, column, k) => sum + slopes[k]! * column[i]!, 0))
  const left = residuals(factored, demeaned(spatialLag(weights, fitted)))
  const { g: trace, squares } = traces(denseWeights(weights), size, "lee-yu")
  const centre = (periods - 1) * trace
  const v = (periods - 1) * (squares - (2 * trace * trace) / (size - 1))
  return lmTests(dot(e, spatialLag(weights, data.dependent)) / s2 - centre, dot(e, spatialLag(weights, e)) / s2 - centre, dot(left, left) / s2 + v, v)
}
