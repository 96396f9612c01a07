import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { hausman as testHausman } from "../../src/econometrics/hausman.ts"
import { Estimates, Glance, Panel, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { readDesign } from "./design.ts"
import { controlsParam, inferenceParams, missingParam, sampleParams } from "./model-params.ts"
import { estimatesOf, glanceOf, testsOf, withinGlance } from "./model-tables.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

export const HausmanParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  /** The alternative's random effects: entities', with year dummies in both models (Stata's `xtreg`); or entities' and years'. */
  randomEffects: Schema.Literals(["one-way", "two-way"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("one-way" as const))),
  level: inferenceParams.level,
  tolerance: inferenceParams.tolerance,
  ...sampleParams,
  ...missingParam
})

/** Fixed against Swamy-Arora random effects: the classical Hausman test, its sigmamore form, and Mundlak's cluster-robust one; both models' estimates with iid variance. */
export const hausman = Stage.make("hausman", {
  inputs: { panel: Panel },
  params: HausmanParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests },
  run: ({ panel }, { controls, dependent, level, missing, randomEffects, regressors, sample, tolerance, years }) =>
    Effect.gen(function* () {
      const design = yield* readDesign(panel, [dependent, ...regressors, ...controls], { years, missing })
      const x = design.variables([...regressors, ...controls])
      const fit = yield* attempt(() => testHausman(design.index, design.variable(dependent), x, { effects: randomEffects, level, tolerance }))
      yield* warnAll(fit.warnings)
      const fixed = withinGlance("fixed effects", fit.fixed, sample)
      return {
        coefficients: estimatesOf([
          { equation: "fixed effects", inference: fit.fixed.inference },
          { equation: "random effects", inference: fit.random }
        ]),
        glance: glanceOf([
          fixed,
          {
            ...fixed,
            equation: "random effects",
            model: randomEffects === "one-way" ? "one-way random effects, year dummies" : "two-way random effects",
            smallSample: "n - K, normal",
            statistics: {
              entities: fixed.statistics["entities"]!,
              years: fixed.statistics["years"]!,
              sigma: fit.randomSigma,
              theta: fit.components.theta.reduce((sum, v) => sum + v / fit.components.theta.length, 0),
              variance_idiosyncratic: fit.components.idiosyncratic,
              variance_entity: fit.components.entity,
              variance_year: fit.components.year
            }
          }
        ]),
        tests: testsOf(fit.tests)
      }
    })
})
