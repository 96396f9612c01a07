import { chi2Upper } from "../../../stats/distributions.ts"

/** A statistic that is chi-squared with `df` degrees of freedom under the restriction. */
export interface ChiSquaredTest {
  readonly statistic: number
  readonly df: number
  readonly pValue: number
}

export const chiSquaredTest = (statistic: number, df: number): ChiSquaredTest => ({ statistic, df, pValue: chi2Upper(Math.max(0, statistic), df) })
