import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { infer } from "../../src/econometrics/linear/inference.ts"
import { weightsTrace } from "../../src/econometrics/spatial/models/correction-warnings.ts"
import { spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialRandomEffects } from "../../src/econometrics/spatial/models/spatial-random-effects.ts"
import { spatialHausman as contrast } from "../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { spatialLag } from "../../src/econometrics/spatial/weights/spatial-lag.ts"
import { Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { estimatesOf, glanceOf, testsOf } from "./model-tables.ts"
import { likelihoodParams, spatialGlance } from "./spatial-fit-params.ts"
import { readSpatialModel, spatialParams } from "./spatial-inputs.ts"
import { warnAll } from "./warn-all.ts"

const SpatialHausmanParams = Schema.Struct({ ...spatialParams, correction: likelihoodParams.correction })

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
      const { correction, level, sample } = params
      const model = yield* readSpatialModel(panel, links, params)
      const { fixed, random, test } = yield* attempt(() => {
        const fe = spatialMl(model, { specification: "sdm", effects: "two-way", correction, level })
        const columns = new Map(
          model.regressors.flatMap(({ name, values }) => [
            [name, values],
            [`W*${name}`, spatialLag(model.weights, values)]
          ])
        )
        const names = fe.terms.filter((term) => columns.has(term))
        const data = { dependent: model.dependent.values, regressors: names.map((name) => columns.get(name)!), names }
        const re = spatialRandomEffects(model.weights, data, correction)
        return { fixed: fe, random: re, test: contrast(fe, re.fit) }
      })
      yield* warnAll([...fixed.warnings, ...random.warnings, ...test.warnings])
      const { covariance, estimates, terms } = random.fit
      const diagonal = terms.map((_, i) => covariance[i * terms.length + i]!)
      const glance = spatialGlance("fixed effects", fixed, sample)
      return {
        coefficients: estimatesOf([
          { equation: "fixed effects", inference: fixed.inference },
          { equation: "random effects", inference: infer(terms, estimates, diagonal, undefined, level) }
        ]),
        glance: glanceOf([
          glance,
          {
            ...glance,
            equation: "random effects",
            model: "random-effects SDM, year effects, maximum likelihood",
            statistics: {
              entities: fixed.entities,
              years: fixed.periods,
              n_likelihood: random.statistics.observations,
              log_lik: random.statistics.logLikelihood,
              sigma2: random.statistics.sigma2,
              trace_w: weightsTrace(model.weights)
            }
          }
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
