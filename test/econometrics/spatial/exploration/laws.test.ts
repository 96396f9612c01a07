import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { geary } from "../../../../src/econometrics/spatial/exploration/geary.ts"
import { generalG } from "../../../../src/econometrics/spatial/exploration/general-g.ts"
import { localG, localGStar } from "../../../../src/econometrics/spatial/exploration/getis-ord.ts"
import { localMoran } from "../../../../src/econometrics/spatial/exploration/local-moran.ts"
import { moran } from "../../../../src/econometrics/spatial/exploration/moran.ts"
import { weightSums } from "../../../../src/econometrics/spatial/exploration/weight-sums.ts"
import { contiguity } from "../../../../src/econometrics/spatial/weights/contiguity.ts"
import { denseWeights, fromPairs, mapWeights, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { falseDiscoveryRate } from "../../../../src/stats/false-discovery-rate.ts"
import { smallCases, weightsOf } from "./cases.ts"
import { columbus } from "./exploration-oracle.ts"

describe("laws of spatial autocorrelation", () => {
  it("local Moran's I sums to S0 times the global I", () => {
    fc.assert(
      fc.property(smallCases, ({ links, size, x }) => {
        const w = weightsOf(size, links)
        const values = Float64Array.from(x)
        const { statistic } = localMoran(w, values, "x", { moments: "total" })
        const sum = statistic.reduce((all, v) => all + v, 0)
        expect(sum).toBeCloseTo(moran(w, values, "x").statistic * weightSums(w).s0, 8)
      })
    )
  })
  it("the z of local G is positive where high values lie together, whatever the sign of the sum", () => {
    fc.assert(
      fc.property(smallCases, ({ links, size, x }) => {
        // A chain, so that no entity has all others for neighbours.
        const w = mapWeights(weightsOf(size, links), (i, j, weight) => (Math.abs(i - j) === 1 ? weight : 0))
        for (const local of [localG, localGStar]) {
          const above = local(
            w,
            Float64Array.from(x, (v) => v + 1000),
            "x"
          ).z
          local(
            w,
            Float64Array.from(x, (v) => v - 1000),
            "x"
          ).z.forEach((z, i) => {
            expect(z).toBeCloseTo(above[i]!, 6)
          })
        }
      })
    )
  })
  it("statistics move with the entities, and stay under a change of unit", () => {
    fc.assert(
      fc.property(smallCases, ({ links, order, size, x }) => {
        // A chain, so that no entity has all others for neighbours.
        const w = mapWeights(weightsOf(size, links), (i, j, weight) => (Math.abs(i - j) === 1 ? weight : 0))
        const dense = denseWeights(w)
        const shuffled = fromPairs(w.entities, (i, j) => dense[order[i]! * size + order[j]!]!)
        const values = Float64Array.from(x, (v) => v + 60)
        const moved = Float64Array.from(order, (i) => 3 * values[i]!)
        expect(geary(shuffled, moved, "x").randomisation.z).toBeCloseTo(geary(w, values, "x").randomisation.z, 7)
        expect(generalG(shuffled, moved, "x").statistic).toBeCloseTo(generalG(w, values, "x").statistic, 12)
        const here = localMoran(w, values, "x", { moments: "total" })
        const there = localMoran(shuffled, moved, "x", { moments: "total" })
        const star = localGStar(w, values, "x")
        const starThere = localGStar(shuffled, moved, "x")
        order.forEach((from, to) => {
          expect(there.z[to]!).toBeCloseTo(here.z[from]!, 7)
          expect(starThere.z[to]!).toBeCloseTo(star.z[from]!, 7)
        })
      })
    )
  })
  it("z of G and G* does not depend on whether rows are standardised, where a row's weights are equal", () => {
    const apart = (a: Float64Array, b: Float64Array) => a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0)
    for (const local of [localG, localGStar]) {
      const standardised = local(columbus.weights.W, columbus.x, "crime").z
      expect(apart(standardised, local(columbus.weights.B, columbus.x, "crime").z)).toBeLessThan(1e-10)
    }
    expect(columbus.weights.W).toEqual(rowStandardize(columbus.weights.B))
  })
  it("adjusted p-values keep the order, are not below the p-values, and ignore missing ones", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (p) => {
        const values = Float64Array.from(p)
        const adjusted = falseDiscoveryRate(values)
        for (const [i, value] of p.entries()) for (const [j, other] of p.entries()) if (value < other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]!)
        for (const [i, value] of p.entries()) expect(adjusted[i]!).toBeGreaterThanOrEqual(value)
        expect([...falseDiscoveryRate(Float64Array.of(...p, Number.NaN))]).toEqual([...adjusted, Number.NaN])
      })
    )
    // R: p.adjust(c(0.5, 0.25, 0.0625, 0.125), "fdr")
    expect([...falseDiscoveryRate(Float64Array.of(0.5, 0.25, 0.0625, 0.125))]).toEqual([0.5, (4 / 3) * 0.25, 0.25, 0.25])
  })
})

