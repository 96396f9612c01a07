import type { Warning } from "../../fault.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"

/** Scores of a spatial lag and a spatial error at zero, divided by s2 and centred, with their variances. */
export interface LagErrorScores {
  /** e'W_T y/s2 less its mean. */
  readonly lag: number
  /** e'W_T e/s2 less its mean. */
  readonly error: number
  /** V, the variance of the error's score and its covariance with the lag's. */
  readonly variance: number
  /** J - V = |M Q W_T X b|^2/s2: by how much the lag's score varies more than the error's. Zero where the regressors explain their own lag. */
  readonly signal: number
}

/** Lagrange multiplier tests of a spatial lag and a spatial error (Anselin, Bera, Florax and Yoon 1996). */
export interface LagErrorTests {
  readonly lag: ChiSquaredTest
  readonly error: ChiSquaredTest
  /** Of a lag where an error may be present, and the other way round; undefined where the data cannot tell the two apart (`signal` is zero). */
  readonly robustLag: ChiSquaredTest | undefined
  readonly robustError: ChiSquaredTest | undefined
  /** Both at once: LM-error + robust LM-lag. In a model with effects this is the joint test of Debarsy and Ertur (2010). */
  readonly sarma: ChiSquaredTest | undefined
}

/** With d_l, d_e the scores and J = signal + V: d_l^2/J, d_e^2/V, (d_l - d_e)^2/(J - V), (d_e - (V/J) d_l)^2/(V (1 - V/J)). */
export const lagErrorTests = ({ error, lag, signal, variance }: LagErrorScores): LagErrorTests => {
  const j = signal + variance
  const apart = signal > 0
  const robustLag = (lag - error) ** 2 / signal
  const errorTest = error ** 2 / variance
  return {
    lag: chiSquaredTest(lag ** 2 / j, 1),
    error: chiSquaredTest(errorTest, 1),
    robustLag: apart ? chiSquaredTest(robustLag, 1) : undefined,
    robustError: apart ? chiSquaredTest((error - (variance / j) * lag) ** 2 / (variance * (signal / j)), 1) : undefined,
    sarma: apart ? chiSquaredTest(errorTest + robustLag, 2) : undefined
  }
}

/** Warns where a + b is not c + d: an identity of statistics that were computed apart, which only lost digits can break. */
export const identityWarnings = (said: string, [a, b, c, d]: readonly [number, number, number, number]): ReadonlyArray<Warning> => {
  if (Math.abs(a + b - c - d) <= 1e-7 * Math.max(1, a + b, c + d)) return []
  return [
    {
      code: "lm-identity-broken",
      message: `${said} should hold to rounding and is ${(a + b).toPrecision(8)} = ${(c + d).toPrecision(8)}: too few digits are left in these tests; rescale the variables, or leave nearly collinear ones out`
    }
  ]
}

/** LM-lag + robust LM-error = LM-error + robust LM-lag. */
export const lagErrorWarnings = ({ error, lag, robustError, robustLag }: LagErrorTests): ReadonlyArray<Warning> =>
  robustError === undefined || robustLag === undefined
    ? [
        {
          code: "lm-robust-undefined",
          message: "the regressors explain their own spatial lag: a spatial lag and a spatial error look alike, and there are no robust LM tests"
        }
      ]
    : identityWarnings("LM-lag + robust LM-error = LM-error + robust LM-lag", [lag.statistic, robustError.statistic, error.statistic, robustLag.statistic])
