import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialModel } from "../../../stages/models/spatial-model.ts"
import { expectClose, oracle } from "../../econometrics/spatial/spatial-oracle.ts"
import { entities, years } from "../../econometrics/us-states.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, firstLinks, nestedLinks, statesPanel, variables } from "../spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"] }

describe("stage spatial-model", () => {
  it.effect("gives the coefficients of lee-yu with their standard errors, and what a glance shows", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialModel, inputs, params)
      const { coefficients, glance } = outputs
      expect(column(coefficients, "term")).toEqual(["lpcap", "lpc", "lemp", "unemp", "W*lpcap", "W*lpc", "W*lemp", "W*unemp", "rho", "sigma2"])
      expectClose(numbers(coefficients, "estimate"), oracle.lee_yu.contiguity.sdm.estimate, 1e-9)
      expectClose(numbers(coefficients, "std_error"), oracle.lee_yu.contiguity.sdm.se, 1e-9)
      expect(column(glance, "small_sample")).toEqual(["Lee-Yu transformation"])
      expect(numbers(glance, "n_likelihood")).toEqual([47 * 16])
      expect(numbers(glance, "nobs")).toEqual([816])
      expect(numbers(glance, "log_lik")[0]).toBeCloseTo(oracle.lee_yu.contiguity.sdm.logLik, 7)
      expect(warnings).toEqual([])
    })
  )
  it.effect("gives four tests, and effects that add up", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(spatialModel, inputs, params)
      expect(column(outputs["tests"], "test")).toEqual(["wald_sar", "wald_sem", "lr_sar", "lr_sem"])
      expect(numbers(outputs["tests"], "df")).toEqual([4, 4, 4, 4])
      expect(column(outputs["tests"], "note").slice(0, 2)).toEqual(["H0: theta = 0", "H0: theta + rho beta = 0, by the delta method"])
      const estimate = numbers(outputs["effects"], "estimate")
      expect(column(outputs["effects"], "effect").slice(0, 3)).toEqual(["direct", "indirect", "total"])
      for (let r = 0; r < 4; r++) expect(estimate[3 * r]! + estimate[3 * r + 1]!).toBeCloseTo(estimate[3 * r + 2]!, 12)
      expect(column(outputs["effects"], "method")[0]).toBe("simulation: 1000 draws, percentile interval")
    })
  )
  it.effect("the published correction none is told as biased, with the trace of the weights", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialModel, { panel: statesPanel, weights: nestedLinks }, { ...params, correction: "none" })
      expect(warnings.map((warning) => warning.code)).toEqual(["incidental-effects-uncorrected"])
      expectClose(numbers(outputs["coefficients"], "estimate"), oracle.none.nested.sdm.estimate, 2e-6)
      expect(numbers(outputs["glance"], "n_likelihood")).toEqual([816])
    })
  )
  it.effect("the seed enters the simulation only", () =>
    Effect.gen(function* () {
      const run = (seed: number, spillovers: string) =>
        Effect.map(runStage(spatialModel, inputs, { ...params, spillovers, draws: 100 }, seed), ({ outputs }) => outputs)
      const [a, b] = [yield* run(1, "simulation"), yield* run(2, "simulation")]
      expect(numbers(a["effects"], "std_error")).not.toEqual(numbers(b["effects"], "std_error"))
      expect(numbers(a["coefficients"], "std_error")).toEqual(numbers(b["coefficients"], "std_error"))
      expect(numbers((yield* run(1, "delta"))["effects"], "std_error")).toEqual(numbers((yield* run(2, "delta"))["effects"], "std_error"))
    })
  )
  it.effect("a collinear control is dropped with a warning, together with its lag", () =>
    Effect.gen(function* () {
      const panel = panelOf(entities, years, { ...variables, twice: variables["lpc"]!.map((value) => 2 * value + 1) })
      const { outputs, warnings } = yield* runStage(spatialModel, { panel, weights: contiguityLinks }, { ...params, controls: ["lpc", "twice"], draws: 100 })
      expect(warnings).toEqual([{ code: "collinear", message: "dropped for collinearity with the effects or the regressors before: twice, W*twice" }])
      expect(column(outputs["coefficients"], "term")).toEqual(["lpcap", "lpc", "W*lpcap", "W*lpc", "rho", "sigma2"])
    })
  )
  it.effect("a lagged regressor costs the first year and keeps the panel balanced", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialModel, inputs, { dependent: "lgsp", regressors: ["L.lpcap"], draws: 100 })
      expect(numbers(outputs["glance"], "years")).toEqual([16])
      expect(column(outputs["coefficients"], "term")).toEqual(["L.lpcap", "W*L.lpcap", "rho", "sigma2"])
      expect(warnings.map((warning) => warning.code)).toEqual(["rows-dropped"])
    })
  )
  it.effect("weights over other entities than the panel's are a fault that names them, and so is a hole in the panel", () =>
    Effect.gen(function* () {
      const fewer = yield* faultsOf(spatialModel, { panel: statesPanel, weights: firstLinks(46) }, params)
      expect(fewer[0]?.message).toMatch(/the spatial weights lack: Wisconsin, Wyoming/)
      const holed = panelOf(entities, years, { ...variables, lpc: variables["lpc"]!.map((value, at) => (at === 17 * 3 + 2 ? Number.NaN : value)) })
      const [fault] = yield* faultsOf(spatialModel, { panel: holed, weights: contiguityLinks }, params)
      expect(fault).toMatchObject({ code: "missing-value", where: { column: "lpc", entity: "California", year: 1972 } })
      expect(fault?.message).toMatch(/^lpc: California has no value for 1972.*or leave these years or entities out with subset$/)
    })
  )
  for (const correction of ["lee-yu", "none"] as const) {
    const all = { dependent: "lgsp", regressors: ["lpcap", "lpc", "lemp", "unemp"], correction }
    it.effect(`sar: coefficients, effects and the test against the model without spatial terms (${correction})`, () =>
      Effect.gen(function* () {
        const { outputs } = yield* runStage(spatialModel, { panel: statesPanel, weights: nestedLinks }, { ...all, specification: "sar", spillovers: "delta" })
        const reference = correction === "none" ? oracle.none.nested.sar : oracle.lee_yu.nested.sar
        expectClose(numbers(outputs["coefficients"], "estimate"), reference.estimate, 2e-6)
        expect(column(outputs["glance"], "model")).toEqual([
          "spatial lag model (SAR), entity and year effects, maximum likelihood; ln|I - rho W| from eigenvalues"
        ])
        expect(outputs["effects"]?.rows).toBe(12)
        expect(column(outputs["tests"], "test")).toEqual(["lr_ols"])
      })
    )
    it.effect(`sem: coefficients, and effects that are the coefficients (${correction})`, () =>
      Effect.gen(function* () {
        const { outputs } = yield* runStage(spatialModel, inputs, { ...all, specification: "sem", spillovers: "delta" })
        const reference = correction === "none" ? oracle.none.contiguity.sem : oracle.lee_yu.contiguity.sem
        expectClose(numbers(outputs["coefficients"], "estimate"), reference.estimate, 1e-8)
        expectClose(numbers(outputs["coefficients"], "std_error"), reference.se, 1e-8)
        expect(column(outputs["coefficients"], "term").slice(-2)).toEqual(["lambda", "sigma2"])
        expect(numbers(outputs["effects"], "estimate")[0]).toBeCloseTo(reference.estimate[0]!, 9)
        expect(numbers(outputs["effects"], "estimate")[1]).toBe(0)
      })
    )
  }
  it.effect("every specification, choice of effects, variance and order says what was done", () =>
    Effect.gen(function* () {
      const told = (more: object) =>
        Effect.map(runStage(spatialModel, inputs, { ...params, draws: 100, ...more }), ({ outputs }) =>
          ["model", "variance", "small_sample"].map((name) => column(outputs["glance"], name)[0])
        )
      expect(yield* told({ specification: "gns", effects: "individual", variance: "cluster" })).toEqual([
        "general nesting spatial model (GNS), entity effects, maximum likelihood; ln|I - rho W| from eigenvalues of the similar symmetric matrix",
        "clustered by entity, robust scores",
        "Lee-Yu transformation"
      ])
      expect(yield* told({ specification: "slx", effects: "pooled" })).toEqual([
        "spatially lagged X (SLX), a constant, maximum likelihood",
        "least squares, s2 = e'e/(n - effects - k)",
        "none: no effects"
      ])
      expect(yield* told({ specification: "sac", variance: "observed", order: "demean-then-lag", correction: "none", determinant: "sparse" })).toEqual([
        "spatial lag and error model (SAC), entity and year effects, maximum likelihood; ln|I - rho W| from sparse Cholesky factors",
        "observed information",
        "none: effects uncorrected, demeaned before lagging"
      ])
    })
  )
  it.effect("tests of each specification are those of what is nested in it", () =>
    Effect.gen(function* () {
      const tests = (specification: string) =>
        Effect.map(runStage(spatialModel, inputs, { ...params, draws: 100, specification }), ({ outputs }) => column(outputs["tests"], "test"))
      expect(yield* tests("sdem")).toEqual(["wald_sem", "lr_sem", "lr_slx"])
      expect(yield* tests("gns")).toEqual(["wald_sac", "lr_sdm", "lr_sdem", "lr_sac"])
      expect(yield* tests("slx")).toEqual(["wald_ols", "lr_ols"])
      expect(yield* tests("ols")).toEqual([])
    })
  )
})
