import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { panelFactors } from "../../src/econometrics/effects/panel-absorption.ts"
import { randomEffects as fitRandomEffects } from "../../src/econometrics/random-effects/random-effects.ts"
import { Estimates, Glance, Panel } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, randomEffectsParams, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, randomEffectsGlance } from "./model-tables.ts"
import { Term } from "./term.ts"
import { varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const RandomEffectsParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  ...randomEffectsParams,
  /** Dummies of the years beside one-way effects; without it, yes. */
  yearDummies: Schema.optionalKey(Schema.Boolean),
  ...inferenceParams,
  ...sampleParams,
  ...missingParam
})

/** Swamy-Arora random effects, one-way (year dummies as regressors) or two-way, standard errors clustered by entity: the regressors and the constant. */
export const randomEffects = Stage.make("random-effects", {
  inputs: { panel: Panel },
  params: RandomEffectsParams,
  output: { coefficients: Estimates, glance: Glance },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { components, controls, dependent, level, randomEffects: effects, regressors, sample, smallSample, tolerance, variance } = params
      const design = yield* readDesign(panel, [dependent, ...regressors, ...controls, ...varianceTerms(variance)], params)
      const model = {
        dependent: design.variable(dependent),
        regressors: design.variables([...regressors, ...controls]),
        ...panelFactors(design.index),
        effects,
        yearDummies: params.yearDummies ?? effects === "one-way",
        ...varianceColumns(design, variance)
      }
      const fit = yield* attempt(() => fitRandomEffects(model, { components, variance: varianceNamed(variance), smallSample, level, tolerance }))
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: dependent, inference: fit.inference }]),
        glance: glanceOf([randomEffectsGlance(dependent, fit, sample)])
      }
    })
})
