import { describe, expect, it } from "vitest"
import { entityMeans } from "../../../../src/econometrics/spatial/models/panel-effects.ts"
import { spatialRandomEffects } from "../../../../src/econometrics/spatial/models/spatial-random-effects.ts"
import { production, weights } from "../../us-states.ts"
import { durbin } from "../fit-of.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"
import { small } from "../spatial-small.ts"

describe("the random-effects SDM", () => {
  for (const name of MATRICES)
    it(`agrees with a normal density in R whose information is formed from dense matrices (${name})`, () => {
      const { fit, statistics, warnings } = spatialRandomEffects(weights[name], durbin(weights[name], production), "lee-yu")
      const reference = oracle.random[name]
      expectClose(fit.estimates, reference.estimate, 1e-6)
      expectClose(
        fit.estimates.map((_, i) => Math.sqrt(fit.covariance[i * fit.terms.length + i]!)),
        reference.se,
        1e-5
      )
      expect(statistics.logLikelihood).toBeCloseTo(reference.logLik, 7)
      expect(statistics.observations).toBe(47 * 17)
      expect(warnings).toEqual([])
    })
  it("year effects added to y change nothing, entity effects do", () => {
    const fitOf = (shift: (at: number) => number) =>
      spatialRandomEffects(weights.contiguity, { ...production, dependent: production.dependent.map((y, at) => y + shift(at)) }, "lee-yu").fit.estimates
    const original = fitOf(() => 0)
    expectClose(
      fitOf((at) => (at % 17) ** 2),
      [...original],
      1e-6
    )
    expect(fitOf((at) => Math.floor(at / 17) % 5)[4]).not.toBeCloseTo(original[4]!, 2)
  })
  it("an entity variance at zero is told", () => {
    // Without entity means there is less variation between entities than chance gives.
    const within = (column: Float64Array) => column.map((value, at) => value - entityMeans(column, small.entities)[Math.floor(at / small.periods)]!)
    const data = { dependent: within(small.data.dependent), regressors: small.data.regressors.map(within), names: small.data.names }
    const { fit, warnings } = spatialRandomEffects(small.weights, data, "lee-yu")
    expect(warnings[0]?.code).toBe("random-effects-variance-zero")
    expect(fit.estimates[4]).toBe(fit.estimates[3])
  })
})
