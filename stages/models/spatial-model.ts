import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { type SpatialFit, spatialMl } from "../../src/econometrics/spatial/models/spatial-ml.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../../src/econometrics/spatial/models/specification.ts"
import type { ChiSquaredTest } from "../../src/econometrics/spatial/tests/chi-squared-test.ts"
import { likelihoodRatio, waldError, waldLag } from "../../src/econometrics/spatial/tests/nested-models.ts"
import { Effects, Estimates, Glance, Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { estimatesOf, glanceOf, testsOf } from "./model-tables.ts"
import { correctionName, fitParams, mlOptions, spatialGlance } from "./spatial-fit-params.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { spilloverParams, spilloversOf } from "./spillovers.ts"
import { warnAll } from "./warn-all.ts"

const SpatialModelParams = Schema.Struct({ ...fitParams, ...spilloverParams })

/** The models that each reduces to, whose likelihood its own is held against. */
const NESTED: Readonly<Record<SpatialSpecification, ReadonlyArray<SpatialSpecification>>> = {
  ols: [],
  slx: ["ols"],
  sar: ["ols"],
  sem: ["ols"],
  sdm: ["sar", "sem"],
  sdem: ["sem", "slx"],
  sac: ["sar", "sem"],
  gns: ["sdm", "sdem", "sac"]
}

/** Wald's and likelihood-ratio tests of whether a fit reduces to a smaller model of the same data, by the same likelihood. */
const testsAgainst = (fit: SpatialFit, nested: ReadonlyArray<SpatialFit>): ReadonlyArray<Test> => {
  const variant = correctionName(fit)
  const row = (test: string, { df, pValue, statistic }: ChiSquaredTest, note: string): Test => ({ test, variant, statistic, df, pValue, note })
  const smaller = { slx: "ols", sdm: "sar", sdem: "sem", gns: "sac" } as Partial<Record<SpatialSpecification, string>>
  const own = smaller[fit.specification]
  const hasLags = fit.terms.some((term) => term.startsWith("W*"))
  const short = (specification: SpatialSpecification) => (specification === "ols" ? "model without spatial terms" : specification.toUpperCase())
  return [
    ...(own === undefined || !hasLags ? [] : [row(`wald_${own}`, waldLag(fit), "H0: theta = 0")]),
    ...(fit.specification === "sdm" && hasLags ? [row("wald_sem", waldError(fit), "H0: theta + rho beta = 0, by the delta method")] : []),
    ...nested.map((other) =>
      row(
        `lr_${other.specification}`,
        likelihoodRatio(fit, other),
        `lnL ${fit.logLikelihood.toFixed(3)} of the ${short(fit.specification)}, ${other.logLikelihood.toFixed(3)} of the ${short(other.specification)}`
      )
    )
  ]
}

/**
 * A spatial cross-section or panel model by maximum likelihood (eq. 10 is its `sdm`): coefficients (`W*x` the spatial lags'), direct, indirect and total
 * effects, and the tests of whether it reduces to a smaller model of the same data. `src/econometrics/spatial/models/spatial-ml.ts` has the likelihood.
 */
export const spatialModel = Stage.make("spatial-model", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: SpatialModelParams,
  output: { coefficients: Estimates, glance: Glance, effects: Effects, tests: Tests },
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const model = yield* readSpatialModel(panel, links, params)
      const { fit, tests } = yield* attempt(() => {
        const options = mlOptions(params)
        const fitted = spatialMl(model, options)
        const nested = NESTED[params.specification].map((specification) =>
          spatialMl(model, { ...options, specification, lagged: SPECIFICATIONS[specification].durbin ? options.lagged : undefined })
        )
        return { fit: fitted, tests: testsAgainst(fitted, nested) }
      })
      yield* warnAll(fit.warnings)
      return {
        coefficients: estimatesOf([{ equation: params.dependent, inference: fit.inference }]),
        glance: glanceOf([spatialGlance(params.dependent, fit, params.sample)]),
        effects: yield* spilloversOf(fit, params),
        tests: testsOf(tests)
      }
    })
})
