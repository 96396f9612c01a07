import { chi2Upper } from "../../../stats/distributions.ts"

/** Lagrange multiplier tests of a spatial lag and a spatial error (Anselin, Bera, Florax and Yoon 1996), each chi-squared(1) without spatial dependence. */
export interface LmTests {
  readonly lag: LmTest
  readonly error: LmTest
  /** Of a lag where an error may be present, and the other way round. */
  readonly robustLag: LmTest
  readonly robustError: LmTest
}
export interface LmTest {
  readonly statistic: number
  readonly pValue: number
}

/**
 * The four statistics from the scores of a lag and of an error at zero (s2-scaled, centred), J and the error score's variance T:
 * lag^2/J, error^2/T, (lag - error)^2/(J - T), (error - (T/J) lag)^2/(T (1 - T/J)). So LM-lag + robust error = LM-error + robust lag.
 */
export const lmTests = (lagScore: number, errorScore: number, j: number, t: number): LmTests => {
  const test = (statistic: number): LmTest => ({ statistic, pValue: chi2Upper(statistic, 1) })
  return {
    lag: test(lagScore ** 2 / j),
    error: test(errorScore ** 2 / t),
    robustLag: test((lagScore - errorScore) ** 2 / (j - t)),
    robustError: test((errorScore - (t / j) * lagScore) ** 2 / (t * (1 - t / j)))
  }
}
