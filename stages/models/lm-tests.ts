import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import type { Test } from "../../src/econometrics/linear/inference.ts"
import { withoutCollinear } from "../../src/econometrics/spatial/models/spatial-fit.ts"
import type { LmTests } from "../../src/econometrics/spatial/tests/lm-tests.ts"
import { pooledLmTests } from "../../src/econometrics/spatial/tests/lm-tests-pooled.ts"
import { withinLmTests } from "../../src/econometrics/spatial/tests/lm-tests-within.ts"
import { Panel, SpatialWeights, Tests } from "../table-types.ts"
import { attempt } from "./attempt.ts"
import { controlsParam, yearsParam } from "./model-params.ts"
import { testsOf } from "./model-tables.ts"
import { readSpatialModel } from "./spatial-inputs.ts"
import { Term } from "./term.ts"
import { warnAll } from "./warn-all.ts"

const LmTestsParams = Schema.Struct({
  dependent: Term,
  regressors: Schema.NonEmptyArray(Term),
  ...controlsParam,
  ...yearsParam
})

const rowsOf = (variant: string, tests: LmTests, note: string): ReadonlyArray<Test> =>
  (
    [
      ["lm_lag", tests.lag],
      ["robust_lm_lag", tests.robustLag],
      ["lm_error", tests.error],
      ["robust_lm_error", tests.robustError]
    ] as const
  ).map(([test, { pValue, statistic }]) => ({ test, variant, statistic, df: 1, pValue, note }))

/**
 * Lagrange multiplier tests of spatial dependence: `within`, in the model with entity and year effects, and beside them `pooled`, as most
 * studies print them, with the warning that fixed effects alone make those reject.
 */
export const lmTests = Stage.make("lm-tests", {
  inputs: { panel: Panel, weights: SpatialWeights },
  params: LmTestsParams,
  output: Tests,
  run: ({ panel, weights: links }, params) =>
    Effect.gen(function* () {
      const { dependent, regressors, weights } = yield* readSpatialModel(panel, links, params)
      const data = { dependent: dependent.values, regressors: regressors.map(({ values }) => values), names: regressors.map(({ name }) => name) }
      const { pooled, warnings, within } = yield* attempt(() => {
        const independent = withoutCollinear(data, weights.entities.length)
        return { pooled: pooledLmTests(weights, data), within: withinLmTests(weights, independent.data), warnings: independent.warnings }
      })
      yield* warnAll([
        ...warnings,
        {
          code: "lm-pooled-rejects-fixed-effects",
          message:
            "the pooled LM tests ignore the entity effects and reject because of them, spatial dependence or not (43% to 99% of the time at a nominal 5% in the 31 x 19 panels of bench/spatial-simulation.ts): read the within version"
        }
      ])
      return testsOf([
        ...rowsOf("within", within, "two-way within residuals, centred scores (Debarsy and Ertur 2010)"),
        ...rowsOf("pooled", pooled, "pooled least squares residuals; rejects where there are entity effects")
      ])
    })
})
