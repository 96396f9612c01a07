import { crossProduct } from "../../linalg/cross-product.ts"
import { along, combine, offSpan, orthogonalComplement, orthonormalBasis } from "../../linalg/orthonormal.ts"
import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { type Instrumented, scoreStatistic } from "./instrumented.ts"

/** The test that the first-stage coefficients have rank K1 - 1, against K1. */
export interface RankTest {
  /** Chi-squared statistics with L1 - K1 + 1 degrees of freedom; undefined where the variance of the moments is singular. */
  readonly lm: number | undefined
  readonly wald: number | undefined
  readonly df: number
  /** Cragg and Donald's minimum eigenvalue: cc^2/(1 - cc^2), cc the smallest canonical correlation. */
  readonly eigenvalue: number
}

/**
 * Kleibergen and Paap's rk statistics (2006, Journal of Econometrics 133, section 2) for rank K1 - 1, and Cragg and Donald's (1993).
 *
 * With Z and X orthonormal, T = Z'X = U S V' has the canonical correlations as singular values. Off the span of the K1 - 1 largest, T is l = A'T v, A the complement
 * of their left vectors and v the last right vector: the moments of the combination X v that is identified worst with the instruments Z A. The statistic is
 * l'Var(l)^-1 l, Var(l) from the first-stage residuals (Wald) or from X v itself (LM). The normalisation of A and v in the paper drops out of it. X is
 * made orthonormal first, as Stata's ranktest does: with several endogenous regressors the statistic depends on that.
 */
export const rankTest = ({ L1, K1, moments, x, z }: Instrumented): RankTest => {
  const unit = orthonormalBasis(x, 0)
  const theta = unit.map((column) => along(z, column))
  // Ascending: the first vector is the worst identified combination.
  const { vectors } = symmetricEigen(crossProduct(theta), K1)
  const complement = orthogonalComplement(
    vectors.slice(1).map((vector) => combine(theta, vector)),
    L1
  )
  const worst = combine(unit, vectors[0]!)
  const instruments = complement.map((coefficients) => combine(z, coefficients))
  const left = offSpan(worst, z)
  const explained = along(z, worst).reduce((sum, value) => sum + value * value, 0)
  return {
    lm: scoreStatistic(moments, instruments, worst, worst),
    wald: scoreStatistic(moments, instruments, worst, left),
    df: L1 - K1 + 1,
    eigenvalue: explained / left.reduce((sum, value) => sum + value * value, 0)
  }
}