describe("what leaves no statistic is a fault that says why", () => {
  const names = ["a", "b", "c", "d", "e"]
  const ring = contiguity(
    names,
    [
      ["a", "b"],
      ["b", "c"],
      ["c", "d"],
      ["d", "e"],
      ["e", "a"]
    ],
    false
  )
  const flat = new Float64Array(5).fill(0.1)
  it("a constant", () => {
    for (const statistic of [moran, geary, generalG, localMoran, localG, localGStar])
      expect(() => statistic(ring, flat, "x in 2003")).toThrow(/x in 2003 is not defined: all 5 entities have the value 0.1/)
  })
  it("values that are not one number an entity, and weights of an entity for itself, all told together", () => {
    expect(() => localGStar(ring, Float64Array.of(1, 2, Number.NaN, 4, 5), "x")).toThrow(/every entity; these have none: c/)
    expect(() => moran(ring, Float64Array.of(1, 2, 3), "x")).toThrow(/each of the 5 entities of the weights; there are 3/)
    const own = fromPairs(names, (i, j) => i + j)
    const diagonal = { ...own, matrix: { ...own.matrix, columns: own.matrix.columns.map((j, at) => (at === 0 ? 0 : j)) } }
    expect(() => geary(diagonal, Float64Array.of(1, 2, Number.NaN, 4, 5), "x")).toThrow(/weight on the diagonal: a; .*these have none: c/)
  })
  it("negative values and too few positive ones, for the general G", () => {
    expect(() => generalG(ring, Float64Array.of(1, -2, 3, -4, 5), "x")).toThrow(/below zero are b, d/)
    expect(() => generalG(ring, Float64Array.of(0, 0, 3, 0, 0), "x")).toThrow(/fewer than two entities/)
  })
  it("values that sum to zero, for G* and G", () => {
    expect(() => localGStar(ring, Float64Array.of(-2, -1, 0, 1, 2), "x")).toThrow(/sum of the values, which is zero/)
    expect(() => localG(ring, Float64Array.of(-2, -1, 3, 1, 2), "x")).toThrow(/sum of the values, which is zero/)
  })
  it("an entity whose neighbours are all others with one weight, or whose others do not vary", () => {
    const star = contiguity(
      names,
      names.slice(1).map((to) => ["a", to] as const),
      false
    )
    expect(() => localMoran(star, Float64Array.of(1, 2, 4, 8, 16), "x")).toThrow(/no variance for a:/)
    expect(() => localG(ring, Float64Array.of(1, 2, 2, 2, 2), "x")).toThrow(/no variance for a:/)
  })
  it("islands, unless they are allowed", () => {
    const alone = contiguity(
      [...names, "f"],
      [
        ["a", "b"],
        ["b", "c"],
        ["c", "d"],
        ["d", "e"]
      ],
      true
    )
    const x = Float64Array.of(1, 2, 4, 8, 16, 3)
    for (const local of [localMoran, localG, localGStar]) {
      expect(() => local(alone, x, "x")).toThrow(/no neighbour in the weights: f; .* set allowIslands/)
      expect(Number.isNaN(local(alone, x, "x", { allowIslands: true }).z[5]!)).toBe(local !== localGStar)
    }
  })
})
