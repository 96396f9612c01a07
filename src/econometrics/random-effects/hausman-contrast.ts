import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"
import { chi2Upper } from "../../stats/distributions.ts"

/** A contrast of two estimates weighed by the difference of their variances. */
export interface HausmanContrast {
  /** d'M^- d with its sign; NaN where M is zero. */
  readonly statistic: number
  /** Rank of M, the degrees of freedom. */
  readonly rank: number
  /** Undefined where the statistic is negative: it follows no chi-squared distribution then. */
  readonly pValue: number | undefined
  /** V_FE (scaled) - V_RE (scaled), over the terms, row-major. */
  readonly difference: Float64Array
  /** Its eigenvalues in units of the fixed effects' standard errors, descending. */
  readonly eigenvalues: Float64Array
  /** Whether none of them is negative. */
  readonly semiDefinite: boolean
}

/** An eigenvalue at most this share of the largest (in units of the fixed effects' variances) is zero. */
const ZERO = 1e-10

/** d'M^- d, M = `difference` (k x k, row-major), by eigenvalues of M in units of `scales`, so that the units of regressors do not decide the rank. */
export const hausmanContrast = (d: Float64Array, difference: Float64Array, scales: Float64Array): HausmanContrast => {
  const k = d.length
  const { values, vectors } = symmetricEigen(
    difference.map((v, i) => v / (scales[Math.floor(i / k)]! * scales[i % k]!)),
    k
  )
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  let statistic = 0
  let rank = 0
  let semiDefinite = true
  for (let j = 0; j < k; j++) {
    const value = values[j]!
    if (Math.abs(value) <= ZERO * largest) continue
    let along = 0
    for (let i = 0; i < k; i++) along += (vectors[j]![i]! * d[i]!) / scales[i]!
    statistic += (along * along) / value
    rank++
    if (value < 0) semiDefinite = false
  }
  if (rank === 0) statistic = Number.NaN
  return { statistic, rank, pValue: statistic < 0 ? undefined : chi2Upper(statistic, rank), difference, eigenvalues: values.slice().reverse(), semiDefinite }
}
