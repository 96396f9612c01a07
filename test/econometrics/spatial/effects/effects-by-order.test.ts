import { describe, expect, it } from "vitest"
import type { Combination, EffectsFit } from "../../../../src/econometrics/spatial/effects/effect-of.ts"
import { effectsByOrder, type OrderEffect } from "../../../../src/econometrics/spatial/effects/effects-by-order.ts"
import { spatialEffects } from "../../../../src/econometrics/spatial/effects/spatial-effects.ts"
import { denseWeights, fromPairs, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { production, weights } from "../../us-states.ts"
import { fitOf } from "../fit-of.ts"

/** Weights whose rows do not sum to 1, divided by their largest row sum. */
const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const fits = {
  nested: fitOf(weights.nested, production, "sdm"),
  unequal: fitOf(unequal, production, "sdm", { effects: "individual" }),
  sar: fitOf(weights.contiguity, production, "sar"),
  slx: fitOf(unequal, production, "slx", { effects: "individual" }),
  sem: fitOf(weights.contiguity, production, "sem")
}
const names = Object.keys(fits) as ReadonlyArray<keyof typeof fits>
const estimates = (effects: ReadonlyArray<OrderEffect>, order: number, cumulated: boolean) =>
  effects.filter((one) => one.order === order && one.cumulated === cumulated).map(({ estimate }) => estimate)

describe("effects by order of neighbour", () => {
  for (const name of names)
    it(`add up to the direct, indirect and total effects, and so do their standard errors (${name})`, () => {
      const whole = spatialEffects(fits[name], { method: "delta" }).effects
      const upTo = effectsByOrder(fits[name], { orders: 50 }).filter(({ cumulated, order }) => order === 50 && cumulated)
      expect(upTo.map(({ effect, term }) => [term, effect])).toEqual(whole.map(({ effect, term }) => [term, effect]))
      // What orders beyond 50 add: at most rho^51/(1 - rho) of what a change does at once, of a derivative some 51 times that.
      const at = fits[name].terms.indexOf("rho")
      const rho = at === -1 ? 0 : Math.abs(fits[name].estimates[at]!)
      const rest = 1e-12 + (100 * rho ** 51) / (1 - rho)
      upTo.forEach(({ estimate, stdError }, i) => {
        expect(Math.abs(estimate - whole[i]!.estimate)).toBeLessThan(rest * 3)
        expect(Math.abs(stdError - whole[i]!.stdError)).toBeLessThan(rest * 3)
      })
    })
  for (const name of ["nested", "unequal", "slx"] as const)
    it(`order q is that of rho^q W^q (b I + theta W), written out (${name})`, () => {
      const fit = fits[name]
      const matrix = denseWeights(fit.weights)
      const identity = matrix.map((_, at) => (at % 49 === 0 ? 1 : 0))
      const at = fit.terms.indexOf("rho")
      const rho = at === -1 ? 0 : fit.estimates[at]!
      const change = matrix.map((w, i) => fit.estimates[fit.terms.indexOf("W*lpcap")]! * w + fit.estimates[fit.terms.indexOf("lpcap")]! * identity[i]!)
      const found = effectsByOrder(fit, { of: ["lpcap"], orders: 4 })
      let power: Float64Array = identity
      let factor = 1
      const sums = [0, 0, 0]
      for (let q = 0; q <= 4; q++) {
        const s = multiply(power, change, 48, 48, 48)
        const total = (factor * s.reduce((sum, value) => sum + value, 0)) / 48
        const direct = (factor * s.reduce((sum, value, i) => sum + (i % 49 === 0 ? value : 0), 0)) / 48
        const expected = [direct, total - direct, total]
        estimates(found, q, false).forEach((value, e) => {
          expect(value).toBeCloseTo(expected[e]!, 13)
          sums[e]! += expected[e]!
        })
        estimates(found, q, true).forEach((value, e) => {
          expect(value).toBeCloseTo(sums[e]!, 13)
        })
        power = multiply(power, matrix, 48, 48, 48)
        factor *= rho
      }
    })
  it("delta-method standard errors are those of a numerical gradient", () => {
    for (const fit of [fits.nested, fits.unequal]) {
      const options = {
        of: [
          "lpcap",
          {
            label: "both",
            terms: [
              { term: "lpc", factor: 1 },
              { term: "lemp", factor: -2 }
            ]
          } satisfies Combination
        ],
        orders: 3
      }
      const effects = effectsByOrder(fit, options)
      const size = fit.terms.length
      const gradients = Array.from(fit.estimates, (estimate, p) => {
        const step = 1e-6 * Math.max(1e-2, Math.abs(estimate))
        const at = (h: number): EffectsFit => ({ ...fit, estimates: fit.estimates.map((value, i) => (i === p ? value + h : value)) })
        const [high, low] = [effectsByOrder(at(step), options), effectsByOrder(at(-step), options)]
        return high.map((effect, e) => (effect.estimate - low[e]!.estimate) / (2 * step))
      })
      effects.forEach(({ stdError }, e) => {
        let variance = 0
        for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) variance += gradients[i]![e]! * fit.covariance[i * size + j]! * gradients[j]![e]!
        expect(stdError).toBeCloseTo(Math.sqrt(variance), 8)
        if (effects[e]!.estimate !== 0) expect(stdError).toBeGreaterThan(0)
      })
    }
  })
  it("a model without spatial terms has effects of order 0 alone", () => {
    const found = effectsByOrder(fits.sem, { of: ["lpcap"], orders: 2 })
    const slope = fits.sem.estimates[fits.sem.terms.indexOf("lpcap")]!
    expect(estimates(found, 0, false)).toEqual([slope, 0, slope])
    for (const q of [1, 2]) {
      expect(estimates(found, q, false)).toEqual([0, 0, 0])
      expect(estimates(found, q, true)).toEqual([slope, 0, slope])
    }
  })
  it("refuses orders and levels that are none, a regressor that the model lacks, and a rho beyond its bounds", () => {
    expect(() => effectsByOrder(fits.sar, { orders: 2.5, level: 2 })).toThrow(
      "orders of neighbours are a whole number from 0 to 50, not 2.5; the level of intervals lies between 0 and 1 (0.95), not at 2"
    )
    expect(() => effectsByOrder(fits.sar, { of: ["wages"] })).toThrow("the model has no regressor wages; it has lpcap, lpc, lemp, unemp")
    const beyond = { ...fits.sar, estimates: fits.sar.estimates.map((value, i) => (fits.sar.terms[i] === "rho" ? 1.01 : value)) }
    expect(() => effectsByOrder(beyond)).toThrow(/^rho is estimated as 1.010, outside/)
  })
  it("refuses orders at which a power of the weights fills up", () => {
    const ring = fromPairs(
      Array.from({ length: 2250 }, (_, i) => `p${i}`),
      () => 1 / 2249
    )
    const fit: EffectsFit = { weights: ring, terms: ["x", "rho"], estimates: Float64Array.of(1, 0.5), covariance: Float64Array.of(0.01, 0, 0, 0.01) }
    expect(() => effectsByOrder(fit)).toThrow(/at order 0 a power of the weights has 5060250 links between 2250 entities: ask for fewer orders/)
  })
})
