import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { generalEigenvalues } from "../../src/linalg/general-eigen.ts"
import { logAbsDeterminant, luFactor } from "../../src/linalg/lu.ts"
import { columnOrderForLU, factorSparseLU, solveSparseLU, solveTransposedSparseLU, sparseLogDeterminant } from "../../src/linalg/sparse-lu.ts"
import { fromTriplets, permute, rowSums, sparseIdentity, toDense, transpose } from "../../src/linalg/sparse-matrix.ts"
import { addSparse, sparseTimesDense } from "../../src/linalg/sparse-product.ts"
import { lattice, orderOf, squareSparse } from "./sparse-arbitrary.ts"

/** The sign of the determinant: that of the pivots, turned once for each pair of rows out of order. */
const denseSign = (dense: Float64Array, n: number): number => {
  const { factors, order } = luFactor(dense, n)
  let sign = 1
  for (let i = 0; i < n; i++) {
    sign *= Math.sign(factors[i * (n + 1)]!)
    for (let j = 0; j < i; j++) if (order[j]! > order[i]!) sign = -sign
  }
  return sign
}
const near = (found: number, expected: number, scale = 1) => expect(Math.abs(found - expected)).toBeLessThan(1e-10 * (scale + Math.abs(expected)))
const dominant = squareSparse.map((a) => addSparse(1, a, 130, sparseIdentity(a.rows)))
const anyRegular = squareSparse
  .map((a) => addSparse(1, a, 0.37, sparseIdentity(a.rows)))
  .filter((a) => Math.abs(logAbsDeterminant(luFactor(toDense(a), a.rows))) < 20 && !luFactor(toDense(a), a.rows).singular)
const right = (n: number) => Float64Array.from({ length: n }, (_, i) => (i % 7) - 3)

describe("sparse LU factorisation", () => {
  it("has the determinant of the dense one, with its sign, whatever the pivots", () => {
    fc.assert(
      fc.property(anyRegular, fc.constantFrom(0.1, 1), (a, threshold) => {
        const dense = toDense(a)
        const { logAbsolute, sign } = sparseLogDeterminant(factorSparseLU(a, columnOrderForLU(a), threshold))
        expect(Math.abs(logAbsolute - logAbsDeterminant(luFactor(dense, a.rows)))).toBeLessThan(1e-6)
        expect(sign).toBe(denseSign(dense, a.rows))
      }),
      { numRuns: 300 }
    )
  })
  it("solves A x = b and A' x = b", () => {
    fc.assert(
      fc.property(dominant, (a) => {
        const b = right(a.rows)
        const lu = factorSparseLU(a)
        sparseTimesDense(a, solveSparseLU(lu, b)).forEach((x, i) => {
          near(x, b[i]!)
        })
        sparseTimesDense(transpose(a), solveTransposedSparseLU(lu, b)).forEach((x, i) => {
          near(x, b[i]!)
        })
      })
    )
  })
  it("row pivots other than the diagonal are carried through both solves", () => {
    const a = fromTriplets(4, 4, [0, 1, 1, 2, 3, 3], [1, 2, 0, 3, 0, 3], [2, -3, 1, 5, 7, 0.5])
    const lu = factorSparseLU(a)
    expect([...lu.rowOrder]).not.toEqual([...lu.columnOrder])
    const b = right(4)
    sparseTimesDense(a, solveSparseLU(lu, b)).forEach((x, i) => {
      near(x, b[i]!)
    })
    sparseTimesDense(transpose(a), solveTransposedSparseLU(lu, b)).forEach((x, i) => {
      near(x, b[i]!)
    })
  })
  it("permutation, transpose and scale do to the determinant what they should", () => {
    fc.assert(
      fc.property(
        dominant.chain((a) => fc.tuple(fc.constant(a), orderOf(a.rows))),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ([a, order], scale) => {
          const of = (m: typeof a) => sparseLogDeterminant(factorSparseLU(m)).logAbsolute
          const plain = of(a)
          near(of(permute(a, order, order)), plain)
          near(of(transpose(a)), plain)
          near(of({ ...a, values: a.values.map((x) => x * scale) }), plain + a.rows * Math.log(scale), 10)
        }
      )
    )
  })
  it("is the product of 1 - rho times the eigenvalues on a lattice", () => {
    const w = lattice(7)
    const sums = rowSums(w)
    const standard = { ...w, values: w.values.slice() }
    for (let i = 0; i < 49; i++) for (let at = w.starts[i]!; at < w.starts[i + 1]!; at++) standard.values[at]! /= sums[i]!
    const { real, imaginary } = generalEigenvalues(toDense(standard), 49)
    const expected = real.reduce((sum, x, i) => sum + Math.log(Math.hypot(1 - 0.8 * x, 0.8 * imaginary[i]!)), 0)
    near(sparseLogDeterminant(factorSparseLU(addSparse(1, sparseIdentity(49), -0.8, standard))).logAbsolute, expected)
  })
  it("tells a singular matrix", () => {
    const lu = factorSparseLU(fromTriplets(3, 3, [0, 0, 1, 1], [0, 1, 0, 1], [1, 2, 2, 4]))
    expect(lu.singular).toBe(true)
    expect(sparseLogDeterminant(lu)).toEqual({ logAbsolute: Number.NEGATIVE_INFINITY, sign: 0 })
    expect(() => solveSparseLU(lu, new Float64Array(3))).toThrow(/singular/)
  })
})
