import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { fe2sls as fitFe2sls } from "../../src/econometrics/fe-2sls.ts"
import { Estimates, Glance, Panel, Tests } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, sampleParams } from "./model-params.ts"
import { estimatesOf, type GlanceRow, glanceOf, smallSampleName, testsOf, varianceName } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

export const Fe2slsParams = Schema.Struct({
  dependent: Term,
  /** The endogenous regressor. */
  endogenous: VariableName,
  /** The excluded instruments; without it, the endogenous regressor of the year before. */
  instruments: Schema.optionalKey(Schema.NonEmptyArray(Term)),
  /** Exogenous regressors, in both stages. */
  ...controlsParam,
  ...inferenceParams,
  variance: Schema.Literals(["cluster", "iid"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("cluster" as const))),
  ...sampleParams,
  ...missingParam
})

/**
 * Two-stage least squares with entity and year effects. The estimates' equations are the dependent variable (second stage) and the endogenous
 * regressor (first stage); the tests are those of instruments and endogeneity, each with its convention.
 */
export const fe2sls = Stage.make("fe-2sls", {
  inputs: { panel: Panel },
  params: Fe2slsParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, endogenous, level, sample, tolerance, variance } = params
      const instruments = params.instruments ?? [`L.${endogenous}`]
      const design = yield* readDesign(panel, [dependent, endogenous, ...instruments, ...controls], params)
      const model = {
        dependent: design.variable(dependent),
        endogenous: design.variable(endogenous),
        exogenous: design.variables(controls),
        instruments: design.variables(instruments)
      }
      const fit = yield* attempt(() => fitFe2sls(design.index, model, { variance, level, tolerance }))
      yield* warnAll(fit.warnings)
      const row = (equation: string, stage: string, statistics: typeof fit.statistics): GlanceRow => ({
        equation,
        model: `FE-2SLS, ${stage} stage`,
        dependent: equation,
        variance: varianceName(variance),
        smallSample: smallSampleName(variance),
        sample,
        nobs: fit.nobs,
        statistics: {
          entities: fit.sample.absorber.index.entities.length,
          years: fit.sample.absorber.index.years.length,
          r_squared_within: statistics.rSquaredWithin,
          r_squared_within_two_way: statistics.rSquaredWithinTwoWay,
          sigma: statistics.sigma
        }
      })
      return {
        coefficients: estimatesOf([
          { equation: endogenous, inference: fit.firstStage },
          { equation: dependent, inference: fit.inference }
        ]),
        glance: glanceOf([row(endogenous, "first", fit.firstStageStatistics), row(dependent, "second", fit.statistics)]),
        tests: testsOf(fit.tests)
      }
    })
})
