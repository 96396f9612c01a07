import { cholesky, choleskySolve } from "../linalg/cholesky.ts"
import { crossProduct, multiply, submatrix } from "../linalg/cross-product.ts"
import { leastSquares, qr } from "../linalg/qr.ts"
import { chi2Upper } from "../stats/distributions.ts"
import type { Test } from "./inference.ts"
import type { Instrumented } from "./instrumented.ts"
import { residualsOf } from "./least-squares.ts"

/** The variance of moments: sum over clusters of (X_g'e_g)(X_g'e_g)'. */
export type Meat = (columns: ReadonlyArray<Float64Array>, e: Float64Array) => Float64Array

/**
 * Hansen's J of GMM with the weights S^-1, S the variance of the moments: g'S^-1 g at its minimum, g = Z'(y - X b). Undefined where S is singular: more
 * moments than clusters.
 */
const gmmJ = (moments: ReadonlyArray<Float64Array>, regressors: ReadonlyArray<Float64Array>, y: Float64Array, s: Float64Array): number | undefined => {
  const [L, k] = [moments.length, regressors.length]
  const weight = cholesky(s, L)
  if (weight === undefined) return undefined
  const zx = crossProduct(moments, regressors)
  const zy = crossProduct(moments, [y])
  const weighted = choleskySolve(weight, L, zx, k)
  const transpose = (a: Float64Array): Float64Array => Float64Array.from({ length: L * k }, (_, i) => a[(i % L) * k + Math.floor(i / L)]!)
  const gram = cholesky(multiply(transpose(zx), weighted, k, L, k), k)
  if (gram === undefined) return undefined
  const b = choleskySolve(gram, k, multiply(transpose(weighted), zy, k, L, 1))
  const g = zy.map((value, i) => value - b.reduce((sum, coefficient, j) => sum + zx[i * k + j]! * coefficient, 0))
  const solved = choleskySolve(weight, L, g)
  return g.reduce((sum, value, i) => sum + value * solved[i]!, 0)
}

const SINGULAR = "not defined: there are too many moments for the number of clusters"

/** Hansen's J of two-step GMM with the cluster-robust weights of the 2SLS residuals, over all L moments; none for a just-identified equation. */
export const hansenJ = (roles: Instrumented, meat: Meat): Test => {
  const base = { test: "hansen_j", variant: "ivreg2, clustered by entity" }
  const moments = [...roles.instruments, ...roles.exogenous]
  const df = roles.instruments.length - 1
  if (df === 0) return { ...base, statistic: undefined, df: 0, pValue: undefined, note: "exactly identified: no test of instrument validity" }
  const statistic = gmmJ(moments, [roles.x, ...roles.exogenous], roles.y, meat(moments, roles.residuals))
  if (statistic === undefined) return { ...base, statistic, df, pValue: undefined, note: SINGULAR }
  return { ...base, statistic, df, pValue: chi2Upper(statistic, df), note: "H0: all excluded instruments are valid, given that enough of them are" }
}

/**
 * ivreg2's `endog()`: the J of the equation in which x is its own instrument less that of the equation as given, both with the weights of the former (its
 * ordinary least squares residuals), so that the difference is never negative. Chi-squared with 1 degree of freedom.
 */
export const endogeneityC = (roles: Instrumented, meat: Meat): Test => {
  const base = { test: "endogeneity_c", variant: "ivreg2's endog(), clustered by entity", df: 1 }
  const regressors = [roles.x, ...roles.exogenous]
  const given = [...roles.instruments, ...roles.exogenous]
  const moments = [...given, roles.x]
  const s = meat(moments, residualsOf(roles.y, regressors, leastSquares(qr(regressors), roles.y)))
  const restricted = gmmJ(moments, regressors, roles.y, s)
  const L = moments.length
  const unrestricted = gmmJ(
    given,
    regressors,
    roles.y,
    submatrix(
      s,
      L,
      given.map((_, i) => i)
    )
  )
  if (restricted === undefined || unrestricted === undefined) return { ...base, statistic: undefined, pValue: undefined, note: SINGULAR }
  const statistic = restricted - unrestricted
  return { ...base, statistic, pValue: chi2Upper(statistic, 1), note: "H0: the regressor is exogenous: its own moment holds beside the instruments'" }
}
