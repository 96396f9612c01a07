import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { traceOuter } from "../../../../src/econometrics/spatial/determinant/trace-outer.ts"
import { multiply } from "../../../../src/linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../../src/linalg/lu.ts"
import { type SparseMatrix, toDense } from "../../../../src/linalg/sparse-matrix.ts"
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
})
