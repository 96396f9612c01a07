import { describe, expect, it } from "vitest"
import { panelIndex } from "../../../../src/econometrics/sample/panel-index.ts"
import { effectsMatrix } from "../../../../src/econometrics/spatial/effects/effects-matrix.ts"
import { spatialMl } from "../../../../src/econometrics/spatial/models/spatial-ml.ts"
import { mediationMatrix } from "../../../../src/econometrics/spatial/paths/mediation-matrix.ts"
import { type SpatialMediationOptions, spatialMediation } from "../../../../src/econometrics/spatial/paths/spatial-mediation.ts"
import { mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { entities, production, weights, years } from "../../us-states.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const [lpcap, lpc, lemp, unemp] = production.names.map((name, i) => ({ name, values: production.regressors[i]! }))
const outcome = { name: "lgsp", values: production.dependent }
const model = (w = weights.contiguity) => ({ weights: w, outcome, treatment: lpcap!, mediator: lpc!, controls: [lemp!, unemp!] })
const TERMS = ["lpcap -> lpc", "lpc -> lgsp", "lpcap -> lpc -> lgsp", "lpcap -> lgsp", "lpcap"]
const means = (s: Float64Array) => {
  const [own, all] = [s.reduce((sum, v, i) => sum + (i % 49 === 0 ? v : 0), 0) / 48, s.reduce((sum, v) => sum + v, 0) / 48]
  return [own, all - own, all]
}

describe("spatial mediation", () => {
  for (const [name, w, options] of [
    ["sdm", weights.contiguity, {}],
    ["sdm, unequal row sums, entity effects", unequal, { effects: "individual" }],
    ["sar", weights.contiguity, { specification: "sar" }],
    ["slx", unequal, { specification: "slx", effects: "individual" }],
    ["sem on sdm", weights.contiguity, { specification: "sem", mediatorSpecification: "sdm" }],
    ["gns on sdem, without effects", weights.contiguity, { specification: "gns", mediatorSpecification: "sdem", effects: "pooled" }]
  ] as ReadonlyArray<readonly [string, typeof unequal, SpatialMediationOptions]>)
    it(`effects are the means of the N x N matrices of paths, written out (${name})`, () => {
      const { specification = "sdm", mediatorSpecification = specification, effects: ofPanel } = options
      const first = spatialMl({ weights: w, dependent: lpc!, regressors: [lpcap!, lemp!, unemp!] }, { specification: mediatorSpecification, effects: ofPanel })
      const second = spatialMl({ weights: w, dependent: outcome, regressors: [lpcap!, lpc!, lemp!, unemp!] }, { specification, effects: ofPanel })
      const [pm, py, past] = [effectsMatrix(first, "lpcap"), effectsMatrix(second, "lpc"), effectsMatrix(second, "lpcap")]
      const through = multiply(py, pm, 48, 48, 48)
      const expected = [pm, py, through, past, through.map((value, i) => value + past[i]!)].flatMap(means)
      const { effects } = spatialMediation(model(w), { ...options, method: "delta" })
      expect(effects.map(({ term }) => term).filter((_, i) => i % 3 === 0)).toEqual(TERMS)
      effects.forEach(({ effect, estimate }, i) => {
        expect(effect).toBe(["direct", "indirect", "total"][i % 3])
        expect(estimate).toBeCloseTo(expected[i]!, 10)
      })
      // And pair by pair.
      const near = (found: Float64Array, written: Float64Array) => {
        found.forEach((value, i) => {
          expect(value).toBeCloseTo(written[i]!, 11)
        })
      }
      const fit = { mediator: first, outcome: second }
      near(mediationMatrix(fit, "lpcap", "through"), through)
      near(mediationMatrix(fit, "lpcap", "past"), past)
      near(
        mediationMatrix(fit, "lpcap", "both"),
        through.map((value, i) => value + past[i]!)
      )
      expect(() => mediationMatrix(fit, "lpcap", "around" as never)).toThrow("a path leads through or past the mediator, or both; not around")
    })
  it("delta-method standard errors of a path are those of its own model, and of the product of two slopes Sobel's", () => {
    const { effects, mediator, outcome: second } = spatialMediation(model(), { specification: "sem", method: "delta" })
    const of = ({ covariance, estimates, terms }: typeof second, term: string) => {
      const at = terms.indexOf(term)
      return [estimates[at]!, covariance[at * (terms.length + 1)]!] as const
    }
    const [[a, va], [b, vb]] = [of(mediator, "lpcap"), of(second, "lpc")]
    const error = (term: string) => effects.find((e) => e.term === term && e.effect === "total")!.stdError
    expect(error("lpcap -> lpc") / Math.sqrt(va)).toBeCloseTo(1, 10)
    expect(error("lpcap -> lpc -> lgsp") / Math.sqrt(a * a * vb + b * b * va)).toBeCloseTo(1, 10)
    expect(effects.filter((e) => e.effect === "indirect").map(({ estimate }) => estimate)).toEqual([0, 0, 0, 0, 0])
  })
  it("simulated standard errors come near the delta method's, and the seed decides the draws", () => {
    const delta = spatialMediation(model(), { method: "delta" }).effects
    const { effects, method, warnings } = spatialMediation(model(), { draws: 4000, seed: 3 })
    expect(method).toBe("simulation: 4000 draws, percentile interval")
    expect(warnings).toEqual([])
    effects.forEach(({ confHigh, confLow, estimate, stdError }, i) => {
      expect(estimate).toBe(delta[i]!.estimate)
      expect(Math.abs(stdError / delta[i]!.stdError - 1)).toBeLessThan(0.12)
      expect(confLow < estimate && estimate < confHigh).toBe(true)
    })
    const errors = (seed: number) => spatialMediation(model(), { draws: 50, seed }).effects.map((e) => e.stdError)
    expect(errors(1)).toEqual(errors(1))
    expect(errors(1)).not.toEqual(errors(2))
  })
  it("is the same in whatever order rows stand, with their index", () => {
    const rows = Array.from({ length: 816 }, (_, i) => (i * 143) % 816)
    const shuffled = ({ name, values }: typeof outcome) => ({ name, values: Float64Array.from(rows, (row) => values[row]!) })
    const index = panelIndex(
      rows.map((row) => entities[Math.floor(row / 17)]!),
      rows.map((row) => years[row % 17]!)
    )
    const { controls, mediator, treatment } = model()
    const other = spatialMediation(
      {
        weights: weights.contiguity,
        index,
        outcome: shuffled(outcome),
        treatment: shuffled(treatment),
        mediator: shuffled(mediator),
        controls: controls.map(shuffled)
      },
      { method: "delta" }
    )
    expect(other.effects).toEqual(spatialMediation(model(), { method: "delta" }).effects)
  })
  it("lags of chosen regressors alone: the mediator's lag is not in its own equation", () => {
    const { mediator, outcome: second } = spatialMediation(model(), { lagged: ["lpc", "lpcap"], method: "delta" })
    expect(mediator.terms.filter((term) => term.startsWith("W*"))).toEqual(["W*lpcap"])
    expect(second.terms.filter((term) => term.startsWith("W*"))).toEqual(["W*lpcap", "W*lpc"])
    const mixed = spatialMediation(model(), { lagged: ["lpcap"], specification: "sar", mediatorSpecification: "slx", method: "delta" })
    expect(mixed.mediator.terms).toContain("W*lpcap")
    expect(mixed.outcome.terms).not.toContain("W*lpcap")
    expect(() => spatialMediation(model(), { lagged: ["lpcap"], specification: "sar" })).toThrow(/^sar has no spatial lags of regressors/)
    expect(() => spatialMediation(model(), { lagged: ["wages"] })).toThrow(/^lagged names regressors of the model; wages is none/)
    expect(() => spatialMediation(model(), { specification: "spline" as never })).toThrow(/^a specification is one of/)
  })
  it("refuses a variable in two roles, strange options, a path that is explained, and a rho beyond its bounds", () => {
    expect(() => spatialMediation({ ...model(), mediator: lpcap! })).toThrow(/lpcap/)
    expect(() => spatialMediation(model(), { draws: 1, level: 3 })).toThrow(
      "draws are a whole number from 2, not 1; the level of intervals lies between 0 and 1 (0.95), not at 3"
    )
    const flat = { name: "flat", values: lpc!.values.map((_, i) => i % 17) }
    expect(() => spatialMediation({ ...model(), treatment: flat })).toThrow(
      "in the equation of lpc effects and other regressors explain flat: there is no path to estimate"
    )
    expect(() => spatialMediation({ ...model(weights.nested), treatment: lemp!, controls: [] })).toThrow(
      /^in the equation of lgsp rho is estimated as 1.052, outside/
    )
  })
})
