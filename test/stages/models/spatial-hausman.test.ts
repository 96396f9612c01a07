import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialHausman } from "../../../stages/models/spatial-hausman.ts"
import { expectClose, oracle } from "../../econometrics/spatial/spatial-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

describe("stage spatial-hausman", () => {
  it.effect("gives both models and the test, its contrast and rank told", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"] }
      const { outputs } = yield* runStage(spatialHausman, { panel: statesPanel, weights: contiguityLinks }, params)
      const { coefficients, glance, tests } = outputs
      expect(numbers(tests, "statistic")[0]! / oracle.hausman.contiguity.statistic).toBeCloseTo(1, 4)
      expect(numbers(tests, "df")).toEqual([9, 9])
      expect(column(tests, "test")).toEqual(["spatial_hausman", "spatial_hausman_robust"])
      expect((column(tests, "note") as ReadonlyArray<string>)[0]).toMatch(/contrast of 9 parameters \(lpcap, .*, rho\); the variance difference has rank 9/)
      expect(column(tests, "variant")).toEqual(["lee-yu", "lee-yu, stacked scores by entity: quadratic-forms"])
      expect(column(glance, "equation")).toEqual(["fixed effects", "random effects"])
      expectClose(numbers(coefficients, "estimate").slice(0, 10), oracle.lee_yu.contiguity.sdm.estimate, 1e-8)
      expectClose(numbers(coefficients, "estimate").slice(10, 20), oracle.random.contiguity.estimate.slice(0, 10), 1e-5)
      expect(column(coefficients, "term").at(-1)).toBe("sigma2_entity")
    })
  )
})
