import { describe, expect, it } from "vitest"
import { localG, localGStar } from "../../../../src/econometrics/spatial/exploration/getis-ord.ts"
import { localMoran } from "../../../../src/econometrics/spatial/exploration/local-moran.ts"
import { boston, columbus, islandWeights, oracle } from "./exploration-oracle.ts"

/** Within 1e-9 of the reference, absolutely or relatively, missing where it is missing. */
const expectLocal = (found: Float64Array, reference: ReadonlyArray<number | null>) => {
  expect(found.length).toBe(reference.length)
  for (const [i, value] of reference.entries())
    if (value === null) expect(found[i], `value ${i}`).toBeNaN()
    else expect(Math.abs(found[i]! - value), `value ${i}: ${found[i]} against ${value}`).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(value), 1e-3))
}
const QUADRANTS = { HH: "high-high", LL: "low-low", LH: "low-high", HL: "high-low" } as const

describe("local statistics against spdep", () => {
  for (const [name, w, x, reference] of [
    ["columbus", columbus.weights.W, columbus.x, oracle.columbus.local_moran],
    ["boston", boston.weights.W, boston.x, oracle.boston.local_moran],
    ["columbus with islands", islandWeights.W, columbus.x, oracle.islands.local_moran]
  ] as const)
    it(`local Moran's I of ${name}: conditional and total moments, FDR, quadrants`, () => {
      for (const moments of ["conditional", "total"] as const) {
        const found = localMoran(w, x, "x", { moments, allowIslands: true })
        expectLocal(found.statistic, reference[moments].ii)
        expectLocal(found.expected, reference[moments].e)
        expectLocal(found.variance, reference[moments].var)
        expectLocal(found.z, reference[moments].z)
        expectLocal(found.pValue, reference[moments].p)
        if (moments === "conditional") expectLocal(found.pFdr, reference.fdr)
        const quadrants = reference.quadrants.pysal.map((quadrant, i) => (reference.conditional.z[i] === null ? "island" : QUADRANTS[quadrant]))
        expect(found.quadrant).toEqual(quadrants)
      }
    })
  it("local G and G* of columbus in both styles", () => {
    for (const [local, kind] of [
      [localG, "G"],
      [localGStar, "G_star"]
    ] as const) {
      const standard = local(columbus.weights.W, columbus.x, "crime")
      const { W, B } = oracle.columbus.local_g[kind]
      expectLocal(standard.statistic, W.g)
      expectLocal(standard.expected, W.e)
      expectLocal(
        standard.variance.map((v) => 1e4 * v),
        W.var.map((v) => 1e4 * v!)
      )
      expectLocal(standard.z, W.z)
      expectLocal(standard.pValue, W.p)
      const binary = local(columbus.weights.B, columbus.x, "crime")
      expectLocal(binary.z, B.z)
      expectLocal(binary.pValue, B.p)
    }
  })
  it("local G and G* of boston", () => {
    expectLocal(localG(boston.weights.W, boston.x, "cmedv").z, oracle.boston.local_g.G.W.z)
    expectLocal(localGStar(boston.weights.W, boston.x, "cmedv").z, oracle.boston.local_g.G_star.W.z)
  })
})
