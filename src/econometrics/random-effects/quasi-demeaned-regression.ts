import { submatrix } from "../../linalg/cross-product.ts"
import { absorb } from "../effects/absorb.ts"
import { COLLINEAR, variation } from "../linear/collinear.ts"
import { regress } from "../linear/least-squares.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import type { Variable } from "../sample/variable.ts"
import type { QuasiDemeaning } from "./quasi-demeaning.ts"

/**
 * Least squares on quasi-demeaned columns, every one a slope, as a fit that variances can be made of. Which are collinear is decided in the order `decided`; what comes out
 * is in the order given: `kept` and `dropped` are positions among `columns`.
 */
export const quasiDemeanedRegression = (
  { coordinates, groups, transform }: Pick<QuasiDemeaning, "transform"> & Pick<LinearFit, "groups" | "coordinates">,
  y: Float64Array,
  columns: ReadonlyArray<Variable>,
  decided: ReadonlyArray<number>,
  tolerance: number | undefined
): { readonly kept: ReadonlyArray<number>; readonly dropped: ReadonlyArray<number>; readonly linear: LinearFit } => {
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
    linear: {
      terms: places.map(({ column }) => columns[column]!.name),
      slopes: places.length,
      coefficients: Float64Array.from(places, ({ place }) => fit.coefficients[place]!),
      design: places.map(({ column }) => moved[column]!),
      bread: submatrix(
        fit.bread,
        fit.kept.length,
        places.map(({ place }) => place)
      ),
      residuals: fit.residuals,
      effects: absorb([]),
      weights: undefined,
      groups,
      coordinates,
      nobs: y.length
    }
  }
}
