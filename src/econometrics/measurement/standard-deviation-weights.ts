import { Fault } from "../fault.ts"

/** The sample standard deviation (divisor n - 1) of a column of n >= 2 finite values; exactly 0 where it is constant. */
export const standardDeviation = (y: Float64Array): number => {
  if (y.every((value) => value === y[0])) return 0
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length
  return Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (y.length - 1))
}

/**
 * Standard deviation weights of normalised indicators, W_j = s_j / sum s: the more an indicator tells the observations apart, the more it counts
 * (Diakoulaki, Mavrotas and Papayannakis 1995, section 2). Columns of the same length n >= 2; where all are constant a Fault `no-information`.
 */
export const standardDeviationWeights = (columns: ReadonlyArray<Float64Array>): ReadonlyArray<number> => {
  const deviations = columns.map(standardDeviation)
  const sum = deviations.reduce((total, s) => total + s, 0)
  if (!(sum > 0)) throw new Fault("no-information", "every indicator is constant: standard deviations of 0 give no weights; take equal weights")
  return deviations.map((s) => s / sum)
}
