import { type Qr, qr } from "../../../linalg/qr.ts"
import { Fault, type Warning } from "../../fault.ts"
import { demeanTwoWay } from "./panel-effects.ts"

/** A balanced panel's model before its effects are removed: columns as `spatialLag` takes them. */
export interface SpatialData {
  readonly dependent: Float64Array
  readonly regressors: ReadonlyArray<Float64Array>
  readonly names: ReadonlyArray<string>
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
