import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { mediationMatrix } from "../../src/econometrics/spatial/paths/mediation-matrix.ts"
import { spatialMediation } from "../../src/econometrics/spatial/paths/spatial-mediation.ts"
import { EffectsMatrix, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { matrixTable } from "./matrix-table.ts"
import { modelName } from "./spatial-fit-params.ts"
import { equationOptions, readSpatialMediation, spatialMediationParams } from "./spatial-mediation-params.ts"
import { warnAll } from "./warn-all.ts"

const SpatialMediationMatrixParams = Schema.Struct({
  ...spatialMediationParams,
  /** Effects of the treatment through the mediator, past it, or by both. */
  path: Schema.Literals(["through", "past", "both"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("through" as const)))
})

/** Who spills onto whom in a mediation (as `spatial-mediation` estimates it): all N x N effects of the treatment in one entity on the outcome in another, by a path. */
export const spatialMediationMatrix = Stage.make("spatial-mediation-matrix", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialMediationMatrixParams,
  output: EffectsMatrix,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialMediation(panel, links, params)
      const { mediator, outcome, path, treatment } = params
      const { found, matrix } = yield* attempt(() => {
        const fit = spatialMediation(model, { ...equationOptions(params), method: "delta" })
        return { found: fit, matrix: mediationMatrix(fit, treatment, path) }
      })
      yield* warnAll(found.warnings)
      const term = { through: `${treatment} -> ${mediator} -> ${outcome}`, past: `${treatment} -> ${outcome}`, both: treatment }[path]
      const models = [...new Set([found.mediator, found.outcome].map(modelName))].join("; ")
      return matrixTable(model.weights.entities, matrix, term, models)
    })
})
