import { cholesky, choleskySolve } from "../../linalg/cholesky.ts"
import { crossProduct, multiply, submatrix } from "../../linalg/cross-product.ts"
import { offSpan, orthonormalBasis } from "../../linalg/orthonormal.ts"
import { chi2Upper } from "../../stats/distributions.ts"
import type { Test } from "../linear/inference.ts"
import { type Instrumented, singularNote } from "./instrumented.ts"

/**
 * The J of GMM with the weights S^-1, S the variance of the moments: g'S^-1 g at its minimum, g = M'(y - X b). Undefined where S is singular: more moments than
 * clusters. The exogenous regressors, their own instruments, are partialled out: they change neither b nor the minimum.
 */
const gmmJ = (moments: ReadonlyArray<Float64Array>, x: ReadonlyArray<Float64Array>, y: Float64Array, s: Float64Array, rank: number): number | undefined => {
  const [L, k] = [moments.length, x.length]
  if (L > rank) return undefined
  const weight = cholesky(s, L)
  if (weight === undefined) return undefined
  const zx = crossProduct(moments, x)
  const zy = crossProduct(moments, [y])
  const weighted = choleskySolve(weight, L, zx, k)
  const transposed = Float64Array.from({ length: L * k }, (_, i) => weighted[(i % L) * k + Math.floor(i / L)]!)
  const gram = cholesky(multiply(transposed, zx, k, L, k), k)
  if (gram === undefined) return undefined
  const b = choleskySolve(gram, k, multiply(transposed, zy, k, L, 1))
  const g = zy.map((value, i) => value - b.reduce((sum, coefficient, j) => sum + zx[i * k + j]! * coefficient, 0))
  const solved = choleskySolve(weight, L, g)
  return g.reduce((sum, value, i) => sum + value * solved[i]!, 0)
}

/**
 * Hansen's (1982) J of two-step GMM, its weights from the 2SLS residuals; for independent errors of one variance Sargan's (1958), N times the R-squared of the
 * residuals on the instruments. Chi-squared with L1 - K1 degrees of freedom; a just-identified equation has no such test, which is told.
 */
export const overIdentification = (equation: Instrumented): Test => {
  const { K1, L1, e, large, moments, x, y, z } = equation
  const base = { test: moments.kind === "iid" ? "sargan" : "hansen_j", variant: `ivreg2, ${moments.name}` }
  const df = L1 - K1
  if (df === 0) return { ...base, statistic: undefined, df: 0, pValue: undefined, note: "exactly identified: no test of instrument validity" }
  const j = gmmJ(z, x, y, moments.of(z, [e]), moments.rank)
  if (j === undefined) return { ...base, statistic: undefined, df, pValue: undefined, note: singularNote(equation, L1) }
  const statistic = j * large
  return { ...base, statistic, df, pValue: chi2Upper(statistic, df), note: "H0: all excluded instruments are valid, given that enough of them are" }
}

/**
 * ivreg2's `endog()` of all endogenous regressors together: the J of the equation in which they are their own instruments less that of the equation as given, both
 * with the weights of the former (its ordinary least squares residuals), so that the difference is never negative. Chi-squared with K1 degrees of freedom (Hayashi
 * 2000, section 3.6).
 */
export const endogeneityC = (equation: Instrumented): Test => {
  const { K1, L1, exact, large, moments, x, y, z } = equation
  const base = { test: "endogeneity_c", variant: `ivreg2's endog(), ${moments.name}`, df: K1 }
  const none = (note: string): Test => ({ ...base, statistic: undefined, pValue: undefined, note })
  if (exact) return none("not defined: the instruments fit a regressor exactly")
  const all = orthonormalBasis([...z, ...x], 0)
  const s = moments.of(all, [offSpan(y, orthonormalBasis(x, 0))])
  const restricted = gmmJ(all, x, y, s, moments.rank)
  const unrestricted = gmmJ(
    z,
    x,
    y,
    submatrix(
      s,
      all.length,
      z.map((_, i) => i)
    ),
    moments.rank
  )
  if (restricted === undefined || unrestricted === undefined) return none(singularNote(equation, L1 + K1))
  const statistic = (restricted - unrestricted) * large
  const what = K1 === 1 ? "the regressor is exogenous: its own moment holds" : "the regressors are exogenous: their own moments hold"
  return { ...base, statistic, pValue: chi2Upper(statistic, K1), note: `H0: ${what} beside the instruments'` }
}
