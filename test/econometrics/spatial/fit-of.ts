import { type SpatialFit, type SpatialMlOptions, spatialMl } from "../../../src/econometrics/spatial/models/spatial-ml.ts"
import type { SpatialModel } from "../../../src/econometrics/spatial/models/spatial-sample.ts"
import type { SpatialSpecification } from "../../../src/econometrics/spatial/models/specification.ts"
import { spatialLag } from "../../../src/econometrics/spatial/weights/spatial-lag.ts"
import type { WeightsMatrix } from "../../../src/econometrics/spatial/weights/weights-matrix.ts"

/** Columns of a panel, entity by entity. */
export interface Columns {
  readonly dependent: Float64Array
  readonly regressors: ReadonlyArray<Float64Array>
  readonly names: ReadonlyArray<string>
}

export const modelOf = (weights: WeightsMatrix, { dependent, names, regressors }: Columns): SpatialModel => ({
  weights,
  dependent: { name: "y", values: dependent },
  regressors: regressors.map((values, i) => ({ name: names[i]!, values }))
})

/** A model by maximum likelihood; lee-yu and two-way effects by default. */
export const fitOf = (
  weights: WeightsMatrix,
  columns: Columns,
  specification: SpatialSpecification,
  options: Omit<SpatialMlOptions, "specification"> = {}
): SpatialFit => spatialMl(modelOf(weights, columns), { specification, ...options })

/** The columns with their spatial lags behind them: their SAR is the SDM. */
export const durbin = (weights: WeightsMatrix, { dependent, names, regressors }: Columns): Columns => ({
  dependent,
  regressors: [...regressors, ...regressors.map((column) => spatialLag(weights, column))],
  names: [...names, ...names.map((name) => `W*${name}`)]
})
