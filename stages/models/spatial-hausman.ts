import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialRandomEffects } from "../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { spatialHausman as contrast, robustSpatialHausman, type SpatialHausman } from "../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { estimatesOf, glanceOf, testsOf } from "./model-tables.ts"
import { likelihoodParams, spatialGlance } from "./spatial-fit-params.ts"
import { readSpatialModel, spatialParams } from "./spatial-inputs.ts"
import { randomParams } from "./spatial-random-effects.ts"
import { spatialRandomGlance } from "./spatial-random-glance.ts"
import { warnAll } from "./warn-all.ts"

const SpatialHausmanParams = Schema.Struct({
  ...spatialParams,
  ...randomParams,
  specification: Schema.Literals(["sdm", "sar", "sem", "sdem", "sac"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("sdm" as const))),
  /** With year effects in both models, or a constant beside the random effects. */
  effects: Schema.Literals(["two-way", "individual"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("two-way" as const))),
  correction: likelihoodParams.correction,
  /** The test robust to dependence within entities, of sar and sdm: rho's score as a quadratic form, as sums of entities' rows (xsmle), or no such test. */
  robust: Schema.Literals(["quadratic-forms", "entity-sums", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("quadratic-forms" as const)))
})

const row = (test: string, variant: string, found: SpatialHausman, what: string): Test => ({
  test,
  variant,
  statistic: found.statistic,
  df: found.df,
  pValue: found.pValue,
  note: `contrast of ${found.terms.length} parameters (${found.terms.join(", ")}); ${what} has rank ${found.df} and, in standard errors of the fixed effects, eigenvalues from ${found.eigenvalues[0]!.toPrecision(3)} to ${found.eigenvalues.at(-1)!.toPrecision(3)}`
})

/**
 * Hausman's test of random against fixed entity effects in a spatial model, both by maximum likelihood with the same correction: the contrast of slopes, spatial
 * lags, rho and lambda, weighed by the difference of the variances, and by its own variance from the stacked scores (`spatial_hausman_robust`). The coefficients
 * of both are its equations `fixed effects` and `random effects`.
 */
export const spatialHausman = Stage.make("spatial-hausman", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialHausmanParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { correction, effects, errors, level, robust, sample, specification } = params
      const model = yield* readSpatialModel(panel, links, params)
      const { fixed, random, robustly, test } = yield* attempt(() => {
        const fe = spatialMl(model, { specification, effects, correction, level, variance: "expected" })
        const re = spatialRandomEffects(model, {
          specification,
          errors,
          level,
          variance: "expected",
          ...(effects === "two-way" ? { yearDummies: true, correction } : { yearDummies: false })
        })
        const hasRobust = robust !== "none" && (specification === "sdm" || specification === "sar")
        return { fixed: fe, random: re, test: contrast(fe, re), robustly: hasRobust ? robustSpatialHausman(model, fe, re, robust) : undefined }
      })
      yield* warnAll([...fixed.warnings, ...random.warnings, ...test.warnings, ...(robustly?.warnings ?? [])])
      return {
        coefficients: estimatesOf([
          { equation: "fixed effects", inference: fixed.inference },
          { equation: "random effects", inference: random.inference }
        ]),
        glance: glanceOf([spatialGlance("fixed effects", fixed, sample), spatialRandomGlance("random effects", random, sample)]),
        tests: testsOf([
          row("spatial_hausman", correction, test, "the variance difference"),
          ...(robustly === undefined
            ? []
            : [row("spatial_hausman_robust", `${correction}, stacked scores by entity: ${robust}`, robustly, "the contrast's variance")])
        ])
      }
    })
})
