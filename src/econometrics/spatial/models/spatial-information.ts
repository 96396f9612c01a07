import { dot } from "../../../linalg/dot.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { MultiplierTraces } from "./multiplier-traces.ts"
import { filteredRegressors, less, type SpatialColumns } from "./spatial-columns.ts"
import type { SpatialFrame } from "./spatial-frame.ts"
import type { SpatialPoint } from "./spatial-profile.ts"
import type { SpatialParameter } from "./specification.ts"

/** What both information matrices are made of. */
export interface Estimated {
  readonly frame: SpatialFrame
  readonly columns: SpatialColumns
  readonly point: SpatialPoint
  readonly slopes: Float64Array
  /**
   * Coefficients h of W y on the regressors where `columns` have W y - X h for W y (and M of that for M W y), and `slopes` are b + h rho: the same model in parameters whose
   * information does not cancel where W y is near the regressors. None: W y as it is.
   */
  readonly lagOnRegressors?: Float64Array | undefined
  /** e, the residuals of the likelihood. */
  readonly residuals: Float64Array
  readonly sigma2: number
  /** rho, lambda, both or neither, in this order. */
  readonly parameters: ReadonlyArray<SpatialParameter>
}

/** Each pair in both places of a symmetric matrix. */
const symmetric = (size: number, entry: (i: number, j: number) => number): Float64Array => {
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = entry(i, j)
  return matrix
}

/** The model's dependent variable as it is filtered before its effects are removed: (I - lambda M)(y - rho W y). */
export const filteredBefore = (
  frame: SpatialFrame,
  dependent: Float64Array,
  lagWeights: WeightsMatrix | undefined,
  errorWeights: WeightsMatrix | undefined,
  { lambda, rho }: SpatialPoint
): Float64Array => {
  const y = frame.prepare(dependent)
  const left = lagWeights === undefined ? y : less(y, rho, spatialLag(lagWeights, y))
  return errorWeights === undefined ? left : less(left, lambda, spatialLag(errorWeights, left))
}

/**
 * The expected information of slopes, rho, lambda, sigma2 (Ord 1975; Anselin 1988, section 6.2.4; Lee and Yu 2010), with Gf = B G B^-1 and H between the
 * filters, under Lee-Yu with time effects those of F'WF, X and m the filtered regressors and systematic part, a copies:
 *   bb X'X/s2, b rho X'Gf m/s2, rho rho a tr(Gf Gf + Gf'Gf) + |Gf m|^2/s2, rho lambda a tr(Gf H + Gf'H), lambda lambda a tr(HH + H'H),
 *   rho s2 a tr(Gf)/s2, lambda s2 a tr(H)/s2, s2 s2 n/(2 s2^2).
 */
export const expectedInformation = (
  { columns, frame, parameters, point, sigma2, slopes }: Estimated,
  { squares, trace }: MultiplierTraces,
  lagged: Float64Array | undefined
): Float64Array => {
  const k = slopes.length
  const x = filteredRegressors(columns, point.lambda)
  const isRho = (p: number) => parameters[p]?.name === "rho"
  const last = k + parameters.length
  return symmetric(last + 1, (i, j) => {
    if (j < k) return dot(x[i]!, x[j]!) / sigma2
    if (i < k) return j < last && isRho(j - k) ? dot(x[i]!, lagged!) / sigma2 : 0
    if (j === last) return i === last ? frame.observations / (2 * sigma2 * sigma2) : (frame.copies * trace(i - k)) / sigma2
    return frame.copies * squares(i - k, j - k) + (i === j && isRho(i - k) ? dot(lagged!, lagged!) / sigma2 : 0)
  })
}

/** Minus the derivatives of e by rho and lambda: B W y and M u, u = y - rho W y - X b. */
export const parameterChanges = ({ columns, parameters, point: { lambda, rho }, slopes }: Estimated): ReadonlyArray<Float64Array> =>
  parameters.map(({ name }) =>
    name === "rho"
      ? less(columns.wy!, lambda, columns.mwy)
      : columns.mx.reduce((rest, column, j) => less(rest, slopes[j]!, column), less(columns.my!, rho, columns.mwy))
  )

/**
 * The observed information, minus the Hessian of the log-likelihood at the estimates, of the same parameters: it needs no trace but tr(GG) and tr(HH), so that
 * it is had for any number of entities. With u = y - rho W y - X b: bb X'X/s2, b rho X'B W y/s2, b lambda [X'M u + (M x)'e]/s2, rho rho a tr(GG) + |B W y|^2/s2,
 * rho lambda [(B W y)'M u + e'M W y]/s2, lambda lambda a tr(HH) + |M u|^2/s2, rho s2 e'B W y/s2^2, lambda s2 e'M u/s2^2, s2 s2 n/(2 s2^2).
 */
export const observedInformation = (estimated: Estimated): Float64Array => {
  const { columns, frame, parameters, point, residuals: e, sigma2, slopes } = estimated
  const k = slopes.length
  const x = filteredRegressors(columns, point.lambda)
  const changes = parameterChanges(estimated)
  const last = k + parameters.length
  return symmetric(last + 1, (i, j) => {
    if (j < k) return dot(x[i]!, x[j]!) / sigma2
    if (j === last) return i < k ? 0 : i === last ? frame.observations / (2 * sigma2 * sigma2) : dot(e, changes[i - k]!) / (sigma2 * sigma2)
    if (i < k) return (dot(x[i]!, changes[j - k]!) + (parameters[j - k]!.name === "lambda" ? dot(columns.mx[i]!, e) : 0)) / sigma2
    if (i === j)
      return frame.copies * parameters[i - k]!.determinant.traceSquare(point[parameters[i - k]!.name]) + dot(changes[i - k]!, changes[i - k]!) / sigma2
    return (dot(changes[i - k]!, changes[j - k]!) + dot(e, columns.mwy!)) / sigma2
  })
}
