import { describe, expect, it } from "vitest"
import { effectsMatrix } from "../../../../src/econometrics/spatial/effects/effects-matrix.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { denseWeights, fromPairs, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const fits = {
  sdm: fitOf(weights.nested, production, "sdm"),
  unequal: fitOf(unequal, production, "sdm", { effects: "individual" }),
  sar: fitOf(weights.contiguity, production, "sar"),
  slx: fitOf(unequal, production, "slx", { effects: "individual" }),
  sem: fitOf(weights.contiguity, production, "sem")
}

describe("effects between entities", () => {
  for (const [name, fit] of Object.entries(fits))
    it(`have the direct effect for mean diagonal and the total for mean row sum (${name})`, () => {
      const [direct, , total] = spatialEffects(fit, { method: "delta", of: ["lemp"] }).effects.map(({ estimate }) => estimate)
      const matrix = effectsMatrix(fit, "lemp")
      expect(matrix.reduce((sum, value, at) => sum + (at % 49 === 0 ? value : 0), 0) / 48).toBeCloseTo(direct!, 11)
      expect(matrix.reduce((sum, value) => sum + value, 0) / 48).toBeCloseTo(total!, 11)
    })
  it("(I - rho W) S = b I + theta W: column j is what a change in j does to all", () => {
    for (const fit of [fits.sdm, fits.unequal]) {
      const w = denseWeights(fit.weights)
      const at = (term: string) => fit.estimates[fit.terms.indexOf(term)]!
      const back = multiply(
        w.map((value, i) => (i % 49 === 0 ? 1 : 0) - at("rho") * value),
        effectsMatrix(fit, "lpc"),
        48,
        48,
        48
      )
      back.forEach((value, i) => {
        expect(value).toBeCloseTo((i % 49 === 0 ? at("lpc") : 0) + at("W*lpc") * w[i]!, 13)
      })
    }
  })
  it("are the coefficients themselves where y is not lagged, and of a sum of regressors the sum", () => {
    const w = denseWeights(unequal)
    const at = (term: string) => fits.slx.estimates[fits.slx.terms.indexOf(term)]!
    effectsMatrix(fits.slx, {
      label: "x",
      terms: [
        { term: "lpc", factor: 2 },
        { term: "unemp", factor: -1 }
      ]
    }).forEach((value, i) => {
      expect(value).toBeCloseTo((i % 49 === 0 ? 2 * at("lpc") - at("unemp") : 0) + (2 * at("W*lpc") - at("W*unemp")) * w[i]!, 14)
    })
  })
  it("refuses an unknown regressor, a rho beyond its bounds, and a matrix that nobody reads", () => {
    expect(() => effectsMatrix(fits.sdm, "wages")).toThrow("the model has no regressor wages; it has lpcap, lpc, lemp, unemp")
    const beyond = { ...fits.sdm, estimates: fits.sdm.estimates.map((value, i) => (fits.sdm.terms[i] === "rho" ? -3 : value)) }
    expect(() => effectsMatrix(beyond, "lpc")).toThrow(/^rho is estimated as -3.000, outside/)
    const many = Array.from({ length: 4001 }, (_, i) => String(i))
    const chain = fromPairs(many.slice(0, 2), () => 1)
    expect(() => effectsMatrix({ ...fits.sdm, weights: { ...chain, entities: many } }, "lpc")).toThrow(/^effects between 4001 entities are 16008001 numbers/)
  })
})
