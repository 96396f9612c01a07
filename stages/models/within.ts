import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { within as fitWithin } from "../../src/econometrics/regression/within.ts"
import { interaction } from "../../src/econometrics/sample/interaction.ts"
import { Estimates, Glance, Panel, StandardErrors } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, InteractionForm, inferenceParams, missingParam, sampleParams, weightsParam } from "./model-params.ts"
import { estimatesOf, glanceOf, withinGlance } from "./model-tables.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { Term } from "./term.ts"
import { varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"

export const WithinParams = Schema.Struct({
  dependent: Term,
  /** The regressors that the model is about. */
  regressors: Schema.NonEmptyArray(Term),
  /** Products `a*b`, after the regressors; both constituents should be regressors or controls. */
  interactions: Schema.Array(Schema.Struct({ of: Schema.Tuple([Term, Term]), form: InteractionForm })).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  ...controlsParam,
  /** Terms without which the model has no sense: dropping one for collinearity is a failure, not a warning. Without it, the first regressor. */
  essential: Schema.optionalKey(Schema.Array(Schema.String)),
  ...weightsParam,
  ...inferenceParams,
  ...sampleParams,
  ...missingParam
})

/** Two-way fixed effects (eq. 1): entity and year effects absorbed, standard errors clustered by entity, the constant as Stata's `xtreg, fe` defines it. */
export const within = Stage.make("within", {
  inputs: { panel: Panel },
  params: WithinParams,
  output: { coefficients: Estimates, glance: Glance, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, interactions, level, regressors, sample, smallSample, tolerance, variance, weights } = params
      const design = yield* readDesign(
        panel,
        [dependent, ...regressors, ...interactions.flatMap(({ of }) => of), ...controls, ...varianceTerms(variance, weights)],
        params
      )
      const products = interactions.map(({ form, of: [a, b] }) => interaction(design.variable(a), design.variable(b), form))
      const x = [...design.variables(regressors), ...products, ...design.variables(controls)]
      const essential = params.essential ?? [regressors[0]]
      const fit = yield* attempt(() =>
        fitWithin(
          { index: design.index, dependent: design.variable(dependent), regressors: x, ...varianceColumns(design, variance, weights) },
          { variance: varianceNamed(variance), smallSample, level, tolerance, essential }
        )
      )
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: dependent, inference: fit.inference }]),
        glance: glanceOf([withinGlance(dependent, fit, sample)]),
        variances: standardErrorsOf([{ equation: dependent, fit }], level)
      }
    })
})
