import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { moderation as fitModeration, type ModerationFit } from "../../src/econometrics/mediation/moderation.ts"
import { Effects, Estimates, Glance, Panel, StandardErrors, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { effectsOf } from "./effects-table.ts"
import { mediationModel } from "./mediation-model.ts"
import { mediationParams, moderationParams } from "./mediation-params.ts"
import { InteractionForm, inferenceParams, missingParam, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, testsOf, withinGlance } from "./model-tables.ts"
import { moderatorValueRows } from "./moderator-value-rows.ts"
import { ranges } from "./ranges.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const ModerationParams = Schema.Struct({
  ...mediationParams,
  ...moderationParams,
  /** What the product terms multiply. */
  form: InteractionForm,
  ...inferenceParams,
  ...sampleParams,
  ...missingParam
})

const REGION = {
  all: "significant everywhere",
  none: "significant nowhere",
  inside: "significant between the roots",
  outside: "significant outside the roots"
} as const

const base = { df: undefined, pValue: undefined }

/** The Johnson-Neyman roots, or that there is nothing to look for. */
const regionRows = ({ region }: ModerationFit, form: string): ReadonlyArray<Test> => {
  if (region === undefined)
    return [{ ...base, test: "johnson_neyman", variant: "none", statistic: undefined, note: "the direct effect is not moderated, the same at every value" }]
  const { kind, observed, roots } = region
  const where = observed.length === 0 ? "nowhere in the observed range" : `in the observed range: ${ranges(observed)}`
  const row = {
    ...base,
    test: "johnson_neyman",
    variant: REGION[kind],
    note: `direct effect (Johnson-Neyman), interactions ${form}: the direct effect is significant ${where}`
  }
  return roots.length === 0 ? [{ ...row, statistic: undefined }] : roots.map((root) => ({ ...row, statistic: root }))
}

/** The moderator's values, the Johnson-Neyman roots, and the index of moderated mediation or why there is none, as rows of a Tests table. */
const rows = (fit: ModerationFit, moderator: string, form: string): ReadonlyArray<Test> => {
  const index = fit.effects.find(({ effect }) => effect === "index")
  return [
    ...moderatorValueRows(fit.values, moderator),
    ...regionRows(fit, form),
    {
      ...base,
      test: "moderated_mediation_index",
      variant: "Hayes",
      statistic: index?.estimate,
      pValue: index?.pValue,
      note:
        index === undefined
          ? "not defined: both stages are moderated, so that the indirect effect is not linear in the moderator; compare its values instead"
          : "the indirect effect's slope in the moderator; its interval is better taken from the bootstrap"
    }
  ]
}

/**
 * Moderated mediation with entity and year effects: eqs 5-9 as printed and the joint equation, named by their formulas without the controls
 * (`uic ~ coagglo*mi`, `ami ~ coagglo*mi + uic*mi`), or the two equations of a model in which only some paths are moderated; conditional direct and
 * indirect effects at values of the moderator, their differences, the index of moderated mediation where exactly one stage is moderated, and where the
 * direct effect is significant. `bootstrap` gives the intervals of the indirect ones.
 */
export const moderation = Stage.make("moderation", {
  inputs: { panel: Panel },
  params: ModerationParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests, effects: Effects, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, form, level, mediator, moderated, moderator, outcome, sample, smallSample, tolerance, treatment, values, variance } = params
      const design = yield* readDesign(panel, [outcome, treatment, mediator, moderator, ...controls, ...varianceTerms(variance)], params)
      const model = { ...mediationModel(design, params), moderator: design.variable(moderator), ...varianceColumns(design, variance) }
      const fit = yield* attempt(() =>
        fitModeration(model, {
          variance: varianceNamed(variance),
          smallSample,
          level,
          tolerance,
          form,
          moderated,
          values
        })
      )
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf(fit.equations.map(({ fit: { inference }, name }) => ({ equation: name, inference }))),
        glance: glanceOf(fit.equations.map(({ fit: equation, name }) => withinGlance(name, equation, sample))),
        tests: testsOf(rows(fit, moderator, form)),
        effects: effectsOf(fit.effects),
        variances: standardErrorsOf(
          fit.equations.map(({ fit: equation, name }) => ({ equation: name, fit: equation })),
          level
        )
      }
    })
})
