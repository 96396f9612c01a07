import { describe, expect, it } from "vitest"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { type SpatialModerationOptions, spatialModeration } from "../../../../src/econometrics/spatial/paths/spatial-moderation.ts"
import { denseWeights, mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { quantile } from "../../../../src/stats/quantile.ts"
import { production, weights } from "../../us-states.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const [lpcap, lpc, lemp, unemp] = production.names.map((name, i) => ({ name, values: production.regressors[i]! }))
const model = (w = weights.contiguity) => ({
  weights: w,
  outcome: { name: "lgsp", values: production.dependent },
  treatment: lpcap!,
  moderator: unemp!,
  controls: [lpc!, lemp!]
})
const run = (options: SpatialModerationOptions = {}, w = weights.contiguity) => spatialModeration(model(w), { method: "delta", ...options })

describe("spatial moderation", () => {
  for (const [name, w, options] of [
    ["sdm, row-standardised", weights.contiguity, {}],
    ["sdm, unequal row sums, entity effects", unequal, { effects: "individual" }],
    ["sac", weights.contiguity, { specification: "sac" }],
    ["slx", unequal, { specification: "slx", effects: "individual" }]
  ] as const)
    it(`effects at a value are those of (I - rho W)^-1 [(b1 + b3 m) I + (t1 + t3 m) W], written out (${name})`, () => {
      const raw = lpcap!.values.map((value, i) => value * unemp!.values[i]!)
      const fit = spatialMl(
        { weights: w, dependent: model().outcome, regressors: [lpcap!, unemp!, { name: "product", values: raw }, lpc!, lemp!] },
        { specification: "sdm", ...options }
      )
      const at = (term: string) => fit.estimates[fit.terms.indexOf(term)] ?? 0
      const { effects, values } = run(options, w)
      const dense = denseWeights(w)
      const inverse = luInverse(
        luFactor(
          dense.map((value, i) => (i % 49 === 0 ? 1 : 0) - at("rho") * value),
          48
        )
      )
      const written = (m: number) => {
        const [b, t] = [at("lpcap") + m * at("product"), at("W*lpcap") + m * at("W*product")]
        const change = dense.map((value, i) => t * value + (i % 49 === 0 ? b : 0))
        const s = multiply(inverse, change, 48, 48, 48)
        const [own, all] = [s.reduce((sum, v, i) => sum + (i % 49 === 0 ? v : 0), 0) / 48, s.reduce((sum, v) => sum + v, 0) / 48]
        return [own, all - own, all]
      }
      expect(values.map(({ value }) => value)).toEqual([0.16, 0.5, 0.84].map((p) => quantile(unemp!.values, p)))
      const [low, middle, high] = values.map(({ value }) => written(value))
      const less = (a: ReadonlyArray<number>, b: ReadonlyArray<number>) => a.map((value, i) => value - b[i]!)
      const expected = [...low!, ...middle!, ...high!, ...less(middle!, low!), ...less(high!, low!), ...less(high!, middle!)]
      expect(effects.map(({ term }) => term).filter((_, i) => i % 3 === 0)).toEqual(
        ["p16", "p50", "p84", "p50 - p16", "p84 - p16", "p84 - p50"].map((value) => `lpcap | unemp ${value}`)
      )
      effects.forEach(({ estimate }, i) => {
        expect(estimate).toBeCloseTo(expected[i]!, 8)
      })
    })
  it("effects and their standard errors are the same whatever the product multiplies", () => {
    const centred = run()
    for (const form of ["raw", "standardised"] as const) {
      const other = run({ form })
      // The coefficients themselves mean another thing.
      const [own, product] = [0, 2].map((place) => Math.abs(other.fit.estimates[place]! / centred.fit.estimates[place]! - 1))
      expect(form === "raw" ? own : product).toBeGreaterThan(0.01)
      other.effects.forEach(({ estimate, stdError }, i) => {
        expect(estimate).toBeCloseTo(centred.effects[i]!.estimate, 8)
        expect(stdError / centred.effects[i]!.stdError).toBeCloseTo(1, 5)
      })
    }
  })
  it("simulated intervals of differences come from the same draws as those of the values", () => {
    const { effects, method, warnings } = run({ method: "simulation", draws: 4000, seed: 5, values: { at: [4, 9] } })
    const delta = run({ values: { at: [4, 9] } }).effects
    expect(method).toBe("simulation: 4000 draws, percentile interval")
    expect(effects.length).toBe(9)
    effects.forEach(({ stdError }, i) => {
      expect(Math.abs(stdError / delta[i]!.stdError - 1)).toBeLessThan(0.1)
    })
    expect(warnings).toEqual([])
    expect(run({ values: { at: [4, 40] } }).warnings.map(({ code }) => code)).toEqual(["outside-range"])
  })
  it("only chosen regressors have a lag: without the product's, what spills over without rho is not moderated", () => {
    const { effects } = run({ specification: "slx", lagged: ["lpcap"] })
    const indirect = effects.filter(({ effect }) => effect === "indirect").map(({ estimate }) => estimate)
    expect(indirect[0]).toBeCloseTo(indirect[2]!, 12)
    expect(Math.abs(indirect[0]!)).toBeGreaterThan(1e-3)
    for (const difference of indirect.slice(3)) expect(difference).toBeCloseTo(0, 14)
  })
  it("refuses a variable in two roles, strange forms and values, and a product that is explained", () => {
    expect(() => spatialModeration({ ...model(), moderator: lpcap! }, { form: "squared" as never, values: { percentiles: [120] } })).toThrow(
      /lpcap.*an interaction is of raw, centred or standardised variables, not squared; 120 among the percentiles of the moderator/
    )
    const twice = { name: "double", values: unemp!.values.map((value) => 2 * value) }
    expect(() => spatialModeration({ ...model(), treatment: { name: "flat", values: twice.values.map(() => 1) } })).toThrow(/explain flat and flat\*unemp/)
  })
})
