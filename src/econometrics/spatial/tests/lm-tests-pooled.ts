import { dot } from "../../../linalg/dot.ts"
import { leastSquares, qr, residuals } from "../../../linalg/qr.ts"
import { weightsTrace } from "../models/correction-warnings.ts"
import type { SpatialData } from "../models/spatial-fit.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type LmTests, lmTests } from "./lm-tests.ts"

/**
 * The tests as most panel studies print them: W_T = I_T (x) W and the residuals of pooled least squares with a constant, as if there were NT
 * entities; as spdep's lm.LMtests on the stacked panel. Entity effects are in those residuals and correlate over the years of
 * each entity, so that the tests reject without any spatial dependence. A regressor that the constant and those before it explain is left out.
 */
export const pooledLmTests = (weights: WeightsMatrix, data: SpatialData): LmTests => {
  const columns = [new Float64Array(data.dependent.length).fill(1), ...data.regressors]
  const factored = qr(columns)
  const y = data.dependent
  const e = residuals(factored, y)
  const s2 = dot(e, e) / e.length
  const slopes = leastSquares(factored, y)
  const fitted = y.map((_, i) => factored.kept.reduce((sum, c, k) => sum + slopes[k]! * columns[c]![i]!, 0))
  const left = residuals(factored, spatialLag(weights, fitted))
  const t = (y.length / weights.entities.length) * weightsTrace(weights)
  return lmTests(dot(e, spatialLag(weights, y)) / s2, dot(e, spatialLag(weights, e)) / s2, dot(left, left) / s2 + t, t)
}
