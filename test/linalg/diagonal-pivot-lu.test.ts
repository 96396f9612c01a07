import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { analyseDiagonalPivots, diagonalPivots } from "../../src/linalg/diagonal-pivot-lu.ts"
import { logOfProduct } from "../../src/linalg/log-of-product.ts"
import { analyseCholesky } from "../../src/linalg/sparse-cholesky.ts"
import { symmetricPattern } from "../../src/linalg/sparse-log-determinant.ts"
import { factorSparseLU, sparseLogDeterminant } from "../../src/linalg/sparse-lu.ts"
import { fromTriplets, rowSums, type SparseMatrix, sparseIdentity } from "../../src/linalg/sparse-matrix.ts"
import { addSparse } from "../../src/linalg/sparse-product.ts"
import { squareSparse } from "./sparse-arbitrary.ts"

/** On the symmetric pattern that holds A's. */
const pivotsOf = (a: SparseMatrix) => {
  const pattern = symmetricPattern(a)
  return diagonalPivots(analyseDiagonalPivots(pattern, analyseCholesky(pattern)), addSparse(1, a, 0, pattern).values)
}

describe("LU factors with pivots on the diagonal", () => {
  it("have the determinant of factors with changes of rows where the diagonal dominates", () => {
    fc.assert(
      fc.property(squareSparse, fc.boolean(), (a, isNegative) => {
        const sums = rowSums({ ...a, values: a.values.map(Math.abs) })
        const most = sums.reduce((x, y) => Math.max(x, y), 1)
        const dominant = addSparse(isNegative ? -1.01 : 1.01, { ...sparseIdentity(a.rows), values: new Float64Array(a.rows).fill(most) }, 1, a)
        const truth = sparseLogDeterminant(factorSparseLU(dominant))
        const found = logOfProduct(pivotsOf(dominant)!)
        expect(found.sign).toBe(truth.sign)
        expect(Math.abs(found.logAbsolute - truth.logAbsolute)).toBeLessThan(1e-12 * a.rows)
      })
    )
  })
  it("are undefined where the diagonal cannot serve, and refuse values of another pattern", () => {
    expect(pivotsOf(fromTriplets(2, 2, [0, 1], [1, 0], [1, 1]))).toBeUndefined()
    expect(pivotsOf(fromTriplets(2, 2, [0, 0, 1, 1], [0, 1, 0, 1], [1e-9, 1, 1, 1e-9]))).toBeUndefined()
    const pattern = sparseIdentity(3)
    expect(() => diagonalPivots(analyseDiagonalPivots(pattern, analyseCholesky(pattern)), new Float64Array(2))).toThrow(/3 entries; there are 2/)
  })
})

describe("the logarithm of a product", () => {
  it("is that of the sizes, with the sign, beyond the range of doubles", () => {
    const found = logOfProduct(Float64Array.from({ length: 1001 }, (_, i) => (i % 2 === 0 ? -1 : 1) * 10 ** (i % 7)))
    const exact = Array.from({ length: 1001 }, (_, i) => i % 7).reduce((sum, x) => sum + x, 0) * Math.log(10)
    expect(Math.abs(found.logAbsolute / exact - 1)).toBeLessThan(1e-14)
    expect(found.sign).toBe(-1)
    expect(logOfProduct(Float64Array.of(2, 0, 3))).toEqual({ logAbsolute: Number.NEGATIVE_INFINITY, sign: 0 })
    expect(logOfProduct(new Float64Array(0))).toEqual({ logAbsolute: 0, sign: 1 })
  })
})
