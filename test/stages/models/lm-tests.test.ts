import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { lmTests } from "../../../stages/models/lm-tests.ts"
import { expectClose, oracle } from "../../econometrics/spatial/spatial-oracle.ts"
import { entities, years } from "../../econometrics/us-states.ts"
import { panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel, variables } from "../spatial-inputs.ts"

describe("stage lm-tests", () => {
  it.effect("shows the within and the pooled version, the latter with its warning", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"] }
      const { outputs, warnings } = yield* runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params)
      expect(column(outputs["output"], "test").slice(0, 4)).toEqual(["lm_lag", "robust_lm_lag", "lm_error", "robust_lm_error"])
      expect(column(outputs["output"], "variant")).toEqual([...Array(4).fill("within"), ...Array(4).fill("pooled")])
      const order = ([lag, error, robustLag, robustError]: ReadonlyArray<number>) => [lag!, robustLag!, error!, robustError!]
      expectClose(
        numbers(outputs["output"], "statistic"),
        [...order(oracle.lm_within.contiguity.statistic), ...order(oracle.lm_pooled.contiguity.statistic)],
        1e-8
      )
      expect(warnings.map((warning) => warning.code)).toEqual(["lm-pooled-rejects-fixed-effects"])
    })
  )
  it.effect("leaves a collinear regressor out of both versions and says so", () =>
    Effect.gen(function* () {
      const panel = panelOf(entities, years, { ...variables, again: variables["unemp"]!.map((x) => 2 * x + 1) })
      const model = (controls: ReadonlyArray<string>) =>
        runStage(lmTests, { panel, weights: contiguityLinks }, { dependent: "lgsp", regressors: ["lpcap"], controls })
      const twice = yield* model(["unemp", "again"])
      const once = yield* model(["unemp"])
      expect(twice.warnings.map(({ code }) => code)).toEqual(["collinear", "lm-pooled-rejects-fixed-effects"])
      expect(numbers(twice.outputs["output"], "statistic")).toEqual(numbers(once.outputs["output"], "statistic"))
    })
  )
  it.effect("gives the tests that it is asked for, of other effects and corrections, under names of their own", () =>
    Effect.gen(function* () {
      const params = {
        dependent: "lgsp",
        regressors: ["lpcap", "lpc"],
        controls: ["unemp"],
        residuals: ["within"],
        effects: "individual",
        correction: "none",
        order: "demean-then-lag",
        tests: ["sarma", "durbin", "slx"],
        lagged: ["lpc", "unemp"]
      }
      const { outputs, warnings } = yield* runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params)
      expect(column(outputs["output"], "test")).toEqual([
        ...["lm_sarma", "lm_wx", "adjusted_lm_lag", "adjusted_lm_wx", "lm_sdm", "lm_sdem"],
        ...["lm_lag_slx", "robust_lm_lag_slx", "lm_error_slx", "robust_lm_error_slx"]
      ])
      expect(numbers(outputs["output"], "df")).toEqual([2, 2, 1, 2, 3, 3, 1, 1, 1, 1])
      expect(column(outputs["output"], "variant")).toEqual(Array(10).fill("within (individual, uncorrected, demean-then-lag)"))
      expect(column(outputs["output"], "note")[1]).toBe(
        "individual within residuals, pooled formulas, uncentred (Anselin, Le Gallo and Jayet 2008), demeaned before the lag; lags: W*lpc, W*unemp"
      )
      expect(warnings.map((warning) => warning.code)).toEqual(["lm-uncentred"])
    })
  )
  it.effect("tests one kind of dependence where the other is estimated", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"], residuals: ["within"], tests: ["conditional", "conditional-durbin"] }
      const { outputs } = yield* runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params)
      expect(column(outputs["output"], "test")).toEqual(["lm_error_given_sar", "lm_lag_given_sem", "lm_error_given_sdm", "lm_lag_given_sdem"])
      // Munnell's states with two-way effects: test/oracle/spatial-panels.json, produc, lee_yu_twoways.
      expect(numbers(outputs["output"], "statistic")[0]).toBeCloseTo(25.58608, 4)
      expect(column(outputs["output"], "note")[0]).toMatch(/; the other kind of dependence by maximum likelihood$/)
    })
  )
  it.effect("tests random effects and a spatial error by themselves", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"], tests: ["random-effects"] }
      const { outputs, warnings } = yield* runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params)
      expect(column(outputs["output"], "test")).toEqual([
        ...["lm_random_effects", "lm_error_no_effects", "lm_random_effects_error"],
        ...["lm_error_given_random_effects", "lm_random_effects_given_error"]
      ])
      // Munnell's states: test/oracle/spatial-tests.json, produc, baltagi_song_koh.
      expectClose(numbers(outputs["output"], "statistic"), [64.3036603957125, 11.6572339751289, 4270.85184423802, 14.4364215581352, 60.6992073338626], 1e-6)
      expect(warnings).toEqual([])
    })
  )
  it.effect("tests a single year as a cross-section, without a warning", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp"], years: { from: 1986, to: 1986 } }
      const { outputs, warnings } = yield* runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params)
      expect(column(outputs["output"], "variant")).toEqual(Array(4).fill("pooled"))
      expect(column(outputs["output"], "note")[0]).toBe("least squares residuals of a cross-section")
      expect(warnings).toEqual([])
    })
  )
  it.effect("refuses lags to test where no test takes them", () =>
    Effect.gen(function* () {
      const params = { dependent: "lgsp", regressors: ["lpcap"], tests: ["lm", "slx"], lagged: ["lpcap"], laggedConstant: true }
      const refused = yield* Effect.flip(runStage(lmTests, { panel: statesPanel, weights: contiguityLinks }, params))
      expect(String(refused)).toMatch(/it goes with tests "durbin" alone\n\s+at \["lagged"\].*it goes with tests "durbin" alone\n\s+at \["laggedConstant"\]/s)
    })
  )
})
