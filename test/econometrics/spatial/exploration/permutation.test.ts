import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { permutationPValue } from "../../../../src/econometrics/spatial/exploration/alternative.ts"
import { conditionalLagCounts } from "../../../../src/econometrics/spatial/exploration/conditional-permutation.ts"
import { geary, gearyPermutation } from "../../../../src/econometrics/spatial/exploration/geary.ts"
import { generalG, generalGPermutation } from "../../../../src/econometrics/spatial/exploration/general-g.ts"
import { localG, localGPermutation, localGStar } from "../../../../src/econometrics/spatial/exploration/getis-ord.ts"
import { localMoran, localMoranPermutation } from "../../../../src/econometrics/spatial/exploration/local-moran.ts"
import { moran, moranPermutation } from "../../../../src/econometrics/spatial/exploration/moran.ts"
import { fromLinks, fromMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { arrangements, smallCases, weightsOf } from "./cases.ts"
import { columbus } from "./exploration-oracle.ts"

const W = fromMatrix(["a", "b", "c", "d", "e"], Float64Array.of(0, 1, 2, 0, 0, 3, 0, 0, 1, 0, 1, 1, 0, 2, 0, 0, 5, 0, 0, 1, 1, 0, 2, 0, 0))
const X = [3, 1, 4, 10, 5]
const mean = (values: ReadonlyArray<number>) => values.reduce((sum, v) => sum + v, 0) / values.length
const variance = (values: ReadonlyArray<number>) => mean(values.map((v) => (v - mean(values)) ** 2))
const R = 20_000
/** Five standard errors of a share of R draws. */
const near = (found: number, share: number) => expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / R) + 2 / R)

describe("all arrangements of five values", () => {
  const all = arrangements(X).map((x) => Float64Array.from(x))
  const statistics = {
    moran: { of: (x: Float64Array) => moran(W, x, "x").statistic, moments: moran(W, Float64Array.from(X), "x"), sign: 1, draw: moranPermutation },
    geary: { of: (x: Float64Array) => geary(W, x, "x").statistic, moments: geary(W, Float64Array.from(X), "x"), sign: -1, draw: gearyPermutation },
    "general G": {
      of: (x: Float64Array) => generalG(W, x, "x").statistic,
      moments: ((g) => ({ ...g, randomisation: g }))(generalG(W, Float64Array.from(X), "x")),
      sign: 1,
      draw: generalGPermutation
    }
  }
  for (const [name, { draw, moments, of, sign }] of Object.entries(statistics)) {
    const values = all.map(of)
    it(`${name}: the moments under randomisation are theirs`, () => {
      expect(mean(values)).toBeCloseTo(moments.expected, 12)
      expect(variance(values)).toBeCloseTo(moments.randomisation.variance, 12)
    })
    it(`${name}: permutation p-values tend to the share of arrangements as far out`, () => {
      const observed = sign * moments.statistic
      const share = (out: (v: number) => boolean) => mean(values.map((v) => (out(sign * v) ? 1 : 0)))
      const greater = share((v) => v >= observed - 1e-12)
      const less = share((v) => v <= observed + 1e-12)
      const series = [Float64Array.from(X)]
      near(draw(W, series, { replicates: R, seed: 3 })[0]!, greater)
      near(draw(W, series, { replicates: R, seed: 4, alternative: "less" })[0]!, less)
      near(draw(W, series, { replicates: R, seed: 5, alternative: "two-sided" })[0]! / 2, Math.min(0.5, greater, less))
    })
  }
})

describe("the others' values permuted around each entity", () => {
  const x = Float64Array.from(X)
  const around = (i: number) => arrangements(X.filter((_, j) => j !== i)).map((others) => Float64Array.from([...others.slice(0, i), X[i]!, ...others.slice(i)]))
  it("gives the expectations and variances of local Moran's I and G", () => {
    for (const local of [localMoran, localG]) {
      const found = local(W, x, "x")
      for (let i = 0; i < 5; i++) {
        const values = around(i).map((arranged) => local(W, arranged, "x").statistic[i]!)
        expect(mean(values)).toBeCloseTo(found.expected[i]!, 12)
        expect(variance(values)).toBeCloseTo(found.variance[i]!, 12)
      }
    }
  })
  it("those of G*, and of local Moran's I with total moments, are of all arrangements", () => {
    const all = arrangements(X).map((arranged) => Float64Array.from(arranged))
    const star = localGStar(W, x, "x")
    const total = localMoran(W, x, "x", { moments: "total" })
    const stars = all.map((arranged) => localGStar(W, arranged, "x").statistic)
    const morans = all.map((arranged) => localMoran(W, arranged, "x").statistic)
    for (let i = 0; i < 5; i++)
      for (const [found, values] of [
        [star, stars],
        [total, morans]
      ] as const) {
        expect(mean(values.map((v) => v[i]!))).toBeCloseTo(found.expected[i]!, 12)
        expect(variance(values.map((v) => v[i]!))).toBeCloseTo(found.variance[i]!, 12)
      }
  })
  it("p-values tend to the share of arrangements as far out", () => {
    const observed = localMoran(W, x, "x").statistic
    const g = localG(W, x, "x").statistic
    for (let i = 0; i < 5; i++) {
      const values = around(i)
      const share = (statistic: (arranged: Float64Array) => Float64Array, from: number) =>
        mean(values.map((arranged) => (statistic(arranged)[i]! >= from - 1e-12 ? 1 : 0)))
      const options = { replicates: R, seed: 11, alternative: "greater" } as const
      near(
        localMoranPermutation(W, [x], options)[0]!.pValue[i]!,
        share((arranged) => localMoran(W, arranged, "x").statistic, observed[i]!)
      )
      near(
        localGPermutation(W, [x], options)[0]!.pValue[i]!,
        share((arranged) => localG(W, arranged, "x").statistic, g[i]!)
      )
    }
  })
})

