import { describe, expect, it } from "vitest"
import { NORMALISATIONS, normalised } from "../../../src/econometrics/comparison/index-normalisations.ts"
import { indexUncertainty, type UncertainIndex } from "../../../src/econometrics/comparison/index-uncertainty.ts"
import { sobolIndices, type UncertainInput } from "../../../src/econometrics/comparison/sobol-indices.ts"
import { dirichletVariate } from "../../../src/stats/dirichlet-variate.ts"
import { stream } from "../../../src/stats/random.ts"
import oracle from "../../oracle/comparison.json" with { type: "json" }

const uniforms = (count: number, low = 0, high = 1): ReadonlyArray<UncertainInput<number>> =>
  Array.from({ length: count }, (_, i) => ({ name: `x${i + 1}`, draw: (random) => low + (high - low) * random.uniform() }))

describe("sensitivity indices", () => {
  it("of Ishigami's function (a = 7, b = 0.1) are the known ones", () => {
    const { indices, mean, variance } = sobolIndices(
      uniforms(3, -Math.PI, Math.PI),
      ([x1, x2, x3]) => Math.sin(x1!) + 7 * Math.sin(x2!) ** 2 + 0.1 * x3! ** 4 * Math.sin(x1!),
      { seed: 1, samples: 20_000 }
    )
    expect(mean).toBeCloseTo(3.5, 1)
    // Ishigami and Homma (1990): V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2.
    const V = 49 / 8 + (0.1 * Math.PI ** 4) / 5 + (0.01 * Math.PI ** 8) / 18 + 0.5
    expect(Math.abs(variance / V - 1)).toBeLessThan(0.02)
    const V1 = 0.5 * (1 + (0.1 * Math.PI ** 4) / 5) ** 2
    const V13 = 0.01 * Math.PI ** 8 * (1 / 18 - 1 / 50)
    const known = [
      [V1 / V, (V1 + V13) / V],
      [49 / 8 / V, 49 / 8 / V],
      [0, V13 / V]
    ]
    for (const [i, { first, firstInterval, total, totalInterval }] of indices.entries()) {
      expect(Math.abs(first - known[i]![0]!)).toBeLessThan(0.03)
      expect(Math.abs(total - known[i]![1]!)).toBeLessThan(0.02)
      expect(firstInterval[0]).toBeLessThan(first)
      expect(totalInterval[1]).toBeGreaterThan(total)
    }
  })

  it("of Sobol's g function with a = 0, 1, 4.5, 9, 99 are the known ones, and first orders sum to one at most", () => {
    const a = [0, 1, 4.5, 9, 99]
    const { indices } = sobolIndices(uniforms(5), (x) => x.reduce((product, value, i) => product * ((Math.abs(4 * value - 2) + a[i]!) / (1 + a[i]!)), 1), {
      seed: 2,
      samples: 20_000
    })
    const parts = a.map((one) => 1 / 3 / (1 + one) ** 2)
    const V = parts.reduce((product, part) => product * (1 + part), 1) - 1
    for (const [i, { first, total }] of indices.entries()) {
      expect(Math.abs(first - parts[i]! / V)).toBeLessThan(0.03)
      expect(Math.abs(total - (parts[i]! * (V + 1)) / (1 + parts[i]!) / V)).toBeLessThan(0.02)
    }
    expect(indices.reduce((sum, { first }) => sum + first, 0)).toBeLessThan(1.03)
  })

  it("more samples go on with the same; those of a constant result are zero", () => {
    const f = ([x1, x2]: ReadonlyArray<number>) => x1! + 2 * x2!
    const few = sobolIndices(uniforms(2), f, { seed: 5, samples: 50 })
    const many = sobolIndices(uniforms(2), f, { seed: 5, samples: 80 })
    expect([...many.results.subarray(0, 50)]).toEqual([...few.results.subarray(0, 50)])
    const constant = sobolIndices(uniforms(2), () => 1, { seed: 5, samples: 50 })
    expect(constant.variance).toBe(0)
    expect(constant.indices).toEqual(["x1", "x2"].map((input) => ({ input, first: 0, firstInterval: [0, 0], total: 0, totalInterval: [0, 0] })))
    expect(() => sobolIndices(uniforms(2), f, { seed: 5, samples: 1 })).toThrow("1 samples")
  })
})

describe("Dirichlet variates", () => {
  it("sum to one, with the mean and variance that they are to have", () => {
    const mean = Float64Array.of(0.6, 0.3, 0.08, 0.02)
    const draws = Array.from({ length: 20_000 }, (_, i) => dirichletVariate(stream(4, i), mean, 30))
    for (const [m, share] of mean.entries()) {
      const average = draws.reduce((sum, draw) => sum + draw[m]!, 0) / draws.length
      const variance = draws.reduce((sum, draw) => sum + (draw[m]! - average) ** 2, 0) / draws.length
      expect(Math.abs(average / share - 1)).toBeLessThan(0.03)
      expect(Math.abs(variance / ((share * (1 - share)) / 31) - 1)).toBeLessThan(0.08)
    }
    expect(draws.every((draw) => Math.abs(draw.reduce((sum, part) => sum + part, 0) - 1) < 1e-12)).toBe(true)
  })
})

