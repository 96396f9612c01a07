import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { spatialErrorModel } from "../../src/econometrics/spatial/models/spatial-error-model.ts"
import { durbin, spatialLagModel } from "../../src/econometrics/spatial/models/spatial-lag-model.ts"
import { type ChiSquaredTest, likelihoodRatio, waldError, waldLag } from "../../src/econometrics/spatial/tests/nested-models.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { glanceOf, testsOf } from "./model-tables.ts"
import { effectsParams, spatialEffects } from "./spatial-effects-table.ts"
import { fitStatistics, readEffectsModel, spatialEstimates, spatialGlance, spatialParams } from "./spatial-model.ts"

const SpatialDurbinParams = Schema.Struct({ ...spatialParams, ...effectsParams })

/**
 * The spatial Durbin model (eq. 10) with entity and year effects by maximum likelihood: coefficients (`W*x` the spatial lags'), effects, and the
 * Wald and likelihood-ratio tests of whether it reduces to the SAR or the SEM of the same data, all by the same likelihood.
 */
export const spatialDurbin = Stage.make("spatial-durbin", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialDurbinParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects, tests: Tests },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { correction, dependent, level } = params
      const model = yield* readEffectsModel(panel, links, params)
      const { data, weights } = model
      const { error, lag, sdm, wald } = yield* attempt(() => {
        const fitted = spatialLagModel(weights, durbin(weights, data), correction)
        return {
          sdm: fitted,
          lag: spatialLagModel(weights, data, correction),
          error: spatialErrorModel(weights, data, correction),
          wald: { lag: waldLag(fitted), error: waldError(fitted) }
        }
      })
      const test = (name: string, { df, pValue, statistic }: ChiSquaredTest, note: string): Test => ({
        test: name,
        variant: correction,
        statistic,
        df,
        pValue,
        note
      })
      const likelihoods = (nested: string, value: number) => `lnL ${sdm.logLikelihood.toFixed(3)} of the SDM, ${value.toFixed(3)} of the ${nested}`
      return {
        coefficients: spatialEstimates([{ equation: dependent, fit: sdm }], level),
        glance: glanceOf([spatialGlance("spatial Durbin model (SDM)", dependent, model, fitStatistics(sdm), params)]),
        effects: yield* spatialEffects(model, sdm, params),
        tests: testsOf([
          test("wald_sar", wald.lag, "H0: theta = 0"),
          test("wald_sem", wald.error, "H0: theta + rho beta = 0, by the delta method"),
          test("lr_sar", likelihoodRatio(sdm, lag), likelihoods("SAR", lag.logLikelihood)),
          test("lr_sem", likelihoodRatio(sdm, error), likelihoods("SEM", error.logLikelihood))
        ])
      }
    })
})
