import { Fault, resultOrFault } from "../fault.ts"
import type { Test } from "../linear/inference.ts"
import { regress } from "../linear/least-squares.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { covariance } from "../variance/variance.ts"
import { wasRepaired } from "../variance/variance-estimate.ts"
import { waldF } from "../variance/wald.ts"
import type { Instrumented } from "./instrumented.ts"
import type { TwoStageFit } from "./two-stage.ts"

/**
 * The regression-based test of endogeneity (Hausman 1978; Wooldridge 2010, section 6.3.1): y on the endogenous and exogenous regressors and the first stages' residuals
 * v; F test that v have no coefficients, with the variance and the small-sample convention of the fit (K counts v);
 * of several regressors under CR2 by HTZ.
 */
export const endogeneityTest = (fit: TwoStageFit, { exact }: Instrumented): Test => {
  const { covariance: made, columns, endogenous, firstStages } = fit
  const { exogenous, x, y } = columns
  const k = firstStages.length
  const base = { test: "endogeneity", variant: `regression-based, ${made.name}, ${made.smallSample.convention} factor`, df: k }
  const none = (note: string): Test => ({ ...base, statistic: undefined, pValue: undefined, note })
  if (exact) return none("not defined: the instruments fit a regressor exactly")
  const design = [...firstStages.map(({ residuals }) => residuals), ...x, ...exogenous]
  const auxiliary = regress(design, y, { weights: fit.weights?.values, tolerance: 0 })
  const linear: LinearFit = {
    ...fit,
    terms: [...endogenous.map((name) => `residuals of ${name}`), ...fit.terms],
    coefficients: auxiliary.coefficients,
    design,
    bread: auxiliary.bread,
    slopes: design.length,
    residuals: auxiliary.residuals
  }
  const estimated = resultOrFault(() => covariance(linear, made.variance, made.smallSample.convention))
  if (estimated instanceof Fault) return none(`not defined: ${estimated.message}`)
  const { df2, pValue, statistic } = waldF(
    auxiliary.coefficients,
    estimated,
    Array.from({ length: k }, (_, j) => j)
  )
  if (Number.isNaN(df2)) return none(`not defined: too few clusters for an F test of ${k} coefficients together under CR2`)
  if (Number.isNaN(statistic) || wasRepaired(estimated)) return none("not defined: the variance of the residuals' coefficients is not positive definite")
  return {
    ...base,
    statistic,
    df2,
    pValue,
    note:
      k === 1
        ? "H0: the regressor is exogenous: the first stage's residuals have no coefficient in the equation"
        : "H0: the regressors are exogenous: the first stages' residuals have no coefficients in the equation"
  }
}
