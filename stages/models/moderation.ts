import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/inference.ts"
import { moderation as fitModeration, type ModerationFit } from "../../src/econometrics/moderation.ts"
import { Effects, Estimates, Glance, Panel, StandardErrors, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { effectsOf } from "./effects-table.ts"
import { mediationParams, percentilesParam } from "./mediation-params.ts"
import { InteractionForm, inferenceParams, missingParam, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, testsOf, withinGlance } from "./model-tables.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { Term } from "./term.ts"
import { groupsOf, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const ModerationParams = Schema.Struct({
  ...mediationParams,
  moderator: Term,
  /** What the product terms multiply. */
  interactions: InteractionForm,
  ...percentilesParam,
  ...inferenceParams,
  ...sampleParams,
  ...missingParam
})

const ranges = (intervals: ReadonlyArray<readonly [number, number]>): string =>
  intervals.map(([from, to]) => `${from.toPrecision(4)} to ${to.toPrecision(4)}`).join(" and ")

const REGION = {
  all: "significant everywhere",
  none: "significant nowhere",
  inside: "significant between the roots",
  outside: "significant outside the roots"
} as const

/** The moderator's values, the Johnson-Neyman roots, and why there is no index of moderated mediation, as rows of a Tests table. */
const rows = (fit: ModerationFit, moderator: string, form: string): ReadonlyArray<Test> => {
  const base = { df: undefined, pValue: undefined }
  const { kind, observed, roots } = fit.region
  const where = observed.length === 0 ? "nowhere in the observed range" : `in the observed range: ${ranges(observed)}`
  const region = { ...base, test: "johnson_neyman", note: `direct effect (Johnson-Neyman), interactions ${form}: the direct effect is significant ${where}` }
  return [
    ...fit.values.map(({ percentile, value }) => ({
      ...base,
      test: "moderator_value",
      variant: `p${percentile}`,
      statistic: value,
      note: `${moderator} at percentile ${percentile} of the sample (type 6)`
    })),
    ...(roots.length === 0
      ? [{ ...region, variant: REGION[kind], statistic: undefined }]
      : roots.map((root) => ({ ...region, variant: REGION[kind], statistic: root }))),
    {
      ...base,
      test: "moderated_mediation_index",
      variant: "Hayes",
      statistic: undefined,
      note: "not defined: both stages are moderated, so that the indirect effect is not linear in the moderator; compare its values instead"
    }
  ]
}

/**
 * Moderated mediation with entity and year effects: eqs 5-9 as printed and the joint equation, named by their formulas without the controls
 * (`uic ~ coagglo*mi`, `ami ~ coagglo*mi + uic*mi`); conditional direct and indirect effects at percentiles of the moderator, their differences,
 * and where the direct effect is significant. `bootstrap` gives the intervals of the indirect ones.
 */
export const moderation = Stage.make("moderation", {
  inputs: { panel: Panel },
  params: ModerationParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests, effects: Effects, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, interactions, level, mediator, moderator, outcome, percentiles, sample, smallSample, tolerance, treatment, variance } = params
      const clusters = varianceTerms(variance)
      const design = yield* readDesign(panel, [outcome, treatment, mediator, moderator, ...controls, ...clusters], params)
      const model = {
        outcome: design.variable(outcome),
        treatment: design.variable(treatment),
        mediator: design.variable(mediator),
        moderator: design.variable(moderator),
        controls: design.variables(controls)
      }
      const fit = yield* attempt(() =>
        fitModeration(design.index, model, { variance, smallSample, groups: groupsOf(design, clusters), level, tolerance, form: interactions, percentiles })
      )
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf(fit.equations.map(({ fit: { inference }, name }) => ({ equation: name, inference }))),
        glance: glanceOf(fit.equations.map(({ fit: equation, name }) => withinGlance(name, equation, sample))),
        tests: testsOf(rows(fit, moderator, interactions)),
        effects: effectsOf(fit.effects),
        variances: standardErrorsOf(
          fit.equations.map(({ fit: equation, name }) => ({ equation: name, fit: equation })),
          level
        )
      }
    })
})
