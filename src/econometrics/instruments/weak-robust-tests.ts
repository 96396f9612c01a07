import { chi2Upper, fUpper } from "../../stats/distributions.ts"
import type { Test } from "../linear/inference.ts"
import { andersonRubinSet } from "./anderson-rubin-set.ts"
import { type Instrumented, scoreStatistic, singularNote } from "./instrumented.ts"
import { rankTest } from "./rank-test.ts"
import { ORDINARY, tfCritical } from "./t-f.ts"
import type { TwoStageFit } from "./two-stage.ts"

/**
 * Inference that holds however weak the instruments are: Anderson and Rubin's (1949) Wald test that the instruments have no coefficients in the reduced form of y, as
 * chi-squared and as F with ivreg2's factor, and its confidence set; Stock and Wright's (2000) S, its LM form, with the moments' variance where y is regressed on the exogenous regressors alone; for one regressor and one instrument the tF interval.
 */
export const weakRobustTests = (fit: TwoStageFit, equation: Instrumented): ReadonlyArray<Test> => {
  const { K1, L, L1, df2, exogenous, fOf, large, moments, residuals, y, z } = equation
  const wald = scoreStatistic(moments, z, y, residuals.y)
  // ivreg2 has the exogenous regressors among the moments, whose own are zero.
  const lm = scoreStatistic(moments, [...z, ...exogenous], y, y)
  const f = fOf(wald, L1)
  const hypothesis = `H0: ${K1 === 1 ? "the endogenous regressor's coefficient is" : "the endogenous regressors' coefficients are"} zero; robust to weak instruments, ${moments.name}`
  const variant = `ivreg2, ${moments.name}`
  const chi2 = (name: string, statistic: number | undefined, columns: number): Test => ({
    test: name,
    variant,
    statistic: statistic === undefined ? undefined : statistic * large,
    df: L1,
    pValue: statistic === undefined ? undefined : chi2Upper(statistic * large, L1),
    note: statistic === undefined ? singularNote(equation, columns) : hypothesis
  })
  return [
    chi2("anderson_rubin_wald", wald, L1),
    {
      test: "anderson_rubin_f",
      variant,
      statistic: f,
      df: L1,
      df2,
      pValue: f === undefined ? undefined : fUpper(f, L1, df2),
      note: f === undefined ? singularNote(equation, L1) : `${hypothesis}, with ivreg2's small-sample factor`
    },
    chi2("stock_wright_s", lm, L),
    ...andersonRubinSet(equation, fit.level, fit.coefficients[0]!, fit.inference.stdError[0]!),
    ...tfRows(fit, equation)
  ]
}

/** The tF standard error and 95% interval: b -+ c(F) se, se c(F)/1.96 being the standard error to print. */
const tfRows = (fit: TwoStageFit, equation: Instrumented): ReadonlyArray<Test> => {
  if (equation.K1 > 1 || equation.L1 > 1 || equation.exact) return []
  const f = equation.fOf(rankTest(equation).wald, 1)
  const [b, se] = [fit.coefficients[0]!, fit.inference.stdError[0]!]
  const base = { test: "tf", df: undefined, pValue: undefined }
  const critical = f === undefined ? undefined : tfCritical(f)
  if (critical === undefined)
    return [
      {
        ...base,
        variant: "no bounded interval",
        statistic: undefined,
        note: "the first-stage F is below 4, where the tF table ends: no t test holds its level; read the Anderson-Rubin set"
      }
    ]
  const note =
    "level 5%, one regressor and one instrument (Lee, McCrary, Moreira and Porter 2022, table 3), by the Kleibergen-Paap F; critical: of |t|, in place of 1.96"
  return [
    { ...base, variant: "standard error", statistic: (se * critical) / ORDINARY, critical, note },
    { ...base, variant: "95% interval, lower bound", statistic: b - critical * se, critical, note },
    { ...base, variant: "95% interval, upper bound", statistic: b + critical * se, critical, note }
  ]
}
