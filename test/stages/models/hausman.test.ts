import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { hausman } from "../../../stages/models/hausman.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }

describe("stage hausman", () => {
  it.effect("compares with xtreg's one-way random effects unless told otherwise, and tells where the difference is not definite", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(hausman, { panel: statesPanel() }, params)
      expect(column(outputs["tests"], "test")).toEqual(["hausman", "hausman_sigmamore", "hausman_sigmaless", "mundlak", "mundlak_chi2"])
      expect(numbers(outputs["tests"], "statistic")[0]!.toFixed(1)).toBe("38.6")
      expect(column(outputs["glance"], "equation")).toEqual(["fixed effects", "random effects"])
      expect(warnings.map(({ code }) => code)).toEqual(["hausman-not-definite"])
      const two = yield* runStage(hausman, { panel: statesPanel() }, { ...params, randomEffects: "two-way" })
      expect(numbers(two.outputs["tests"], "statistic")[0]!.toFixed(1)).toBe("47.6")
    })
  )
  it.effect("fails in words where the between regression has no degrees of freedom", () =>
    Effect.gen(function* () {
      const few = statesPanel(
        {},
        Array.from({ length: 816 - 4 * 17 }, (_, i) => i + 4 * 17)
      )
      const failure = yield* Effect.flip(runStage(hausman, { panel: few }, params))
      expect(String((failure as Error).message)).toMatch(/4 means by entity on 4 coefficients/)
    })
  )
})
