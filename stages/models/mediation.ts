import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { mediation as fitMediation } from "../../src/econometrics/mediation/mediation.ts"
import { Effects, Estimates, Glance, Panel, StandardErrors } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { effectsOf } from "./effects-table.ts"
import { mediationModel } from "./mediation-model.ts"
import { mediationParams } from "./mediation-params.ts"
import { inferenceParams, missingParam, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, withinGlance } from "./model-tables.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const MediationParams = Schema.Struct({ ...mediationParams, ...inferenceParams, ...sampleParams, ...missingParam })

/**
 * Mediation by regressions with entity and year effects (eqs 1-4). Equations are named by their formulas without the controls: `ami ~ coagglo`,
 * `ami ~ uic`, `uic ~ coagglo`, `ami ~ coagglo + uic`. The indirect effect has Sobel's standard error here; `bootstrap` gives its intervals.
 */
export const mediation = Stage.make("mediation", {
  inputs: { panel: Panel },
  params: MediationParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, level, mediator, outcome, sample, smallSample, tolerance, treatment, variance } = params
      const design = yield* readDesign(panel, [outcome, treatment, mediator, ...controls, ...varianceTerms(variance)], params)
      const model = { ...mediationModel(design, params), ...varianceColumns(design, variance) }
      const fit = yield* attempt(() => fitMediation(model, { variance: varianceNamed(variance), smallSample, level, tolerance }))
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf(fit.equations.map(({ fit: { inference }, name }) => ({ equation: name, inference }))),
        glance: glanceOf(fit.equations.map(({ fit: equation, name }) => withinGlance(name, equation, sample))),
        effects: effectsOf(fit.effects),
        variances: standardErrorsOf(
          fit.equations.map(({ fit: equation, name }) => ({ equation: name, fit: equation })),
          level
        )
      }
    })
})
