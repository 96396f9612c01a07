import { cholesky, choleskyInverse } from "../../../linalg/cholesky.ts"
import { type Qr, qr } from "../../../linalg/qr.ts"
import { Fault, type Warning } from "../../fault.ts"
import { demeanTwoWay } from "./panel-effects.ts"
import type { SpatialLikelihood } from "./spatial-likelihood.ts"

/** A balanced panel's model before its effects are removed: columns as `spatialLag` takes them. */
export interface SpatialData {
  readonly dependent: Float64Array
  readonly regressors: ReadonlyArray<Float64Array>
  readonly names: ReadonlyArray<string>
}

/** A spatial model estimated by maximum likelihood. */
export interface SpatialFit {
  /** Slopes by name, then rho or lambda, then sigma2: the order of `estimates` and `covariance`. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Inverse of the information matrix, row-major. */
  readonly covariance: Float64Array
  readonly logLikelihood: number
  readonly likelihood: SpatialLikelihood
}

const norm = (x: Float64Array): number => Math.sqrt(x.reduce((sum, value) => sum + value * value, 0))

/** QR of transformed regressors, all of which must be independent: the columns' names tell what is not. `norms`: of the columns before their effects were removed. */
export const independentColumns = (columns: ReadonlyArray<Float64Array>, names: ReadonlyArray<string>, raw: ReadonlyArray<Float64Array>): Qr => {
  const factored = qr(columns, { norms: raw.map(norm) })
  if (factored.dropped.length > 0)
    throw new Fault(
      "collinear",
      `these regressors are combinations of the others and of the entity and year effects: ${factored.dropped.map((c) => names[c]).join(", ")}; leave them out`
    )
  return factored
}

/** The model without the regressors that the effects and the regressors before them explain, told in a warning. A Fault where none is left. */
export const withoutCollinear = (data: SpatialData, entities: number): { readonly data: SpatialData; readonly warnings: ReadonlyArray<Warning> } => {
  const { kept, dropped } = qr(
    data.regressors.map((column) => demeanTwoWay(column, entities)),
    { norms: data.regressors.map(norm) }
  )
  const named = dropped.map((c) => data.names[c]!).join(", ")
  if (kept.length === 0) throw new Fault("collinear", `no regressor is left: entity and year effects explain ${named}`)
  return {
    data: { dependent: data.dependent, regressors: kept.map((c) => data.regressors[c]!), names: kept.map((c) => data.names[c]!) },
    warnings: dropped.length === 0 ? [] : [{ code: "collinear", message: `dropped for collinearity with the effects or the regressors before: ${named}` }]
  }
}

/** The inverse of a symmetric information matrix, scaled to a unit diagonal first so that units do not matter. */
export const inverseInformation = (information: Float64Array, size: number): Float64Array => {
  const scale = Float64Array.from({ length: size }, (_, i) => 1 / Math.sqrt(information[i * size + i]!))
  const scaled = information.map((value, at) => value * scale[Math.floor(at / size)]! * scale[at % size]!)
  const factor = cholesky(scaled, size)
  if (factor === undefined)
    throw new Fault(
      "information-singular",
      "the information matrix of the spatial model is not positive definite: the data do not tell its parameters apart; use fewer regressors"
    )
  return choleskyInverse(factor, size).map((value, at) => value * scale[Math.floor(at / size)]! * scale[at % size]!)
}

/** A Fault where the residuals are what rounding leaves: `sse` of the least-squares residuals, `dependent` before its effects were removed. */
export const requireResiduals = (sse: number, dependent: Float64Array): void => {
  if (!(sse > (1e-12 * norm(dependent)) ** 2))
    throw new Fault("perfect-fit", "the regressors and effects explain the dependent variable without a rest: there is no likelihood to maximise")
}

/** The best rho, or the fault that says why there is none. */
export const interior = (rho: number | undefined, name: string, { lower, upper }: { readonly lower: number; readonly upper: number }): number => {
  if (rho !== undefined) return rho
  throw new Fault(
    "no-interior-maximum",
    `the likelihood rises up to a bound of ${name} (${lower.toPrecision(4)}, ${upper.toPrecision(4)}): the model has no estimate inside; use other weights or fewer regressors`
  )
}

/** Each pair in both places of a symmetric matrix. */
export const symmetric = (size: number, entry: (i: number, j: number) => number): Float64Array => {
  const matrix = new Float64Array(size * size)
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) matrix[i * size + j] = matrix[j * size + i] = entry(i, j)
  return matrix
}
