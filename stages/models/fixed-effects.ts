import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { panelFactors } from "../../src/econometrics/effects/panel-absorption.ts"
import { fixedEffects as fitFixedEffects } from "../../src/econometrics/regression/fixed-effects.ts"
import type { Factor } from "../../src/econometrics/sample/factor.ts"
import { interaction } from "../../src/econometrics/sample/interaction.ts"
import { Estimates, Glance, Panel, StandardErrors } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { estimatesOf, fixedEffectsGlance, glanceOf } from "./model-tables.ts"
import { standardErrorsOf } from "./standard-errors.ts"
import { groupsOf, groupTerms, varianceColumns, varianceNamed, varianceTerms } from "./variance-terms.ts"
import { warnAll } from "./warn-all.ts"
import { WithinParams } from "./within.ts"

export const FixedEffectsParams = Schema.Struct({
  ...WithinParams.fields,
  /** What is absorbed: `entity`, `year`, and variables of the panel whose values are groups. With none, the model has a constant. */
  effects: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed(["entity", "year"])))
})

/**
 * A regression with any number of absorbed effects, singletons of any of them left out: entity effects alone, entity and region-by-year effects, none at all.
 * Standard errors are by default clustered by the first effect (without effects: HC1). For entity and year effects `within` gives the constant besides.
 */
export const fixedEffects = Stage.make("fixed-effects", {
  inputs: { panel: Panel },
  params: FixedEffectsParams,
  output: { coefficients: Estimates, glance: Glance, variances: StandardErrors },
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      const { controls, dependent, effects, interactions, level, regressors, sample, smallSample, tolerance, weights } = params
      const repeated = effects.filter((name, i) => effects.indexOf(name) !== i)
      if (repeated.length > 0)
        return yield* StageFailure.of("repeated-effect", `effects: ${[...new Set(repeated)].join(", ")} twice; each factor is absorbed once`, {
          parameter: "effects"
        })
      // Without effects there is none to cluster by: what the default would mean.
      const variance = params.variance === "cluster" && effects.length === 0 ? "HC1" : params.variance
      const own = effects.filter((name) => name !== "entity" && name !== "year")
      const others = [...new Set([...own, ...varianceTerms(variance, weights)])]
      const design = yield* readDesign(panel, [dependent, ...regressors, ...interactions.flatMap(({ of }) => of), ...controls, ...others], params)
      const products = interactions.map(({ form, of: [a, b] }) => interaction(design.variable(a), design.variable(b), form))
      const keys = panelFactors(design.index)
      const ofPanel: Readonly<Record<string, Factor>> = { entity: keys.entity, year: keys.year }
      const named = (name: string): Factor => ofPanel[name] ?? groupsOf(design, [name])[0]!
      const fit = yield* attempt(() =>
        fitFixedEffects(
          {
            dependent: design.variable(dependent),
            regressors: [...design.variables(regressors), ...products, ...design.variables(controls)],
            effects: effects.map(named),
            ...varianceColumns(design, variance, weights),
            groups: ["entity", "year", ...groupTerms(variance)].filter((name) => !effects.includes(name)).map(named)
          },
          { variance: varianceNamed(variance), smallSample, level, tolerance, essential: params.essential ?? [regressors[0]] }
        )
      )
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: dependent, inference: fit.inference }]),
        glance: glanceOf([fixedEffectsGlance(dependent, fit, sample)]),
        variances: standardErrorsOf([{ equation: dependent, fit }], level)
      }
    })
})
