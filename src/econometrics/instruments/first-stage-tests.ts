import { fUpper } from "../../stats/distributions.ts"
import type { Test } from "../linear/inference.ts"
import { CONSTANT } from "../regression/regression-sample.ts"
import { wasRepaired } from "../variance/variance-estimate.ts"
import { waldF } from "../variance/wald.ts"
import { conditionalStatistics } from "./conditional-f.ts"
import { type Instrumented, singularNote } from "./instrumented.ts"
import type { TwoStageFit } from "./two-stage.ts"

/** What says of which first stage a test is; nothing where there is but one. */
const ofRegressor = (name: string, fit: TwoStageFit): string => (fit.endogenous.length === 1 ? "" : `${name}: `)

/** The excluded instruments' F in each first stage, with the standard errors that are printed there; of several instruments under CR2 by HTZ. */
export const firstStageTests = (fit: TwoStageFit, equation: Instrumented): ReadonlyArray<Test> =>
  fit.firstStages.map((first, j): Test => {
    const { covariance, terms } = first
    const [L1, from] = [fit.instruments.length, terms[0] === CONSTANT ? 1 : 0]
    const { df2, pValue, statistic } = waldF(
      first.coefficients,
      covariance,
      Array.from({ length: L1 }, (_, i) => from + i)
    )
    const base = {
      test: "first_stage_f",
      variant: `${ofRegressor(fit.endogenous[j]!, fit)}${covariance.name}, ${covariance.smallSample.convention} factor`,
      df: L1,
      df2: Number.isNaN(df2) ? undefined : df2
    }
    if (equation.exact) return { ...base, statistic: undefined, pValue: undefined, note: "not defined: the instruments fit a regressor exactly" }
    if (Number.isNaN(df2))
      return { ...base, statistic: undefined, pValue: undefined, note: `not defined: too few clusters for an F test of ${L1} instruments together under CR2` }
    if (Number.isNaN(statistic) || wasRepaired(covariance)) return { ...base, statistic: undefined, pValue: undefined, note: singularNote(equation, L1) }
    return {
      ...base,
      statistic,
      pValue,
      note: "H0: the excluded instruments have no coefficients in the first stage; with the standard errors printed there"
    }
  })

/** For two or more endogenous regressors: what the instruments say of each beside the others. */
export const conditionalTests = (fit: TwoStageFit, equation: Instrumented): ReadonlyArray<Test> => {
  const { K1, L1, df2, exact, fOf, moments } = equation
  if (K1 === 1 || exact) return []
  const df = L1 - K1 + 1
  const row = (name: string, variant: string, chi2: number | undefined, note: string): Test => {
    const statistic = fOf(chi2, df)
    return {
      test: name,
      variant,
      statistic,
      df,
      df2,
      pValue: statistic === undefined ? undefined : fUpper(statistic, df, df2),
      note: statistic === undefined ? singularNote(equation, L1) : note
    }
  }
  return conditionalStatistics(equation).flatMap(({ angristPischke, sandersonWindmeijer }, j) => {
    const variant = `${ofRegressor(fit.endogenous[j]!, fit)}ivreg2, ${moments.name}`
    return [
      row("sanderson_windmeijer_f", variant, sandersonWindmeijer, "H0: the instruments say nothing of this regressor that they do not say of the other ones"),
      row("angrist_pischke_f", variant, angristPischke, "H0: as Sanderson and Windmeijer's F has it, whose variance is the right one")
    ]
  })
}
