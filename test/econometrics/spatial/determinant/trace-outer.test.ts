import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { traceOuter } from "../../../../src/econometrics/spatial/determinant/trace-outer.ts"
import { estimatedOuterTrace } from "../../../../src/econometrics/spatial/determinant/trace-outer-estimate.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { fromTriplets, type SparseMatrix, toDense } from "../../../../src/linalg/sparse-matrix.ts"
import { lattice } from "../../../linalg/sparse-arbitrary.ts"
import { nearest, standardized, unsymmetricWeights } from "./weights-arbitrary.ts"

/** G of a dense inverse, and what is left when its rows' and columns' means are taken off. */
const dense = (w: SparseMatrix, rho: number) => {
  const n = w.rows
  const matrix = toDense(w)
  const g = multiply(
    matrix,
    luInverse(
      luFactor(
        matrix.map((value, at) => (Math.floor(at / n) === at % n ? 1 : 0) - rho * value),
        n
      )
    ),
    n,
    n,
    n
  )
  const centring = Float64Array.from({ length: n * n }, (_, at) => (Math.floor(at / n) === at % n ? 1 : 0) - 1 / n)
  return { g, centred: multiply(multiply(centring, g, n, n, n), centring, n, n, n) }
}
const squares = (x: Float64Array) => x.reduce((sum, value) => sum + value * value, 0)

describe("tr(G'G)", () => {
  it("is the sum of the squares of G's elements", () => {
    const all = fc.oneof(unsymmetricWeights, fc.constant(nearest(150, 5)), fc.constant(standardized(lattice(10))))
    fc.assert(
      fc.property(all, fc.double({ min: -0.95, max: 0.95, noNaN: true }), (w, rho) => {
        const { value, method, standardError } = traceOuter(w, rho)
        if (w.rows >= 100) expect(method).toMatch(/selected inverse/)
        expect(standardError).toBeUndefined()
        const truth = squares(dense(w, rho).g)
        expect(Math.abs(value - truth)).toBeLessThan(1e-10 * Math.max(1, truth))
      }),
      { numRuns: 60 }
    )
  })
  it("deflated is that of G with rows' and columns' means taken off", () => {
    for (const w of [nearest(12, 3), nearest(120, 4)])
      for (const rho of [-0.8, 0, 0.5, 0.95]) expect(traceOuter(w, rho, { deflated: true }).value / squares(dense(w, rho).centred)).toBeCloseTo(1, 9)
    expect(() => traceOuter(lattice(3), 0.1, { deflated: true })).toThrow(/rows must sum to 1/)
  })
  it("near rho = 0 keeps its digits: it is tr(W'W) there", () => {
    for (const rho of [0, 1e-9, 1e-5]) {
      const { value } = traceOuter(nearest(12, 3), rho)
      expect(Math.abs(value / squares(dense(nearest(12, 3), rho).g) - 1)).toBeLessThan(1e-12)
    }
  })
  it("is none where I - rho W has no inverse", () => {
    const ring = (n: number) => {
      const from = Array.from({ length: n }, (_, i) => i)
      return fromTriplets(
        n,
        n,
        from,
        from.map((i) => (i + 1) % n),
        from.map(() => 1)
      )
    }
    for (const n of [2, 64]) expect(() => traceOuter(ring(n), 1)).toThrow(/no inverse at rho = 1/)
  })
})

describe("an estimate of tr(G'G)", () => {
  it("lies about the truth as its standard error says, whole or deflated, by a series or by solutions", () => {
    for (const [w, rho] of [
      [nearest(150, 5), 0.6],
      [nearest(150, 5), -0.9],
      [standardized(lattice(12)), 0.95],
      [lattice(12), 0.2]
    ] as const)
      for (const deflated of rho === 0.2 ? [false] : [false, true]) {
        const truth = traceOuter(w, rho, { deflated }).value
        const scores = Array.from({ length: 8 }, (_, seed) => {
          const { value, standardError } = estimatedOuterTrace(w, rho, deflated, seed)
          expect(standardError).toBeLessThan(0.25 * truth)
          return (value - truth) / standardError
        })
        expect(Math.abs(scores.reduce((sum, z) => sum + z, 0) / 8)).toBeLessThan(4 / Math.sqrt(8))
        expect(Math.max(...scores.map(Math.abs))).toBeLessThan(4.5)
      }
    // Beyond the radius of convergence.
    const path = standardized(nearest(60, 2))
    const far = estimatedOuterTrace(path, -1.1, false, 1)
    expect(Math.abs(far.value - traceOuter(path, -1.1).value)).toBeLessThan(4 * far.standardError)
  })
})
