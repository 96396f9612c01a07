import { describe, expect, it } from "vitest"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { spatialGmm } from "../../../../src/econometrics/spatial/gmm/spatial-gmm.ts"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/random/spatial-random-effects.ts"
import { likelihoodRatio, waldError, waldLag } from "../../../../src/econometrics/spatial/tests/nested-models.ts"
import { spatialHausman } from "../../../../src/econometrics/spatial/tests/spatial-hausman.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { fromLinks, fromPairs, rowStandardize, selectEntities, type WeightsMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

const entities = Array.from({ length: 20 }, (_, i) => `e${i}`)
const ring = rowStandardize(fromPairs(entities, (i, j) => ([1, 19].includes(Math.abs(i - j)) ? 1 : 0)))
const column = (name: string, value: (i: number) => number) => ({ name, values: Float64Array.from(entities, (_, i) => value(i)) })
const x = column("x", (i) => ((i * 7) % 11) / 3)
const y = column("y", (i) => ((i * 7) % 11) / 3 + ((i * i * 5) % 13) / 4)
const model = { weights: ring, dependent: y, regressors: [x] }

const panelColumn = (name: string, value: (i: number) => number) => ({ name, values: Float64Array.from({ length: 80 }, (_, at) => value(at)) })
const panel = {
  weights: ring,
  dependent: panelColumn("y", (at) => ((at * 7) % 11) / 3 + ((at * at * 5) % 13) / 4),
  regressors: [panelColumn("x", (at) => ((at * 7) % 11) / 3)]
}

