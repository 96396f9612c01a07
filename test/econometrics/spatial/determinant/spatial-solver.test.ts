import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { neumannSeries } from "../../../../src/econometrics/spatial/determinant/neumann-series.ts"
import { spatialSolver } from "../../../../src/econometrics/spatial/determinant/spatial-solver.ts"
import { fromTriplets, sparseIdentity, transpose } from "../../../../src/linalg/sparse-matrix.ts"
import { addSparse, sparseTimesDense } from "../../../../src/linalg/sparse-product.ts"
import { stream } from "../../../../src/stats/random.ts"
import { nearest, unsymmetricWeights } from "./weights-arbitrary.ts"

describe("solutions of (I - rho W) X = B", () => {
  it("give B back, and so do those of the transposed matrix, by dense factors and by sparse ones", () => {
    fc.assert(
      fc.property(fc.oneof(unsymmetricWeights, fc.constant(nearest(90, 4))), fc.double({ min: -0.95, max: 0.95, noNaN: true }), (w, rho) => {
        const solver = spatialSolver(w, rho)
        expect(solver.description).toBe(w.rows === 90 ? "sparse LU factors" : "dense LU factors")
        const b = Float64Array.from({ length: 3 * w.rows }, (_, i) => Math.sin(i))
        const a = addSparse(1, sparseIdentity(w.rows), -rho, w)
        for (const [matrix, x] of [
          [a, solver.solve(b, 3)],
          [transpose(a), solver.solveTransposed(b, 3)]
        ] as const)
          sparseTimesDense(matrix, x, 3).forEach((value, i) => {
            expect(Math.abs(value - b[i]!)).toBeLessThan(1e-11)
          })
      })
    )
  })
  it("are none where rho is the reciprocal of an eigenvalue", () => {
    const ring = (n: number) =>
      fromTriplets(
        n,
        n,
        Array.from({ length: n }, (_, i) => i),
        Array.from({ length: n }, (_, i) => (i + 1) % n),
        new Float64Array(n).fill(1)
      )
    for (const n of [4, 60]) expect(() => spatialSolver(ring(n), 1)).toThrow(/no inverse at rho = 1/)
  })
  it("come from a series where factors would fill in", () => {
    // Eight links of each place to any others: a factor has millions of entries.
    const n = 9000
    const draw = stream(6, n)
    const from = Array.from({ length: 8 * n }, (_, k) => k % n)
    const w = fromTriplets(
      n,
      n,
      from,
      from.map(() => draw.integer(n)),
      from.map(() => 1 / 8)
    )
    const { description, solve, solveTransposed } = spatialSolver(w, -0.7)
    expect(description).toBe("a series of powers of W")
    const b = Float64Array.from({ length: 2 * n }, (_, i) => Math.sin(i))
    const a = addSparse(1, sparseIdentity(n), 0.7, w)
    for (const [matrix, x] of [
      [a, solve(b, 2)],
      [transpose(a), solveTransposed(b, 2)]
    ] as const)
      expect(sparseTimesDense(matrix, x, 2).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0)).toBeLessThan(1e-12)
    expect(() => neumannSeries(sparseIdentity(2), 1, Float64Array.of(1, 1), 1)).toThrow(
      /rho = 1\.00000 is so near the bound of the weights.*does not converge in 10000 terms: take weights/
    )
  })
})
