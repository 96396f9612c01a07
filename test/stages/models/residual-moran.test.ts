import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { residualMoran as residualMoranOf } from "../../../src/econometrics/spatial/tests/residual-moran.ts"
import { residualMoran } from "../../../stages/models/residual-moran.ts"
import { production, weights } from "../../econometrics/us-states.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

describe("stage residual-moran", () => {
  it.effect("gives I of the pooled residuals and its z", () =>
    Effect.gen(function* () {
      const [regressor, ...controls] = production.names
      const params = { dependent: "lgsp", regressors: [regressor], controls, alternative: "two-sided" }
      const { outputs } = yield* runStage(residualMoran, { panel: statesPanel, weights: contiguityLinks }, params)
      const table = outputs["output"]
      const model = {
        weights: weights.contiguity,
        dependent: { name: "lgsp", values: production.dependent },
        regressors: production.names.map((name, k) => ({ name, values: production.regressors[k]! }))
      }
      const reference = residualMoranOf(model, { alternative: "two-sided" })
      expect(column(table, "test")).toEqual(["residual_moran_z", "residual_moran"])
      expect(numbers(table, "statistic")[0]).toBeCloseTo(reference.z, 8)
      expect(numbers(table, "statistic")[1]).toBeCloseTo(reference.statistic, 10)
      expect(numbers(table, "p_value")[0]).toBeCloseTo(reference.pValue, 12)
    })
  )
})
