import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { effectsMatrix as matrixOf } from "../../src/econometrics/spatial/effects/effects-matrix.ts"
import { spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { EffectsMatrix, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { matrixTable } from "./matrix-table.ts"
import { fitParams, mlOptions, modelName } from "./spatial-fit-params.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const EffectsMatrixParams = Schema.Struct({
  ...fitParams,
  /** The regressor whose effects are given; by default the first. */
  of: Schema.optionalKey(Term)
})

/**
 * Who spills onto whom: all N x N effects of one regressor of a spatial model (as `spatial-model` estimates it), (I - rho W)^-1 (b I + theta W). The mean of the
 * own effects is the direct effect, the mean of each entity's received sum the total.
 */
export const effectsMatrix = Stage.make("effects-matrix", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: EffectsMatrixParams,
  output: EffectsMatrix,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const of = params.of ?? params.regressors[0]
      const { fit, matrix } = yield* attempt(() => {
        const fitted = spatialMl(model, mlOptions(params))
        return { fit: fitted, matrix: matrixOf(fitted, of) }
      })
      yield* warnAll(fit.warnings)
      return matrixTable(model.weights.entities, matrix, of, modelName(fit))
    })
})
