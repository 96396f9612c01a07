import { submatrix } from "../../linalg/cross-product.ts"
import { COLLINEAR, variation } from "../linear/collinear.ts"
import { regress } from "../linear/least-squares.ts"
import type { Variable } from "../sample/variable.ts"
import type { QuasiDemeaning } from "./quasi-demeaning.ts"

/** Least squares on quasi-demeaned columns. Which are collinear is decided in the order `decided`; what comes out is in the order given. */
export const quasiDemeanedRegression = (
  transform: QuasiDemeaning["transform"],
  y: Float64Array,
  columns: ReadonlyArray<Variable>,
  decided: ReadonlyArray<number>,
  tolerance: number | undefined
) => {
  const moved = columns.map(({ values }) => transform(values))
  const fit = regress(
    decided.map((c) => moved[c]!),
    transform(y),
    {
      tolerance: tolerance ?? COLLINEAR,
      norms: decided.map((c) => Math.min(variation(columns[c]!.values), variation(moved[c]!)))
    }
  )
  // Back from the order that decided to the order given.
  const places = fit.kept.map((at, place) => ({ column: decided[at]!, place })).sort((a, b) => a.column - b.column)
  return {
    kept: places.map(({ column }) => column),
    dropped: fit.dropped.map((at) => decided[at]!),
    coefficients: Float64Array.from(places, ({ place }) => fit.coefficients[place]!),
    design: places.map(({ column }) => moved[column]!),
    bread: submatrix(
      fit.bread,
      fit.kept.length,
      places.map(({ place }) => place)
    ),
    residuals: fit.residuals
  }
}
