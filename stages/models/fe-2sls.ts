import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { fe2sls as fitFe2sls } from "../../src/econometrics/instruments/fe-2sls.ts"
import { Estimates, Glance, Panel, StandardErrors, Tests } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, sampleParams, weightsParam } from "./model-params.ts"
import { conventionOf, estimatesOf, type GlanceRow, glanceOf, groupCounts, testsOf } from "./model-tables.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { Term } from "./term.ts"
import { varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const Fe2slsParams = Schema.Struct({
  dependent: Term,
  /** The endogenous regressor, or several. */
  endogenous: Schema.Union([VariableName, Schema.NonEmptyArray(VariableName)]),
  /** The excluded instruments; without it, the endogenous regressors of the year before. */
  instruments: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** Exogenous regressors, in both stages. */
  ...controlsParam,
  ...weightsParam,
  ...inferenceParams,
  ...sampleParams,
  ...missingParam
})

/**
 * Two-stage least squares with entity and year effects. The estimates' equations are the dependent variable (second stage) and the endogenous
 * regressors, one each (first stages); the tests are those of instruments and endogeneity, with the variance asked for, each with its convention.
 */
export const fe2sls = Stage.make("fe-2sls", {
  inputs: { panel: Panel },
  params: Fe2slsParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, level, sample, smallSample, tolerance, variance, weights } = params
      const endogenous = typeof params.endogenous === "string" ? [params.endogenous] : params.endogenous
      const instruments = params.instruments ?? endogenous.map((name) => `L.${name}`)
      const design = yield* readDesign(panel, [dependent, ...endogenous, ...instruments, ...controls, ...varianceTerms(variance, weights)], params)
      const model = {
        index: design.index,
        dependent: design.variable(dependent),
        endogenous: design.variables(endogenous),
        exogenous: design.variables(controls),
        instruments: design.variables(instruments),
        ...varianceColumns(design, variance, weights)
      }
      const fit = yield* attempt(() => fitFe2sls(model, { variance: varianceNamed(variance), smallSample, level, tolerance }))
      yield* warnAll(fit.warnings)
      const row = (
        equation: string,
        stage: string,
        { covariance, dfResidual }: Pick<typeof fit, "covariance" | "dfResidual">,
        statistics: typeof fit.statistics
      ): GlanceRow => ({
        equation,
        model: `FE-2SLS, ${stage} stage`,
        dependent: equation,
        variance: covariance.name,
        smallSample: conventionOf(covariance),
        sample,
        nobs: fit.nobs,
        statistics: {
          entities: fit.sample.absorption.index.entities.length,
          years: fit.sample.absorption.index.years.length,
          ...groupCounts(fit.groups),
          r_squared_within: statistics.rSquaredWithin,
          r_squared_within_two_way: statistics.rSquaredWithinTwoWay,
          sigma: statistics.sigma,
          df_residual: dfResidual
        }
      })
      return {
        coefficients: estimatesOf([
          ...fit.firstStages.map(({ inference }, j) => ({ equation: endogenous[j]!, inference })),
          { equation: dependent, inference: fit.inference }
        ]),
        glance: glanceOf([
          ...fit.firstStageStatistics.map((statistics, j) => row(endogenous[j]!, "first", fit.firstStages[j]!, statistics)),
          row(dependent, "second", fit, fit.statistics)
        ]),
        tests: testsOf(fit.tests),
        variances: standardErrorsOf(
          [...fit.firstStages.map((first, j) => ({ equation: endogenous[j]!, fit: first })), { equation: dependent, fit, instrumented: true }],
          level
        )
      }
    })
})
