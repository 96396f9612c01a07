import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { fe2sls } from "../../../stages/models/fe-2sls.ts"
import { difference, oracle } from "../../econometrics/produc.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", endogenous: "lpcap", controls: ["lpc", "lemp", "unemp"] }

describe("stage fe-2sls", () => {
  it.effect("instruments with the year before unless told otherwise, and gives both stages and the tests", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(fe2sls, { panel: statesPanel() }, params)
      const r = oracle("linear-fe-2sls").just
      const { coefficients, glance, tests } = outputs
      expect(column(coefficients, "equation")).toEqual([...Array(4).fill("lpcap"), ...Array(4).fill("lgsp")])
      expect(column(coefficients, "term")).toEqual(["L.lpcap", "lpc", "lemp", "unemp", "lpcap", "lpc", "lemp", "unemp"])
      expect(difference(numbers(coefficients, "std_error"), [...r.first_se, ...r.se])).toBeLessThan(1e-8)
      expect(column(glance, "equation")).toEqual(["lpcap", "lgsp"])
      expect(column(tests, "test")).toContain("kp_rk_lm")
      const hansen = (column(tests, "test") as ReadonlyArray<string>).indexOf("hansen_j")
      expect(numbers(tests, "statistic")[hansen]).toBeNaN()
      expect(column(tests, "note")[hansen]).toBe("exactly identified: no test of instrument validity")
      expect(warnings.map(({ code }) => code)).toEqual(["rows-dropped"])
    })
  )
  it.effect("an instrument that year effects explain is a failure that says what to do", () =>
    Effect.gen(function* () {
      const panel = statesPanel({ time: Float64Array.from({ length: 816 }, (_, i) => i % 17) })
      const failure = yield* Effect.flip(runStage(fe2sls, { panel }, { ...params, instruments: ["time"] }))
      expect(String((failure as Error).message)).toMatch(
        /time: entity and year effects and exogenous regressors explain every instrument.*give another instrument/
      )
    })
  )
})
