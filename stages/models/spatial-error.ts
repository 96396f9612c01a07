import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialErrorModel } from "../../src/econometrics/spatial/models/spatial-error-model.ts"
import { Estimates, Glance, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { glanceOf } from "./model-tables.ts"
import { fitStatistics, readEffectsModel, spatialEstimates, spatialGlance, spatialParams } from "./spatial-model.ts"

const SpatialErrorParams = Schema.Struct(spatialParams)

/** The spatial error model (SEM) with entity and year effects by maximum likelihood. A regressor's coefficient is its effect. */
export const spatialError = Stage.make("spatial-error", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialErrorParams,
  output: { coefficients: Estimates, glance: Glance },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readEffectsModel(panel, links, params)
      const fit = yield* attempt(() => spatialErrorModel(model.weights, model.data, params.correction))
      return {
        coefficients: spatialEstimates([{ equation: params.dependent, fit }], params.level),
        glance: glanceOf([spatialGlance("spatial error model (SEM)", params.dependent, model, fitStatistics(fit), params)])
      }
    })
})
