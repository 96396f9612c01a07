import { along, combine } from "../../linalg/orthonormal.ts"
import { regress } from "../linear/least-squares.ts"
import { type Instrumented, scoreStatistic } from "./instrumented.ts"

/** Chi-squared statistics of one endogenous regressor beside the others, with L1 - K1 + 1 degrees of freedom. */
export interface ConditionalStatistics {
  readonly sandersonWindmeijer: number | undefined
  readonly angristPischke: number | undefined
}

/**
 * What the instruments say of each endogenous regressor that they do not say of the others (for two at least).
 *
 * With d the coefficients of two-stage least squares of x_j on the other X, both are the Wald statistic of Z in a regression: of x_j - X d (Sanderson and Windmeijer
 * 2016, Journal of Econometrics 190), or of x_j - X^ d, X^ being the others' fits (Angrist and Pischke 2009, section 4.6.4), whose variance is too small where the
 * errors of the first stages are correlated. K1 - 1 of the L1 coefficients' combinations are zero by construction, which the degrees of freedom leave out. As ivreg2,
 * with a robust variance too, where another choice of L1 - K1 + 1 combinations would give another number.
 */
export const conditionalStatistics = ({ moments, residuals, x, z }: Instrumented): ReadonlyArray<ConditionalStatistics> => {
  const theta = x.map((column) => along(z, column))
  return x.map((column, j) => {
    const others = theta.filter((_, i) => i !== j)
    const d = regress(others, theta[j]!, { tolerance: 0 }).coefficients
    const other = (columns: ReadonlyArray<Float64Array>) =>
      combine(
        columns.filter((_, i) => i !== j),
        d
      )
    const less = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!)
    const [explained, left] = [less(column, other(x)), less(residuals.x[j]!, other(residuals.x))]
    return {
      sandersonWindmeijer: scoreStatistic(moments, z, explained, left),
      angristPischke: scoreStatistic(moments, z, explained, residuals.x[j]!)
    }
  })
}