describe("an index's ranks", () => {
  it("are R's under every normalisation, weighting and aggregation, and without an indicator whose weight the others share", () => {
    const { cases, raw, weights } = oracle.index
    const columns = Object.entries(raw).map(([name, x]) => ({
      x: Float64Array.from(x),
      attribute: name === "unemp" ? ("negative" as const) : ("positive" as const)
    }))
    for (const { aggregation, normalisation, out, ranks, weighting } of cases) {
      const own = weights[weighting as keyof typeof weights].map((weight, m) => (m + 1 === out ? 0 : weight))
      const sum = own.reduce((total, weight) => total + weight, 0)
      const by = normalisation as (typeof NORMALISATIONS)[number]
      const { reference } = indexUncertainty(
        {
          normalisations: [{ name: by, indicators: columns.map(({ attribute, x }) => normalised(x, attribute, by)!) }],
          weightings: [{ name: weighting, weights: Float64Array.from(own, (weight) => weight / sum) }],
          aggregations: [aggregation as "linear" | "geometric"],
          leaveOneOut: false
        },
        { seed: 1, samples: 2 }
      )
      expect([...reference], `${normalisation} ${weighting} ${aggregation} ${out}`).toEqual(ranks)
    }
  })
})

describe("an uncertain index", () => {
  // Two indicators that agree, and one that does not, over six entities.
  const raw = [Float64Array.of(6, 5, 4, 3, 2, 1), Float64Array.of(60, 55, 40, 33, 20, 15), Float64Array.of(1, 4, 2, 6, 3, 5)]
  const normalisations = NORMALISATIONS.map((name) => ({ name, indicators: raw.map((x) => normalised(x, "positive", name)!) }))
  const weightings = [
    { name: "equal", weights: Float64Array.of(1 / 3, 1 / 3, 1 / 3) },
    { name: "third", weights: Float64Array.of(0.1, 0.1, 0.8) }
  ]
  const index: UncertainIndex = {
    normalisations,
    weightings,
    aggregations: ["linear", "geometric"],
    leaveOneOut: true,
    perturbation: { kind: "relative", share: 0.25 }
  }
  const options = { seed: 7, samples: 400, resamples: 20 }

  it("ranks are where the choices put them; the weighting moves them most here", () => {
    const { entities, reference, sensitivity } = indexUncertainty(index, options)
    expect([...reference].sort()).toEqual([1, 2, 3, 4, 5, 6])
    for (const { best, high, low, worst } of entities) {
      expect(best).toBeLessThanOrEqual(low)
      expect(high).toBeLessThanOrEqual(worst)
    }
    expect(sensitivity.indices.map(({ input }) => input)).toEqual(["normalisation", "weighting", "aggregation", "indicator-left-out", "weights"])
    const most = [...sensitivity.indices].sort((a, b) => b.total - a.total)[0]!
    expect(["weighting", "indicator-left-out"]).toContain(most.input)
    expect(sensitivity.indices.reduce((sum, { first }) => sum + first, 0)).toBeLessThan(1.2)
  })

  it("without any choice every rank is the reference's, and there is nothing to be sensitive to", () => {
    const fixed: UncertainIndex = {
      normalisations: normalisations.slice(0, 1),
      weightings: weightings.slice(0, 1),
      aggregations: ["linear"],
      leaveOneOut: false
    }
    const { entities, sensitivity } = indexUncertainty(fixed, options)
    expect(entities.every(({ best, unchanged, worst }) => best === worst && unchanged === 1)).toBe(true)
    expect(sensitivity).toMatchObject({ mean: 0, variance: 0, indices: [] })
  })

  it("entities in another order have the same intervals; the same seed gives the same", () => {
    const turned = (x: Float64Array) => Float64Array.of(...x.subarray(2), ...x.subarray(0, 2))
    const other = NORMALISATIONS.map((name) => ({ name, indicators: raw.map((x) => normalised(turned(x), "positive", name)!) }))
    const [a, b] = [indexUncertainty(index, options), indexUncertainty({ ...index, normalisations: other }, options)]
    expect(b.entities).toEqual([...a.entities.slice(2), ...a.entities.slice(0, 2)])
    expect(indexUncertainty(index, options)).toEqual(a)
  })

  it("normalisations: higher is better in all, constants have none, geometric values are positive", () => {
    for (const name of NORMALISATIONS) {
      const { linear, positive } = normalised(Float64Array.of(3, 1, 2), "negative", name)!
      expect([...linear.keys()].sort((i, j) => linear[j]! - linear[i]!)).toEqual([1, 2, 0])
      expect(positive.every((value) => value > 0)).toBe(true)
      expect(normalised(Float64Array.of(2, 2), "positive", name)).toBeUndefined()
    }
  })
})
