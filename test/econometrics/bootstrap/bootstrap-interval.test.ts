import { describe, expect, it } from "vitest"
import { summarise } from "../../../src/econometrics/bootstrap/bootstrap-interval.ts"
import { normalCdf, normalQuantile } from "../../../src/stats/distributions.ts"
import { quantile } from "../../../src/stats/quantile.ts"
import { stream } from "../../../src/stats/random.ts"
import { difference } from "../produc.ts"

const s = stream(3, 3)
const values = Float64Array.from({ length: 999 }, () => s.normal() ** 2)

describe("intervals of a bootstrap", () => {
  it("percentile: the type 6 quantiles, for which 999 replicates have order statistics 25 and 975", () => {
    const sorted = Float64Array.from(values).sort()
    expect(difference(summarise(values, 1, { kind: "percentile" }).interval!, [sorted[24]!, sorted[974]!])).toBeLessThan(1e-9)
  })
  it("bias-corrected: the quantiles at Phi(2 z0 + z), and the percentile interval where half lie below the estimate", () => {
    const median = quantile(values, 0.5)
    const z0 = normalQuantile(values.filter((v) => v < 0.3).length / 999)
    const [low, high] = summarise(values, 0.3, { kind: "bias-corrected" }).interval!
    const expected = [0.025, 0.975].map((p) => quantile(values, normalCdf(2 * z0 + normalQuantile(p))))
    expect(difference([low, high], expected)).toBeLessThan(1e-9)
    const [a, b] = summarise(values, median, { kind: "bias-corrected" }).interval!
    const [c, d] = summarise(values, median, { kind: "percentile" }).interval!
    expect(Math.abs(a - c) + Math.abs(b - d)).toBeLessThan(1e-9)
  })
  it("a transformation carries the interval with it", () => {
    const logged = summarise(values.map(Math.log), Math.log(0.4), { kind: "bias-corrected", level: 0.9 }).interval!
    const plain = summarise(values, 0.4, { kind: "bias-corrected", level: 0.9 }).interval!
    // Interpolation between order statistics is not invariant; the order statistics themselves are.
    expect(Math.abs(Math.exp(logged[0]) / plain[0] - 1)).toBeLessThan(0.01)
    expect(Math.abs(Math.exp(logged[1]) / plain[1] - 1)).toBeLessThan(0.01)
  })
  it("counts singular replicates and leaves them out; all on one side has no bias-corrected interval", () => {
    const some = Float64Array.of(1, 2, Number.NaN, 3, Number.NaN)
    expect(summarise(some, 2, { kind: "percentile" })).toMatchObject({ replicates: 3, singular: 2, stdError: 1, bias: 0 })
    expect(summarise(some, 5, { kind: "bias-corrected" }).interval).toBeUndefined()
  })
  it("counts what a studentised or a BCa interval has to do without; without anything there is none", () => {
    const studentised = values.map((v, i) => (i < 4 ? Number.NaN : 2 - v))
    const t = summarise(values, 1, { kind: "studentised", studentised })
    expect(t.lacking).toBe(4)
    expect(difference(t.interval!, [quantile(studentised.slice(4), 0.025), quantile(studentised.slice(4), 0.975)])).toBeLessThan(1e-12)
    const bca = summarise(values, 0.4, { kind: "bca", jackknife: Float64Array.of(0.3, Number.NaN, 0.5, 0.41) })
    const same = summarise(values, 0.4, { kind: "bca", jackknife: Float64Array.of(0.3, 0.5, 0.41) })
    expect(bca).toEqual({ ...same, lacking: 1 })
    expect(summarise(values, 1, { kind: "studentised" })).toMatchObject({ interval: undefined, lacking: 999 })
    expect(summarise(values, 0.4, { kind: "bca", jackknife: Float64Array.of(2, 2, 2) }).interval).toBeUndefined()
  })
})
