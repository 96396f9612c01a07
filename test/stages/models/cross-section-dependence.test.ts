import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { crossSectionDependence } from "../../../stages/models/cross-section-dependence.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, nestedLinks, statesPanel } from "../spatial-inputs.ts"

const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp"], controls: ["unemp"] }
const GLOBAL = ["cd", "breusch_pagan_lm", "scaled_lm", "mean_correlation", "mean_absolute_correlation", "bias_corrected_lm"]

describe("stage cross-section-dependence", () => {
  it.effect("tests all pairs of entities without weights", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(crossSectionDependence, { panel: statesPanel, weights: [] }, params)
      expect(column(outputs["output"], "test")).toEqual(GLOBAL)
      expect(column(outputs["output"], "variant")).toEqual(Array(6).fill("individual"))
      expect(column(outputs["output"], "note")[0]).toMatch(/^individual residuals, 1128 pairs of entities; H0: no cross-section dependence/)
      expect(numbers(outputs["output"], "p_value").map(Number.isNaN)).toEqual([false, false, false, true, true, false])
      expect(warnings).toEqual([])
    })
  )
  it.effect("tests near pairs by each of the weights, of each kind of residuals, and warns of period effects", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(
        crossSectionDependence,
        { panel: statesPanel, weights: [contiguityLinks, nestedLinks] },
        { ...params, residuals: ["two-way", "by-entity"] }
      )
      const local = GLOBAL.slice(0, 5).map((test) => `${test}_local`)
      expect(column(outputs["output"], "test")).toEqual([...GLOBAL, ...local, ...local, ...GLOBAL.slice(0, 5), ...local, ...local])
      expect(column(outputs["output"], "variant")[6]).toBe("two-way, test")
      const statistics = numbers(outputs["output"], "statistic")
      // Under nested weights every pair is linked: local and global are one.
      expect(statistics[11]).toBeCloseTo(statistics[0]!, 9)
      expect(statistics[6]).not.toBeCloseTo(statistics[0]!, 1)
      expect(warnings.map(({ code }) => code)).toEqual(["cd-period-effects"])
    })
  )
})
