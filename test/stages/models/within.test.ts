import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { within } from "../../../stages/models/within.ts"
import { difference, oracle, usStates } from "../../econometrics/produc.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }

describe("stage within", () => {
  it.effect("gives tidy estimates and a glance, and reads only the columns that the model names", () =>
    Effect.gen(function* () {
      const { outputs, reads, warnings } = yield* runStage(within, { panel: statesPanel({ other: new Float64Array(816) }) }, params)
      const r = oracle("linear-within").balanced
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "lemp", "unemp", "(constant)"])
      expect(difference(numbers(outputs["coefficients"], "std_error"), [...r.se_cluster, r.constant_se])).toBeLessThan(1e-9)
      expect(numbers(outputs["glance"], "nobs")).toEqual([816])
      expect(warnings).toEqual([])
      expect(reads.filter((read) => read.includes("other") || read.endsWith("names"))).toEqual([])
      expect(reads.filter((read) => read.startsWith("panel column")).sort()).toEqual(
        ["entity", "lemp", "lgsp", "lpc", "lpcap", "unemp", "year"].map((name) => `panel column ${name}`)
      )
    })
  )
  it.effect("takes lags by year within the entity, before the years of the sample, and tells the rows that it cannot use", () =>
    Effect.gen(function* () {
      const lagged = { dependent: "lgsp", regressors: ["L.lpcap"] }
      const all = yield* runStage(within, { panel: statesPanel() }, lagged)
      expect(numbers(all.outputs["glance"], "nobs")).toEqual([768])
      expect(all.warnings).toEqual([{ code: "rows-dropped", message: "48 of 816 rows are not used for missing values (L.lpcap 48)" }])
      const late = yield* runStage(within, { panel: statesPanel() }, { ...lagged, years: { from: 1971, to: 1986 } })
      expect(late.warnings).toEqual([])
      expect(numbers(late.outputs["coefficients"], "estimate")).toEqual(numbers(all.outputs["coefficients"], "estimate"))
      // A hole in 1975 (row 5 of Alabama) leaves 1976 without a lag: by row it would get 1974's.
      const holed = yield* runStage(within, { panel: statesPanel({}, [5]) }, lagged)
      expect(numbers(holed.outputs["glance"], "nobs")).toEqual([766])
    })
  )
  it.effect("forms interactions of centred variables unless told otherwise: the product's slope stays, the main slopes move", () =>
    Effect.gen(function* () {
      const base = { dependent: "lgsp", regressors: ["lpcap", "unemp"] }
      const slopes = (form: string) =>
        Effect.map(runStage(within, { panel: statesPanel() }, { ...base, interactions: [{ of: ["lpcap", "unemp"], form }] }), ({ outputs }) =>
          numbers(outputs["coefficients"], "estimate")
        )
      const raw = yield* slopes("raw")
      const centred = yield* slopes("centred")
      const byDefault = yield* runStage(within, { panel: statesPanel() }, { ...base, interactions: [{ of: ["lpcap", "unemp"] }] })
      expect(numbers(byDefault.outputs["coefficients"], "estimate")).toEqual(centred)
      expect(column(byDefault.outputs["coefficients"], "term")).toContain("lpcap*unemp")
      expect(Math.abs(centred[2]! / raw[2]! - 1)).toBeLessThan(1e-9)
      const { unemp } = usStates()
      const mean = unemp.values.reduce((sum, v) => sum + v, 0) / unemp.values.length
      expect(Math.abs(raw[0]! + raw[2]! * mean - centred[0]!)).toBeLessThan(1e-9)
    })
  )
  it.effect("fails where the first regressor has no variation of its own, and where a variable is not in the panel", () =>
    Effect.gen(function* () {
      const { year } = usStates()
      const panel = statesPanel({ eg: Float64Array.from(year, (t) => Math.sqrt(t)) })
      const eg = yield* Effect.flip(runStage(within, { panel }, { dependent: "lgsp", regressors: ["eg"], controls: ["lpc"] }))
      expect(String((eg as Error).message)).toContain("eg: entity effects, year effects")
      const absent = yield* Effect.flip(runStage(within, { panel }, { dependent: "lgps", regressors: ["lpcp"] }))
      expect(String((absent as Error).message)).toMatch(/no variable "lgps"; did you mean "lgsp".*\n.*no variable "lpcp"/)
    })
  )
  it.effect("a value that is not finite and a model without complete rows are failures that say where", () =>
    Effect.gen(function* () {
      const { unemp } = usStates()
      const infinite = statesPanel({ bad: unemp.values.map((v, i) => (i === 20 ? Number.POSITIVE_INFINITY : v)) })
      const failure = yield* Effect.flip(runStage(within, { panel: infinite }, { dependent: "lgsp", regressors: ["bad"] }))
      expect(String((failure as Error).message)).toBe("bad is Infinity for ARIZONA in 1973: correct it, or leave the row out with subset")
      const empty = yield* Effect.flip(
        runStage(within, { panel: statesPanel() }, { dependent: "lgsp", regressors: ["L.lpcap"], years: { from: 1970, to: 1970 } })
      )
      expect(String((empty as Error).message)).toContain("none of the 48 rows has all variables of the model (missing: L.lpcap 48)")
    })
  )
})
