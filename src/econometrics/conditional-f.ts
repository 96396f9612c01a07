import { along, combine, orthogonalComplement } from "../linalg/orthonormal.ts"
import { type Instrumented, scoreStatistic } from "./instrumented.ts"
import { regress } from "./least-squares.ts"

/** Chi-squared statistics of one endogenous regressor beside the others, with L1 - K1 + 1 degrees of freedom. */
export interface ConditionalStatistics {
  readonly sandersonWindmeijer: number | undefined
  readonly angristPischke: number | undefined
}

/**
 * What the instruments say of each endogenous regressor that they do not say of the others (for two at least).
 *
 * d are the coefficients of two-stage least squares of x_j on the other X, A the complement of the others' fits among the instruments. Both statistics test that
 * A'Z'x_j is zero. Sanderson and Windmeijer (2016, Journal of Econometrics 190) take the variance from what Z leaves of x_j - X d, Angrist and Pischke (2009,
 * section 4.6.4) from what Z leaves of x_j, which is too small where the others' errors are correlated with its own.
 */
export const conditionalStatistics = ({ L1, moments, residuals, x, z }: Instrumented): ReadonlyArray<ConditionalStatistics> => {
  const theta = x.map((column) => along(z, column))
  return x.map((column, j) => {
    const others = theta.filter((_, i) => i !== j)
    const d = regress(others, theta[j]!, { tolerance: 0 }).coefficients
    const other = (columns: ReadonlyArray<Float64Array>) =>
      combine(
        columns.filter((_, i) => i !== j),
        d
      )
    const instruments = orthogonalComplement(others, L1).map((coefficients) => combine(z, coefficients))
    const shared = other(residuals.x)
    return {
      sandersonWindmeijer: scoreStatistic(
        moments,
        instruments,
        column,
        residuals.x[j]!.map((value, i) => value - shared[i]!)
      ),
      angristPischke: scoreStatistic(moments, instruments, column, residuals.x[j]!)
    }
  })
}
