import { along } from "../../../linalg/orthonormal.ts"
import { Fault, type Warning } from "../../fault.ts"
import { waldStatistic } from "../../variance/wald.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"
import { identityWarnings, type LagErrorScores } from "./lm-statistics.ts"

/** Scores of the coefficients theta of the regressors' spatial lags WX, in an orthonormal basis of M Q W_T X: their information is the unit matrix there. */
export interface DurbinScores {
  /** B'e/s. */
  readonly lags: Float64Array
  /** Their information with rho: B'(M Q W_T X b)/s. */
  readonly withRho: Float64Array
}

/** Rao's score tests of a spatial Durbin model (Koley and Bera 2024), as spdep's SD.RStests. */
export interface DurbinTests {
  /** Of theta = 0, WX alone. */
  readonly wx: ChiSquaredTest
  /** Of rho where WX may belong into the model, and of WX where rho may. */
  readonly adjustedLag: ChiSquaredTest
  readonly adjustedWx: ChiSquaredTest
  /** Of rho and WX (SDM), and of a spatial error and WX (SDEM: the scores are uncorrelated). */
  readonly sdm: ChiSquaredTest
  readonly sdem: ChiSquaredTest
}

/** With d, r the scores and their information with rho in the basis, d_l and J those of rho: d'd, (d_l - r'd)^2/(J - r'r), and the others by the same partial information. */
export const durbinTests = ({ error, lag, signal, variance }: LagErrorScores, { lags, withRho }: DurbinScores): DurbinTests => {
  const k = lags.length
  const j = signal + variance
  const square = (x: Float64Array, y: Float64Array = x) => along([x], y)[0]!
  const left = j - square(withRho)
  // (I - rr'/J)^-1 = I + rr'/(J - r'r): Sherman and Morrison.
  const moved = lags.map((d, i) => d - (withRho[i]! * lag) / j)
  const size = k + 1
  const information = new Float64Array(size * size)
  information[0] = j
  for (let i = 0; i < k; i++) {
    information[i + 1] = information[(i + 1) * size] = withRho[i]!
    information[(i + 1) * size + i + 1] = 1
  }
  const joint = waldStatistic(Float64Array.of(lag, ...lags), information)
  if (Number.isNaN(joint))
    throw new Fault(
      "information-singular",
      "the scores of rho and of the regressors' lags are not told apart: leave regressors out of the lags that are tested"
    )
  return {
    wx: chiSquaredTest(square(lags), k),
    adjustedLag: chiSquaredTest((lag - square(withRho, lags)) ** 2 / left, 1),
    adjustedWx: chiSquaredTest(square(moved) + square(withRho, moved) ** 2 / left, k),
    sdm: chiSquaredTest(joint, size),
    sdem: chiSquaredTest(error ** 2 / variance + square(lags), size)
  }
}

/** SDM = LM-lag + adjusted WX = WX + adjusted lag. */
export const durbinWarnings = (lag: ChiSquaredTest, { adjustedLag, adjustedWx, sdm, wx }: DurbinTests): ReadonlyArray<Warning> => [
  ...identityWarnings("LM of the SDM = LM-lag + adjusted LM-WX", [sdm.statistic, 0, lag.statistic, adjustedWx.statistic]),
  ...identityWarnings("LM of the SDM = LM-WX + adjusted LM-lag", [sdm.statistic, 0, wx.statistic, adjustedLag.statistic])
]
