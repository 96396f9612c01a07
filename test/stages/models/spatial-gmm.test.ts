import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import { spatialGmm as fitSpatialGmm } from "../../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import { spatialGmm } from "../../../stages/models/spatial-gmm.ts"
import { modelOf } from "../../econometrics/spatial/fit-of.ts"
import { located, production, weights, years } from "../../econometrics/us-states.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { contiguityLinks, statesPanel, variables } from "../spatial-inputs.ts"

const inputs = { panel: statesPanel, weights: contiguityLinks }
const params = { dependent: "lgsp", regressors: ["lpcap"], controls: ["lpc", "lemp", "unemp"], spillovers: "delta" }
const model = modelOf(weights.contiguity, production)

describe("stage spatial-gmm", () => {
  it.effect("gives the SDM's coefficients and effects, names its instruments and says what was done", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(spatialGmm, inputs, { ...params, variance: "cluster" })
      const { coefficients, effects, glance, tests } = outputs
      const fit = fitSpatialGmm(model, { specification: "sdm", variance: "cluster" })
      expect(column(coefficients, "term")).toEqual(fit.terms)
      expect(numbers(coefficients, "estimate")).toEqual([...fit.estimates])
      expect(numbers(coefficients, "std_error")).toEqual([...fit.inference.stdError])
      expect(numbers(effects, "estimate")).toHaveLength(12)
      expect(column(glance, "model")).toEqual(["spatial Durbin model (SDM), two-stage least squares, entity and time effects taken off after lagging"])
      expect(column(glance, "variance")).toEqual(["clustered by entity"])
      expect(column(glance, "small_sample")).toEqual(["G/(G-1) (n-1)/(n-K)"])
      expect(numbers(glance, "n_independent")).toEqual([47 * 16])
      expect(numbers(glance, "instruments")).toEqual([8])
      expect(column(tests, "test")[0]).toBe("instruments")
      expect(column(tests, "note")[0]).toBe("W^2*lpcap, W^2*lpc, W^2*lemp, W^2*unemp, W^3*lpcap, W^3*lpc, W^3*lemp, W^3*unemp")
      expect(column(tests, "test")).toContain("hansen_j")
      expect(warnings.map(({ code }) => code).filter((code) => code !== "weak-instruments")).toEqual([])
    })
  )
  it.effect("gives the SAC with robust moments, and random effects by full weights", () =>
    Effect.gen(function* () {
      const sac = yield* runStage(spatialGmm, inputs, { ...params, specification: "sac", effects: "individual", variance: "HC1", steps: "two-step" })
      expect(column(sac.outputs["glance"], "model")).toEqual([
        "spatial lag and error model (SAC), generalised spatial two-stage least squares, entity effects taken off after lagging; lambda by two moments for errors of any variances, weighted (Kelejian and Prucha 2010), two-step"
      ])
      expect(column(sac.outputs["coefficients"], "term").slice(-3)).toEqual(["rho", "lambda", "sigma2"])
      expect(column(sac.outputs["tests"], "note").filter((note) => String(note).endsWith("of the filtered equation"))).toHaveLength(1)
      const random = yield* runStage(spatialGmm, inputs, { ...params, specification: "sem", effects: "random" })
      expect(column(random.outputs["coefficients"], "term").slice(-3)).toEqual(["lambda", "sigma2", "sigma2_between"])
      expect(column(random.outputs["glance"], "model")[0]).toMatch(/random entity effects \(theta 0\.\d+\); lambda by six moments/)
    })
  )
  it.effect("an endogenous regressor with its lag of the year before, and a variance over distances", () =>
    Effect.gen(function* () {
      const spread = (values: ArrayLike<number>) => Array.from({ length: 48 * years.length }, (_, at) => values[Math.floor(at / years.length)]!)
      const places = { latitude: spread(located.latitude), longitude: spread(located.longitude) }
      const panel = panelOf(weights.contiguity.entities, years, { ...variables, ...places })
      const { outputs } = yield* runStage(
        spatialGmm,
        { ...inputs, panel },
        {
          dependent: "lgsp",
          regressors: ["lpc", "lemp", "unemp"],
          endogenous: ["lpcap"],
          instruments: ["L.lpcap"],
          specification: "sar",
          spillovers: "delta",
          variance: { kind: "conley", cutoff: 800, kernel: "bartlett" }
        }
      )
      expect(column(outputs["coefficients"], "term")).toEqual(["lpc", "lemp", "unemp", "lpcap", "rho"])
      expect(column(outputs["glance"], "variance")[0]).toMatch(/Conley, bartlett kernel up to 800 km within a year/)
      expect(numbers(outputs["glance"], "nobs")).toEqual([48 * 16])
      expect(column(outputs["tests"], "note")[0]).toMatch(/^L\.lpcap, W\*lpc/)
    })
  )
  it.effect("what does not go together is a fault that says so", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(spatialGmm, inputs, { ...params, specification: "sac", moments: "kp-1999", variance: "HC0" })
      expect(faults[0]!.message).toMatch(/the moments kp-1999 do not go with the variance HC0/)
    })
  )
})
