/** One estimate over m completed data sets. */
export interface PooledEstimate {
  readonly imputations: number
  /** The mean of the estimates. */
  readonly estimate: number
  /** The mean of their variances, U. */
  readonly within: number
  /** The variance of the estimates between imputations, B (divisor m - 1). */
  readonly between: number
  /** U + (1 + 1/m) B. */
  readonly total: number
  readonly stdError: number
  /** r = (1 + 1/m) B / U: by how much missing values raise the variance. */
  readonly relativeIncrease: number
  /** (1 + 1/m) B / T: the share of the variance that is due to missing values. */
  readonly lambda: number
  /** The fraction of information that is missing: (r + 2/(df + 3))/(r + 1). */
  readonly fractionMissing: number
  /** Degrees of freedom of complete data; Infinity: normal. */
  readonly completeDf: number
  readonly df: number
  /** 1/(1 + fraction/m): the efficiency of m imputations relative to infinitely many. */
  readonly relativeEfficiency: number
  /** sqrt(B/m): how far the estimate may be off since m is finite. */
  readonly monteCarloError: number
}

/** `barnard-rubin`: of small samples, never above those of complete data; `rubin`: (m - 1)/lambda^2, as if these were infinite. */
export type PoolingDf = "barnard-rubin" | "rubin"

/**
 * Rubin's rules (Rubin 1987, Multiple Imputation for Nonresponse in Surveys, 3.1; R's mice::pool): an estimate and its squared standard error in each of m >= 2 completed data sets. With `barnard-rubin` the t
 * has v = v_old v_obs/(v_old + v_obs) degrees of freedom, v_old = (m - 1)/lambda^2, v_obs = (v_com + 1)/(v_com + 3) v_com (1 - lambda) (Barnard and Rubin 1999, Biometrika 86).
 */
export const poolEstimates = (
  estimates: ArrayLike<number>,
  variances: ArrayLike<number>,
  completeDf: number,
  rule: PoolingDf = "barnard-rubin"
): PooledEstimate => {
  const m = estimates.length
  const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / m
  const estimate = mean(estimates)
  const within = mean(variances)
  const between = Array.from(estimates).reduce((sum, value) => sum + (value - estimate) ** 2, 0) / (m - 1)
  const extra = (1 + 1 / m) * between
  const total = within + extra
  const relativeIncrease = extra / within
  const lambda = extra / total
  const old = (m - 1) / lambda ** 2
  const observed = ((completeDf + 1) / (completeDf + 3)) * completeDf * (1 - lambda)
  // Without any variance between imputations v_old is infinite.
  const df =
    rule === "rubin" || completeDf === Number.POSITIVE_INFINITY ? old : old === Number.POSITIVE_INFINITY ? observed : (old * observed) / (old + observed)
  const fractionMissing = (relativeIncrease + 2 / (df + 3)) / (relativeIncrease + 1)
  return {
    imputations: m,
    estimate,
    within,
    between,
    total,
    stdError: Math.sqrt(total),
    relativeIncrease,
    lambda,
    fractionMissing,
    completeDf,
    df,
    relativeEfficiency: 1 / (1 + fractionMissing / m),
    monteCarloError: Math.sqrt(between / m)
  }
}

/** A coefficient of determination over imputations: the mean of Fisher's z of its root, turned back (Harel 2009, Journal of Applied Statistics 36; mice::pool.r.squared). */
export const poolRSquared = (values: ArrayLike<number>): number => {
  const z = Array.from(values).reduce((sum, value) => sum + Math.atanh(Math.sqrt(Math.min(Math.max(value, 0), 1))), 0) / values.length
  return Math.tanh(z) ** 2
}
