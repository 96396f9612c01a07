import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { panelFactors } from "../../src/econometrics/effects/panel-absorption.ts"
import { hausman as testHausman } from "../../src/econometrics/random-effects/hausman.ts"
import { randomEffects as fitRandomEffects } from "../../src/econometrics/random-effects/random-effects.ts"
import { within } from "../../src/econometrics/regression/within.ts"
import { Estimates, Glance, Panel, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, randomEffectsParams, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, randomEffectsGlance, testsOf, withinGlance } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

export const HausmanParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  /** The alternative's random effects: one-way, with year dummies in both models (Stata's `xtreg`), or two-way. */
  ...randomEffectsParams,
  level: inferenceParams.level,
  tolerance: inferenceParams.tolerance,
  ...sampleParams,
  ...missingParam
})

/**
 * Two-way fixed effects against Swamy-Arora random effects: the classical Hausman test, its sigmamore and sigmaless forms, and Mundlak's cluster-robust one; both
 * models' estimates with iid variance.
 */
export const hausman = Stage.make("hausman", {
  inputs: { panel: Panel },
  params: HausmanParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests },
  run: ({ panel }, { components, controls, dependent, level, missing, randomEffects, regressors, sample, tolerance, years }) =>
    Effect.gen(function* () {
      const design = yield* readDesign(panel, [dependent, ...regressors, ...controls], { years, missing })
      const y = design.variable(dependent)
      const x = design.variables([...regressors, ...controls])
      const { fixed, random, test } = yield* attempt(() => {
        const fe = within({ index: design.index, dependent: y, regressors: x }, { variance: "iid", level, tolerance })
        const model = { dependent: y, regressors: x, ...panelFactors(design.index), effects: randomEffects, yearDummies: randomEffects === "one-way" }
        const re = fitRandomEffects(model, { components, level, tolerance })
        return { fixed: fe, random: re, test: testHausman(fe, re) }
      })
      yield* warnAll([...fixed.warnings, ...random.warnings, ...test.warnings])
      return {
        coefficients: estimatesOf([
          { equation: "fixed effects", inference: fixed.inference },
          { equation: "random effects", inference: random.inference }
        ]),
        glance: glanceOf([withinGlance("fixed effects", fixed, sample), randomEffectsGlance("random effects", random, sample)]),
        tests: testsOf(test.tests)
      }
    })
})
