import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { SpatialFrame } from "./spatial-frame.ts"

/** The columns of a likelihood, effects removed; those that a specification has no use for are undefined. M is the error's weights. */
export interface SpatialColumns {
  readonly y: Float64Array
  /** W y */
  readonly wy: Float64Array | undefined
  /** M y and M W y */
  readonly my: Float64Array | undefined
  readonly mwy: Float64Array | undefined
  readonly x: ReadonlyArray<Float64Array>
  /** M x, one a regressor; empty where the errors have no spatial part. */
  readonly mx: ReadonlyArray<Float64Array>
}

/** Lags and demeans in the frame's order. `regressors`, which hold the constant and the spatial lags of regressors too, are prepared by the frame. */
export const spatialColumns = (
  frame: SpatialFrame,
  dependent: Float64Array,
  regressors: ReadonlyArray<Float64Array>,
  lagWeights: WeightsMatrix | undefined,
  errorWeights: WeightsMatrix | undefined
): SpatialColumns => {
  const y = frame.prepare(dependent)
  const wy = lagWeights === undefined ? undefined : spatialLag(lagWeights, y)
  const error = (column: Float64Array | undefined) =>
    errorWeights === undefined || column === undefined ? undefined : frame.finish(spatialLag(errorWeights, column))
  return {
    y: frame.finish(y),
    wy: wy === undefined ? undefined : frame.finish(wy),
    my: error(y),
    mwy: error(wy),
    x: regressors.map(frame.finish),
    mx: errorWeights === undefined ? [] : regressors.map((column) => frame.finish(spatialLag(errorWeights, column)))
  }
}

/** a - factor b. */
export const less = (a: Float64Array, factor: number, b: Float64Array | undefined): Float64Array =>
  b === undefined || factor === 0 ? a : a.map((value, i) => value - factor * b[i]!)

/** The regressors of the likelihood at lambda, (I - lambda M) x. */
export const filteredRegressors = ({ mx, x }: SpatialColumns, lambda: number): ReadonlyArray<Float64Array> =>
  mx.length === 0 ? x : x.map((column, j) => less(column, lambda, mx[j]))

/** Its dependent variable at rho and lambda, (I - lambda M)(y - rho W y). */
export const filteredDependent = ({ mwy, my, wy, y }: SpatialColumns, rho: number, lambda: number): Float64Array =>
  less(less(y, rho, wy), lambda, my === undefined ? undefined : less(my, rho, mwy))
