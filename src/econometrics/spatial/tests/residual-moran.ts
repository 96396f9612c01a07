import { dot } from "../../../linalg/dot.ts"
import { offSpan, orthonormalBasis } from "../../../linalg/orthonormal.ts"
import { transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import type { Alternative } from "../exploration/alternative.ts"
import { type Moment, moment } from "../exploration/global-test.ts"
import { type IslandPolicy, weightSums } from "../exploration/weight-sums.ts"
import { type SpatialModel, spatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { islands } from "../weights/weights-matrix.ts"

export interface ResidualMoran extends Moment {
  readonly statistic: number
  readonly expected: number
}

export interface ResidualMoranOptions {
  readonly alternative?: Alternative
  readonly islands?: IslandPolicy
}

/**
 * Moran's I of the residuals of pooled least squares with a constant, I = (n/S0) e'We/e'e, with its exact expectation and variance under independent normal errors, which
 * the regressors decide (Cliff and Ord 1981, section 8.3); as spdep's lm.morantest. Weights link the entities of one period. A regressor that the constant and those before it explain is left out.
 */
export const residualMoran = (model: SpatialModel, { alternative = "greater", islands: policy = "refuse" }: ResidualMoranOptions = {}): ResidualMoran => {
  const { dependent, periods, regressors, rows, weights } = spatialSample(model)
  const y = dependent.values
  const { s0 } = weightSums(weights, policy)
  const symmetric = { ...weights, matrix: addSparse(0.5, weights.matrix, 0.5, transpose(weights.matrix)) }
  const links = symmetric.matrix.values
  const n = periods * (weights.entities.length - (policy === "uncounted" ? islands(weights).length : 0))
  const basis = orthonormalBasis([new Float64Array(rows.length).fill(1), ...regressors.map(({ values }) => values)])
  const df = n - basis.length
  if (df < 1) throw new Fault("too-few-rows", `Moran's I of residuals needs more rows than coefficients; there are ${n} rows and ${basis.length} coefficients`)
  const e = offSpan(y, basis)
  const squares = dot(e, e)
  if (!(squares > 1e-24 * dot(y, y)))
    throw new Fault("no-variation", "Moran's I of residuals is not defined: the regressors explain the dependent variable exactly")
  const lagged = basis.map((q) => spatialLag(symmetric, q))
  let trace = 0
  let traceSquared = 0
  let traceLags = 0
  for (const [i, q] of basis.entries()) {
    trace += dot(q, lagged[i]!)
    traceLags += dot(lagged[i]!, lagged[i]!)
    for (const other of lagged) traceSquared += dot(q, other) ** 2
  }
  const total = periods * s0
  const s1 = periods * 2 * dot(links, links)
  const statistic = ((n / total) * dot(e, spatialLag(symmetric, e))) / squares
  const expected = (-n * trace) / (df * total)
  const variance = ((n / total) ** 2 * (s1 + 2 * traceSquared - 4 * traceLags - (2 * trace ** 2) / df)) / (df * (df + 2))
  return { statistic, expected, ...moment("Moran's I of residuals", n, statistic - expected, variance, alternative) }
}
