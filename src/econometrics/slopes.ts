import { sandwich } from "../linalg/cross-product.ts"
import { clusterFactor, clusterMeat, type VarianceKind } from "./cluster-variance.ts"
import { Fault } from "./fault.ts"
import type { FeSample } from "./fe-sample.ts"
import { regress, residualsOf } from "./least-squares.ts"

/** Slopes of a regression whose columns have entity and year effects taken off. */
export interface Slopes {
  readonly coefficients: Float64Array
  readonly residuals: Float64Array
  /** (X'X)^-1, k x k, row-major. */
  readonly bread: Float64Array
  readonly covariance: Float64Array
  /** What the sandwich (iid: the bread) is multiplied by. */
  readonly factor: number
  /** Slopes, year dummies and the constant: what the small-sample factor counts. */
  readonly parameters: number
  /** n less slopes and all effects. */
  readonly dfResidual: number
  /** Degrees of freedom of t: G - 1 with clustering, else the residual ones. */
  readonly df: number
}

/** Degrees of freedom left by `slopes` slopes and the effects; a Fault where there are none. */
const residualDf = (sample: FeSample, slopes: number): number => {
  const { index, rank } = sample.absorber
  const df = index.rows - rank - slopes
  if (df < 1)
    throw new Fault(
      "no-degrees-of-freedom",
      `${index.rows} rows cannot carry ${slopes} slope${slopes === 1 ? "" : "s"} and ${rank} entity and year effects; widen the sample or take fewer regressors`
    )
  return df
}

/**
 * Least squares of y on columns, and the variance of its slopes:
 * clustered by entity, (X'X)^-1 [sum_g X_g'e_g e_g'X_g] (X'X)^-1 G/(G - 1) (n - 1)/(n - K) with K = slopes + year dummies + constant and
 * t(G - 1); or iid, s2 (X'X)^-1 with s2 = e'e/(n - rank). The columns are independent of one another.
 * With `actual`, residuals are taken with those columns instead (two-stage least squares: fitted in the design, actual in the residuals).
 */
export const slopes = (
  sample: FeSample,
  columns: ReadonlyArray<Float64Array>,
  y: Float64Array,
  variance: VarianceKind,
  actual: ReadonlyArray<Float64Array> = columns
): Slopes => {
  const { effectYears, index } = sample.absorber
  const k = columns.length
  const clusters = index.entities.length
  const dfResidual = residualDf(sample, k)
  // Independence was judged before, against other norms: here every column stays.
  const fit = regress(columns, y, { tolerance: 0 })
  const { bread, coefficients } = fit
  const residuals = actual === columns ? fit.residuals : residualsOf(y, actual, coefficients)
  const parameters = k + effectYears.length + 1
  if (variance === "iid") {
    const factor = residuals.reduce((sum, e) => sum + e * e, 0) / dfResidual
    return { coefficients, residuals, bread, covariance: bread.map((v) => v * factor), factor, parameters, dfResidual, df: dfResidual }
  }
  const factor = clusterFactor(clusters, index.rows, parameters)
  const covariance = sandwich(bread, clusterMeat(columns, residuals, index.entity, clusters), k).map((v) => v * factor)
  return { coefficients, residuals, bread, covariance, factor, parameters, dfResidual, df: clusters - 1 }
}
