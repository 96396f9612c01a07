import { readFileSync } from "node:fs"
import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialDynamic } from "../../../stages/models/spatial-dynamic.ts"
import { expectClose } from "../../econometrics/spatial/spatial-oracle.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel } from "../spatial-inputs.ts"

const { produc } = JSON.parse(readFileSync(new URL("../../oracle/spatial-dynamic.json", import.meta.url), "utf8"))
const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"] }

describe("stage spatial-dynamic", () => {
  it.effect("gives corrected and uncorrected coefficients, both horizons' effects, and says what was done", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialDynamic, inputs, params)
      const { coefficients, effects, glance } = outputs
      const reference = produc.twoways.sdm
      expectClose(numbers(coefficients, "estimate").slice(0, 12), reference.corrected, 1e-5)
      expectClose(numbers(coefficients, "estimate").slice(12), reference.estimate, 1e-5)
      expect(column(coefficients, "term").slice(0, 3)).toEqual(["L.lgsp", "W*L.lgsp", "lpcap"])
      expect(column(coefficients, "equation")[12]).toBe("uncorrected")
      expect(column(glance, "small_sample")).toEqual(["bias correction of Lee and Yu (2010)"])
      expect(numbers(glance, "nobs")).toEqual([48 * 16])
      expect(numbers(glance, "tau_eta_rho")[0]).toBeCloseTo(reference.stability, 6)
      expect(column(effects, "effect").slice(0, 3)).toEqual(["short-run direct", "short-run indirect", "short-run total"])
      expect(numbers(effects, "estimate")).toHaveLength(24)
      expect(numbers(effects, "estimate")[14]).toBeCloseTo(reference.long.total[0], 6)
      expect(warnings).toEqual([])
    })
  )
  it.effect("the first of the sample's years is only a lag, and what is not corrected is told", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialDynamic, inputs, { ...params, correction: "none", years: { from: 1975, to: 1986 } })
      expect(numbers(outputs["glance"], "years")).toEqual([11])
      expect(column(outputs["coefficients"], "equation")).not.toContain("uncorrected")
      expect(warnings.map(({ code }) => code)).toContain("incidental-effects-uncorrected")
    })
  )
})
