import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { durbin, spatialLagModel } from "../../src/econometrics/spatial/models/spatial-lag-model.ts"
import { spatialRandomEffects } from "../../src/econometrics/spatial/models/spatial-random-effects.ts"
import { spatialHausman as contrast } from "../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { glanceOf, testsOf } from "./model-tables.ts"
import { fitStatistics, readEffectsModel, spatialEstimates, spatialGlance, spatialParams } from "./spatial-model.ts"
import { warnAll } from "./warn-all.ts"

const SpatialHausmanParams = Schema.Struct(spatialParams)

/**
 * Hausman's test of random against fixed entity effects in the SDM, year effects in both, both by maximum likelihood with the same correction:
 * the contrast of slopes, spatial lags and rho. The coefficients of both are its equations `fixed effects` and `random effects`.
 */
export const spatialHausman = Stage.make("spatial-hausman", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialHausmanParams,
  output: { coefficients: Estimates, glance: Glance, tests: Tests },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { correction, level } = params
      const model = yield* readEffectsModel(panel, links, params)
      const { fixed, random, test } = yield* attempt(() => {
        const data = durbin(model.weights, model.data)
        const fe = spatialLagModel(model.weights, data, correction)
        const re = spatialRandomEffects(model.weights, data, correction)
        return { fixed: fe, random: re, test: contrast(fe, re.fit) }
      })
      yield* warnAll([...random.warnings, ...test.warnings])
      return {
        coefficients: spatialEstimates(
          [
            { equation: "fixed effects", fit: fixed },
            { equation: "random effects", fit: random.fit }
          ],
          level
        ),
        glance: glanceOf([
          spatialGlance("fixed-effects SDM", "fixed effects", model, fitStatistics(fixed), params),
          spatialGlance("random-effects SDM", "random effects", model, random.statistics, params)
        ]),
        tests: testsOf([
          {
            test: "spatial_hausman",
            variant: correction,
            statistic: test.statistic,
            df: test.df,
            pValue: test.pValue,
            note: `contrast of ${test.terms.length} parameters (${test.terms.join(", ")}); the variance difference has rank ${test.df} and, in standard errors of the fixed effects, eigenvalues from ${test.eigenvalues[0]!.toPrecision(3)} to ${test.eigenvalues.at(-1)!.toPrecision(3)}`
          }
        ])
      }
    })
})