describe("draws", () => {
  it("agree with the normal approximation's z in sign and rank on columbus, within the simulation's error of the moments", () => {
    const { z } = localMoran(columbus.weights.W, columbus.x, "crime")
    const [found] = localMoranPermutation(columbus.weights.W, [columbus.x], { replicates: 999, seed: 1 })
    const strong = [...z.keys()].filter((i) => Math.abs(z[i]!) > 3)
    expect(strong.length).toBeGreaterThan(0)
    for (const i of strong) expect(found!.pValue[i]!).toBeLessThan(0.02)
    for (const i of [...z.keys()].filter((at) => Math.abs(z[at]!) < 0.5)) expect(found!.pValue[i]!).toBeGreaterThan(0.3)
  })
  it("do not depend on the other series, and counts of more replicates contain those of fewer", () => {
    const other = columbus.x.map((v) => v * v)
    const draw = (series: ReadonlyArray<Float64Array>, replicates = 50) => conditionalLagCounts(columbus.weights.W, series, { replicates, seed: 9 })
    expect([...draw([columbus.x, other]).atLeast.subarray(0, 49)]).toEqual([...draw([columbus.x]).atLeast])
    const more = draw([columbus.x], 80)
    draw([columbus.x]).atLeast.forEach((count, i) => {
      expect(more.atLeast[i]! - count).toBeGreaterThanOrEqual(0)
      expect(more.atLeast[i]! - count).toBeLessThanOrEqual(30)
    })
    const moranOf = (series: ReadonlyArray<Float64Array>) => moranPermutation(columbus.weights.W, series, { replicates: 99, seed: 9 })
    expect(moranOf([other, columbus.x])[1]).toBe(moranOf([columbus.x])[0])
  })
  it("of an entity are the same however few there are and whoever was drawn for before", () => {
    const { entities, matrix } = columbus.weights.W
    const counts = (weights: typeof columbus.weights.W, replicates: number) => conditionalLagCounts(weights, [columbus.x], { replicates, seed: 9 }).atLeast
    const only = (i: number) => {
      const to = matrix.columns.subarray(matrix.starts[i]!, matrix.starts[i + 1]!)
      return fromLinks(
        entities,
        Array.from(to, () => i),
        to,
        matrix.values.subarray(matrix.starts[i]!, matrix.starts[i + 1]!)
      )
    }
    for (const replicates of [3, 200]) for (const i of [0, 7, 48]) expect(counts(only(i), replicates)[i]).toBe(counts(columbus.weights.W, replicates)[i])
  })
  it("a unit or an origin changes no p-value, and a change of sign none of Moran's", () => {
    fc.assert(
      fc.property(smallCases, ({ links, size, x }) => {
        const w = weightsOf(size, links)
        const plain = Float64Array.from(x)
        const moved = plain.map((v) => 7 - 2 * v)
        const options = { replicates: 19, seed: 2 }
        expect(moranPermutation(w, [moved], options)).toEqual(moranPermutation(w, [plain], options))
        expect(localMoranPermutation(w, [moved], options)).toEqual(localMoranPermutation(w, [plain], options))
        expect(gearyPermutation(w, [moved], options)).toEqual(gearyPermutation(w, [plain], options))
      })
    )
  })
  it("two-sided is twice the smaller share, at most 1", () => {
    expect(permutationPValue(4, 95, 99, "two-sided")).toBeCloseTo(0.1, 15)
    expect(permutationPValue(99, 99, 99, "two-sided")).toBe(1)
    expect(permutationPValue(0, 99, 99, "greater")).toBe(0.01)
    expect(permutationPValue(0, 99, 99, "less")).toBe(1)
  })
})

describe("permutation tests of what cannot be drawn", () => {
  it("replicates are a whole number from 1, and alternatives have names", () => {
    const x = Float64Array.from(X)
    for (const draw of [moranPermutation, gearyPermutation, localMoranPermutation, localGPermutation])
      for (const replicates of [-1, 0, 1.5, Number.NaN])
        expect(() => draw(W, [x], { replicates, seed: 1 })).toThrow(`replicates are a whole number from 1 (999), not ${replicates}`)
    expect(() => moran(W, x, "x", "both" as "greater")).toThrow(/one of greater, less, two-sided, not both/)
    expect(() => moranPermutation(W, [x], { replicates: 9, seed: 1, alternative: "both" as "greater" })).toThrow(/not both/)
  })
})
