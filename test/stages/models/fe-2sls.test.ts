import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { fe2sls } from "../../../stages/models/fe-2sls.ts"
import { difference, oracle } from "../../econometrics/produc.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { statesPanel } from "./panel.ts"

const params = { dependent: "lgsp", endogenous: "lpcap", controls: ["lpc", "lemp", "unemp"] }

const texts = (table: Parameters<typeof column>[0], name: string): ReadonlyArray<string> => Array.from(column(table, name) as ReadonlyArray<string>)

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
      // 48 x 16 rows less 4 slopes, 48 states and 15 further years.
      expect(numbers(glance, "df_residual")).toEqual([701, 701])
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
  it.effect("several endogenous regressors, instruments by their lags, with the variance, convention and weights asked for", () =>
    Effect.gen(function* () {
      const several = { dependent: "lgsp", endogenous: ["lpcap", "lpc"], controls: ["lemp", "unemp"], instruments: ["L.lpcap", "L2.lpcap", "L.lpc"] }
      const panel = statesPanel({ size: Float64Array.from({ length: 816 }, (_, i) => 1 + (i % 4)) })
      const { outputs } = yield* runStage(
        fe2sls,
        { panel },
        { ...several, variance: { kind: "cluster", by: ["entity", "year"] }, smallSample: "xtivreg2", weights: { kind: "aweight", variable: "size" } }
      )
      const { coefficients, glance, tests, variances } = outputs
      expect([...new Set(texts(coefficients, "equation"))]).toEqual(["lpcap", "lpc", "lgsp"])
      expect(column(coefficients, "term").slice(-4)).toEqual(["lpcap", "lpc", "lemp", "unemp"])
      expect(column(glance, "model")).toEqual(["FE-2SLS, first stage", "FE-2SLS, first stage", "FE-2SLS, second stage"])
      expect(new Set(texts(glance, "variance"))).toEqual(new Set(["clustered by entity and by year"]))
      expect(column(glance, "small_sample")[0]).toMatch(/^xtivreg2: .*min\(G1, G2\), K = slopes/)
      const named = (name: string) =>
        (column(tests, "test") as ReadonlyArray<string>).flatMap((test, i) => (test === name ? [column(tests, "variant")[i]] : []))
      expect(named("first_stage_f")).toEqual(["lpcap", "lpc"].map((name) => `${name}: clustered by entity and by year, xtivreg2 factor`))
      expect(named("sanderson_windmeijer_f")).toEqual(["lpcap", "lpc"].map((name) => `${name}: ivreg2, clustered by entity and by year`))
      expect(named("anderson_rubin_set")).toEqual(["not computed"])
      // Every equation's own standard errors come first, and xtivreg2's among the others.
      const chosen = column(variances, "chosen")
      expect(Array.from(numbers(variances, "std_error")).filter((_, i) => Number(chosen[i]) === 1)).toEqual(Array.from(numbers(coefficients, "std_error")))
      expect(texts(variances, "software").some((text) => /xtivreg2 y \(x = z\) i.year, fe partial\(i.year\) small cluster\(entity\)/.test(String(text)))).toBe(
        true
      )
    })
  )
  it.effect("fewer instruments than endogenous regressors is a failure that counts them", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(
        runStage(fe2sls, { panel: statesPanel() }, { ...params, endogenous: ["lpcap", "lpc"], controls: [], instruments: ["L.lpcap"] })
      )
      expect(String((failure as Error).message)).toMatch(
        /lpcap, lpc: 2 endogenous regressors need as many instruments at least, and there is one \(L.lpcap\); give more/
      )
    })
  )
})
