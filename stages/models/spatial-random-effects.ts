import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialRandomEffects as fitSpatialRandomEffects } from "../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { estimatesOf, glanceOf } from "./model-tables.ts"
import { fitParams } from "./spatial-fit-params.ts"
import { readSpatialModel, spatialParams } from "./spatial-inputs.ts"
import { spatialRandomGlance } from "./spatial-random-glance.ts"
import { spilloverParams, spilloversOf } from "./spillovers.ts"
import { warnAll } from "./warn-all.ts"

export const randomParams = {
  /** Of specifications with a spatial error: whether the entity effects are filtered with it (splm's "kkp"), or stand beside it (splm's "b"). */
  errors: Schema.Literals(["kapoor-kelejian-prucha", "baltagi-song-koh"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("kapoor-kelejian-prucha" as const)))
}

const SpatialRandomEffectsParams = Schema.Struct({
  ...spatialParams,
  ...randomParams,
  specification: fitParams.specification,
  lagged: fitParams.lagged,
  determinant: fitParams.determinant,
  /** Effects of years beside the entities', or a constant. */
  yearDummies: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true))),
  /** Of year effects: transformed away (Lee and Yu, the default), or uncorrected. */
  correction: Schema.optionalKey(Schema.Literals(["lee-yu", "none"])),
  /** expected and observed information; conditional: slopes as if rho, lambda and phi were known, as splm has it. */
  variance: Schema.optionalKey(Schema.Literals(["expected", "observed", "conditional"])),
  ...spilloverParams
})

/**
 * A spatial panel model with random entity effects by maximum likelihood: coefficients, the error's variances (`sigma2`, and `sigma2_entity` of the entity effects)
 * among them, and direct, indirect and total effects.
 */
export const spatialRandomEffects = Stage.make("spatial-random-effects", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialRandomEffectsParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const { correction, determinant, errors, lagged, level, specification, variance, yearDummies } = params
      const fit = yield* attempt(() => fitSpatialRandomEffects(model, { correction, determinant, errors, lagged, level, specification, variance, yearDummies }))
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: fit.dependent, inference: fit.inference }]),
        glance: glanceOf([spatialRandomGlance(fit.dependent, fit, params.sample)]),
        effects: yield* spilloversOf(fit, params)
      }
    })
})
