import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { moran, moranPermutation, moranScatter } from "../../../../src/econometrics/spatial/exploration/moran.ts"
import { spatialLag } from "../../../../src/econometrics/spatial/weights/spatial-lag.ts"
import { denseWeights, fromPairs, rowStandardize } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { entities, productivity, weights, years } from "../../us-states.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"
import { smallCases, weightsOf } from "./cases.ts"

const yearOf = (t: number) => Float64Array.from(entities, (_, i) => productivity[i * years.length + t]!)
describe("Moran's I", () => {
  for (const name of MATRICES)
    it(`agrees with spdep's moran.test in every year under both variances (${name})`, () => {
      const found = years.map((_, t) => moran(weights[name], yearOf(t), name))
      const reference = (key: string) => oracle.moran[name].map((row) => row[key]!)
      const columns = {
        statistic: found.map((m) => m.statistic),
        expected: found.map((m) => m.expected),
        vr: found.map((m) => m.randomisation.variance),
        zr: found.map((m) => m.randomisation.z),
        pr: found.map((m) => m.randomisation.pValue),
        vn: found.map((m) => m.normality.variance),
        zn: found.map((m) => m.normality.z),
        pn: found.map((m) => m.normality.pValue)
      }
      for (const [key, values] of Object.entries(columns)) expectClose(values, reference(key), 1e-9)
    })
  it("permutation p-values agree with spdep's moran.mc within both simulations' errors", () => {
    const rows = oracle.moran.contiguity.slice(0, 4)
    const found = moranPermutation(
      weights.contiguity,
      rows.map((_, t) => yearOf(t)),
      { replicates: 9999, seed: 5 }
    )
    for (const [t, row] of rows.entries()) {
      const p = found[t]!
      expect(Math.abs(p - row["mc"]!)).toBeLessThan(5 * Math.sqrt((2 * row["mc"]! * (1 - row["mc"]!)) / 1e4))
    }
  })
  it("does not depend on the order of the entities, nor on the variable's unit and origin", () => {
    fc.assert(
      fc.property(smallCases, ({ order, size, x, links }) => {
        const plain = weightsOf(size, links)
        const dense = denseWeights(plain)
        const shuffled = fromPairs(plain.entities, (i, j) => dense[order[i]! * size + order[j]!]!)
        const original = moran(plain, Float64Array.from(x), "x")
        const moved = moran(
          shuffled,
          Float64Array.from(order, (i) => 1000 - 3 * x[i]!),
          "x"
        )
        expect(moved.statistic).toBeCloseTo(original.statistic, 9)
        expect(moved.randomisation.z).toBeCloseTo(original.randomisation.z, 7)
      })
    )
  })
  it("the scatter's slope is I where weights are row-standardised", () => {
    fc.assert(
      fc.property(smallCases, ({ size, x, links }) => {
        const standard = rowStandardize(weightsOf(size, links))
        const { z, lag } = moranScatter(standard, Float64Array.from(x))
        expect(z.reduce((sum, v, i) => sum + v * lag[i]!, 0) / z.reduce((sum, v) => sum + v * v, 0)).toBeCloseTo(
          moran(standard, Float64Array.from(x), "x").statistic,
          10
        )
        expect([...spatialLag(standard, z)]).toEqual([...lag])
      })
    )
  })
  it("a variable that does not vary, and fewer than four entities, are faults that name the case", () => {
    expect(() => moran(weights.contiguity, new Float64Array(48).fill(0.1), "ami in 2003")).toThrow(
      /ami in 2003 is not defined: all 48 entities have the value 0.1/
    )
    expect(() => moran(weightsOf(3, [0, 1, 1, 1, 0, 1, 1, 1, 0]), Float64Array.of(1, 2, 3), "x")).toThrow(/at least 4 entities/)
  })
})
