import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialLagModel } from "../../src/econometrics/spatial/models/spatial-lag-model.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { glanceOf } from "./model-tables.ts"
import { effectsParams, spatialEffects } from "./spatial-effects-table.ts"
import { fitStatistics, readEffectsModel, spatialEstimates, spatialGlance, spatialParams } from "./spatial-model.ts"

const SpatialLagParams = Schema.Struct({ ...spatialParams, ...effectsParams })

/** The spatial lag model (SAR) with entity and year effects by maximum likelihood, and its effects. */
export const spatialLag = Stage.make("spatial-lag", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialLagParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readEffectsModel(panel, links, params)
      const fit = yield* attempt(() => spatialLagModel(model.weights, model.data, params.correction))
      return {
        coefficients: spatialEstimates([{ equation: params.dependent, fit }], params.level),
        glance: glanceOf([spatialGlance("spatial lag model (SAR)", params.dependent, model, fitStatistics(fit), params)]),
        effects: yield* spatialEffects(model, fit, params)
      }
    })
})
