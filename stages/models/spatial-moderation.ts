import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { spatialModeration as fitModeration } from "../../src/econometrics/spatial/paths/spatial-moderation.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { effectsBy } from "./effects-table.ts"
import { moderationParams } from "./mediation-params.ts"
import { controlsParam, InteractionForm, inferenceParams, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, testsOf } from "./model-tables.ts"
import { moderatorValueRows } from "./moderator-value-rows.ts"
import { likelihoodParams, mlOptions, spatialGlance, specificationParams } from "./spatial-fit-params.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { spilloverParams } from "./spillovers.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const SpatialModerationParams = Schema.Struct({
  outcome: Term,
  treatment: Term,
  moderator: moderationParams.moderator,
  ...controlsParam,
  values: moderationParams.values,
  /** What the product term multiplies. */
  form: InteractionForm,
  ...specificationParams,
  ...likelihoodParams,
  ...spilloverParams,
  level: inferenceParams.level,
  ...sampleParams
})

/**
 * Spillovers at values of a moderator: a spatial model of the outcome on treatment, moderator, their product and the controls, with their spatial lags where
 * the specification has them (the Durbin model by default); direct, indirect and total effects of the treatment where the moderator has a value in every entity,
 * and their differences between values.
 */
export const spatialModeration = Stage.make("spatial-moderation", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialModerationParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests, effects: Effects },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { controls, draws, form, moderator, outcome, point, sample, spillovers, treatment, values, years } = params
      const model = yield* readSpatialModel(panel, links, {
        dependent: outcome,
        regressors: [treatment, moderator],
        controls,
        ...(years === undefined ? {} : { years })
      })
      const variable = (name: string) => model.regressors.find((one) => one.name === name)!
      const seed = spillovers === "simulation" ? yield* Stage.seed : 0
      const found = yield* attempt(() =>
        fitModeration(
          {
            weights: model.weights,
            outcome: model.dependent,
            treatment: variable(treatment),
            moderator: variable(moderator),
            controls: controls.map(variable)
          },
          { ...mlOptions(params), form, values, method: spillovers, draws, point, seed }
        )
      )
      yield* warnAll(found.warnings)
      return {
        coefficients: estimatesOf([{ equation: outcome, inference: found.fit.inference }]),
        glance: glanceOf([spatialGlance(outcome, found.fit, sample)]),
        tests: testsOf(moderatorValueRows(found.values, moderator)),
        effects: effectsBy(found.method, found.effects)
      }
    })
})