describe("spatial models of what has no estimate", () => {
  it("a likelihood without a maximum is refused with the rho at which nothing is left", () => {
    const alternating = column("y", (i) => (i % 2 === 0 ? 1 : -1))
    expect(() => spatialMl({ ...model, dependent: alternating }, { specification: "sar" })).toThrow(
      /at rho = -1\.00000 the regressors and the spatial lag explain y/
    )
    // y = (I - 0.4 W)^-1 (1 + x) without an error.
    let made = x.values.map((v) => 1 + v)
    for (let step = 0; step < 200; step++) made = spatialLag(ring, made).map((lag, i) => 1 + x.values[i]! + 0.4 * lag)
    expect(() => spatialMl({ ...model, dependent: { name: "y", values: made } }, { specification: "sar" })).toThrow(
      /at rho = 0\.400000 the regressors and the spatial lag explain y without a rest/
    )
    const everybody = rowStandardize(fromPairs(entities, () => 1))
    expect(() => spatialMl({ ...model, weights: everybody }, { specification: "sar" })).toThrow(
      /at rho = -19\.0000 the regressors and the spatial lag explain y/
    )
  })
  it("the same of GMM and of random effects: options, and weights of the errors", () => {
    const errorWeights = fromLinks(entities, [4, 5], [4, 6], [1, 1])
    for (const estimator of [spatialGmm, spatialRandomEffects]) {
      expect(() => estimator(panel, { specification: "toString" as "sar" })).toThrow(/a specification is one of .*, not toString/)
      expect(() => estimator(panel, { specification: "sem", errorWeights })).toThrow(/errorWeights: no entity is its own neighbour; .*: e4/)
      expect(() => estimator(panel, { specification: "sem", errorWeights: selectEntities(ring, entities.slice(0, 10)) })).toThrow(
        /errorWeights are over the entities/
      )
    }
  })
  it("a Hausman test of a model against itself has nothing to test", () => {
    const fixed = spatialMl(panel, { specification: "sar" })
    expect(() => spatialHausman(fixed, fixed)).toThrow(/the same variances: there is nothing to test/)
  })
  it("weights of the errors are held to what the weights are", () => {
    const estimate = (errorWeights: WeightsMatrix) => spatialMl(model, { specification: "sem", errorWeights })
    const broken = ring.matrix.values.map((w, at) => (at === 3 ? Number.NaN : w))
    expect(() => estimate({ entities, matrix: { ...ring.matrix, values: broken } })).toThrow(/errorWeights: weights are finite numbers/)
    expect(() => estimate(fromLinks(entities, [4, 5], [4, 6], [1, 1]))).toThrow(/errorWeights: no entity is its own neighbour; .*: e4/)
    expect(() => estimate(selectEntities(ring, entities.slice(0, 10)))).toThrow(/errorWeights are over the entities of the weights/)
  })
  it("the same of what is said of spatial lags, whichever the estimator", () => {
    const clashing = {
      ...panel,
      regressors: [...panel.regressors, ...panel.regressors.map(({ name, values }) => ({ name: `W*${name}`, values: values.map(Math.cos) }))]
    }
    for (const estimate of [spatialMl, spatialGmm, spatialRandomEffects]) {
      expect(() => estimate(clashing, { specification: "sdm" })).toThrow(/sdm makes the lags W\*x, and regressors are called so too/)
      expect(() => estimate(clashing, { specification: "sar", errorWeights: ring, lagged: ["z"], tolerance: 2 })).toThrow(
        /tolerance of collinearity.*z is none \(they are x, W\*x\); sar has no spatial lags of regressors.*; sar has no spatial error/s
      )
    }
  })
  it("names that terms have, entities named twice and properties of every object are refused", () => {
    const named = (name: string) => () => spatialMl({ ...model, regressors: [{ ...x, name }] }, { specification: "sar" })
    for (const name of ["rho", "lambda", "sigma2", "(constant)"])
      expect(named(name)).toThrow(new RegExp(`terms of their own.*rename these regressors: ${name.replace(/[()]/g, "\\$&")}`))
    const lagNamed = { ...model, regressors: [x, column("W*x", (i) => (i * 3) % 7)] }
    expect(() => spatialMl(lagNamed, { specification: "sdm" })).toThrow(/sdm makes the lags W\*x/)
    expect(spatialMl(lagNamed, { specification: "sar" }).terms).toEqual(["(constant)", "x", "W*x", "rho", "sigma2"])
    const twice = { entities: entities.map((name, i) => (i === 3 ? "e2" : name)), matrix: ring.matrix }
    expect(() => spatialMl({ ...model, weights: twice }, { specification: "sar" })).toThrow(/name an entity more than once: e2;/)
    expect(() => spatialMl(model, { specification: "toString" as "sar" })).toThrow(/a specification is one of .*, not toString/)
  })
  it("an effect that the model sets to zero has p 1", () => {
    for (const method of ["delta", "simulation"] as const) {
      const { effects } = spatialEffects(spatialMl(model, { specification: "sem" }), { method })
      expect(effects[1]).toMatchObject({ effect: "indirect", estimate: 0, stdError: 0, pValue: 1 })
    }
  })
  it("restrictions that a model does not have are no test", () => {
    const estimate = (specification: "sar" | "sem" | "sdm" | "sdem" | "slx") => spatialMl(model, { specification })
    expect(() => waldLag(estimate("sar"))).toThrow(/no spatial lag of a regressor to test/)
    expect(() => waldError(estimate("sem"))).toThrow(/no spatial lag of a regressor to test/)
    expect(() => waldError(estimate("sdem"))).toThrow(/about a model with rho/)
    expect(() => waldError(estimate("slx"))).toThrow(/about a model with rho/)
    expect(() => likelihoodRatio(estimate("sar"), estimate("sdm"))).toThrow(/the second has W\*x, which the first lacks/)
    expect(() => likelihoodRatio(estimate("sar"), estimate("sem"))).toThrow(/they have the same parameters/)
    const other = spatialMl({ ...model, dependent: { ...y, name: "z" } }, { specification: "sar" })
    expect(() => likelihoodRatio(estimate("sdm"), other)).toThrow(/they explain y and z/)
    expect(likelihoodRatio(estimate("sdm"), estimate("sem")).df).toBe(1)
  })
})
