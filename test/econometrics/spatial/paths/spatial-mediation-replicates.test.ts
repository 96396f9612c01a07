import { describe, expect, it } from "vitest"
import { spatialMediation } from "../../../../src/econometrics/spatial/paths/spatial-mediation.ts"
import { type SpatialReplicatesOptions, spatialMediationReplicates } from "../../../../src/econometrics/spatial/paths/spatial-mediation-replicates.ts"
import { mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"

const unequal = mapWeights(weights.contiguity, (i, j) => 1 / 8 + ((i + 2 * j) % 3) / 60)
const [lpcap, lpc, lemp, unemp] = production.names.map((name, i) => ({ name, values: production.regressors[i]! }))
const model = (w = weights.contiguity) => ({
  weights: w,
  outcome: { name: "lgsp", values: production.dependent },
  treatment: lpcap!,
  mediator: lpc!,
  controls: [lemp!, unemp!]
})
const draw = (options: SpatialReplicatesOptions, count = 12, from = 0, seed = 1, w = weights.contiguity) =>
  spatialMediationReplicates(model(w), { seed, from, count }, options).columns
const deviation = (x: Float64Array) => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  return Math.sqrt(x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (x.length - 1))
}

describe("replicates of a spatial mediation", () => {
  for (const resampling of ["wild-clusters", "recursive-wild-clusters", "periods"] as const) {
    it(`more replicates extend the sequence, replicate i is the same in whatever block, and another seed draws others (${resampling})`, () => {
      const whole = draw({ resampling })
      const block = draw({ resampling }, 5, 4)
      const other = draw({ resampling }, 12, 0, 2)
      expect([...whole.keys()].slice(6, 9)).toEqual(["direct lpcap -> lpc -> lgsp", "indirect lpcap -> lpc -> lgsp", "total lpcap -> lpc -> lgsp"])
      for (const [name, values] of whole) {
        expect(block.get(name)).toEqual(values.slice(4, 9))
        expect(new Set(values).size).toBe(12)
        expect(other.get(name)).not.toEqual(values)
      }
    })
    it(`lie around the estimates, direct and indirect adding up, and the spread is of the size of standard errors (${resampling})`, () => {
      for (const [w, options] of [
        [weights.contiguity, {}],
        [unequal, { effects: "individual", specification: "slx" }]
      ] as const) {
        const columns = draw({ resampling, ...options }, 200, 0, 1, w)
        const { effects } = spatialMediation(model(w), { ...options, method: "delta" })
        for (const { effect, estimate, stdError, term } of effects) {
          const values = columns.get(`${effect} ${term}`)!
          const middle = values.slice().sort()[100]!
          expect(Math.abs(middle - estimate)).toBeLessThan(0.6 * deviation(values))
          // Residuals of states are correlated over years: signs by state keep that, which the information matrix does not know.
          expect(deviation(values) / stdError).toBeGreaterThan(resampling === "periods" ? 0.5 : 0.8)
          expect(deviation(values) / stdError).toBeLessThan(4)
        }
        const [own, others, all] = ["direct", "indirect", "total"].map((effect) => columns.get(`${effect} lpcap`)!)
        own!.forEach((value, r) => {
          expect(value + others![r]!).toBeCloseTo(all![r]!, 12)
        })
      }
    })
  }
  it("models with spatial errors are drawn too, and Webb's weights draw others than signs do", () => {
    const [signs, sizes] = [draw({ specification: "sem" }), draw({ specification: "sem", wildWeights: "webb" })]
    for (const [name, values] of signs) if (!name.startsWith("indirect")) expect(sizes.get(name)).not.toEqual(values)
    const gns = draw({ specification: "gns" }, 3)
    for (const values of gns.values()) expect(values.every(Number.isFinite)).toBe(true)
  })
  it("refuses blocks and ways of drawing that are none", () => {
    expect(() => draw({ resampling: "pairs" as never })).toThrow("resampling is wild-clusters, recursive-wild-clusters, periods, not pairs")
    expect(() => draw({ wildWeights: "normal" as never }, -1)).toThrow("-1 replicates: a whole number, from 0; wildWeights are rademacher or webb, not normal")
    expect(() => draw({ resampling: "periods", effects: "time" })).toThrow(/^periods are drawn where there are entity effects/)
    const first = (values: Float64Array) => Float64Array.from({ length: 48 }, (_, i) => values[17 * i]!)
    const one = ({ name, values }: { readonly name: string; readonly values: Float64Array }) => ({ name, values: first(values) })
    const { controls, mediator, outcome, treatment } = model()
    const section = { weights: weights.contiguity, outcome: one(outcome), mediator: one(mediator), treatment: one(treatment), controls: controls.map(one) }
    expect(() => spatialMediationReplicates(section, { seed: 1, from: 0, count: 2 }, { resampling: "periods" })).toThrow(
      /^the sample has 1 period to draw from/
    )
    expect(spatialMediationReplicates(section, { seed: 1, from: 0, count: 2 }).columns.get("direct lpcap")!.every(Number.isFinite)).toBe(true)
  })
})
