import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { cholesky, choleskyInverse, choleskyLogDeterminant } from "../../src/linalg/cholesky.ts"
import { fillReducingOrder } from "../../src/linalg/fill-reducing-order.ts"
import { inverseDiagonal, selectedInverse, traceOfInverseTimes } from "../../src/linalg/selected-inverse.ts"
import { analyseCholesky, factorCholesky, solveSparseCholesky, sparseCholeskyLogDeterminant } from "../../src/linalg/sparse-cholesky.ts"
import { fromTriplets, rowSums, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../src/linalg/sparse-matrix.ts"
import { addSparse, sparseTimesDense } from "../../src/linalg/sparse-product.ts"
import { lattice, orderOf, squareSparse } from "./sparse-arbitrary.ts"

/** Symmetric with A's pattern and its transpose's, and dominated by its diagonal. */
const positive = (a: SparseMatrix): SparseMatrix => {
  const sum = addSparse(1, a, 1, transpose(a))
  const most = Math.max(0, ...rowSums({ ...sum, values: sum.values.map(Math.abs) }))
  return addSparse(1, sum, most + 1, sparseIdentity(a.rows))
}
const definite = squareSparse.map(positive)
const natural = (n: number) => Int32Array.from({ length: n }, (_, i) => i)
const near = (found: number, expected: number, scale = 1) => expect(Math.abs(found - expected)).toBeLessThan(1e-11 * (scale + Math.abs(expected)))
const examples = [[positive(lattice(12))], [sparseIdentity(1)], [positive(fromTriplets(5, 5, [], [], []))]] as Array<[SparseMatrix]>

describe("fill-reducing order", () => {
  it("is a permutation, of unsymmetric and disconnected patterns too", () => {
    fc.assert(
      fc.property(squareSparse, (a) => {
        expect([...fillReducingOrder(a)].sort((i, j) => i - j)).toEqual([...natural(a.rows)])
      }),
      { numRuns: 500 }
    )
  })
  it("has no fill on a tree, and much less than the natural order on a lattice", () => {
    const n = 300
    const tree = fromTriplets(
      n,
      n,
      Array.from({ length: n - 1 }, (_, i) => i + 1),
      Array.from({ length: n - 1 }, (_, i) => i >> 1),
      new Float64Array(n - 1).fill(1)
    )
    expect(analyseCholesky(positive(tree)).factorRows.length).toBe(2 * n - 1)
    const a = positive(lattice(40))
    expect(analyseCholesky(a).factorRows.length).toBeLessThan(0.5 * analyseCholesky(a, natural(1600)).factorRows.length)
  })
  it("puts a row that is beside all others last", () => {
    const n = 900
    const star = fromTriplets(
      n,
      n,
      new Int32Array(n - 1).fill(7),
      Array.from({ length: n - 1 }, (_, i) => (i < 7 ? i : i + 1)),
      new Float64Array(n - 1).fill(1)
    )
    expect(fillReducingOrder(star)[n - 1]).toBe(7)
  })
})

describe("sparse Cholesky factorisation", () => {
  it("has the determinant, solutions and inverse of the dense one", () => {
    fc.assert(
      fc.property(definite, (a) => {
        const n = a.rows
        const dense = cholesky(toDense(a), n)!
        const factor = factorCholesky(analyseCholesky(a), a.values)!
        near(sparseCholeskyLogDeterminant(factor), choleskyLogDeterminant(dense, n))
        const b = Float64Array.from({ length: 2 * n }, (_, i) => (i % 7) - 3)
        sparseTimesDense(a, solveSparseCholesky(factor, b, 2), 2).forEach((x, i) => {
          near(x, b[i]!, 3)
        })
        const inverse = choleskyInverse(dense, n)
        const selected = selectedInverse(factor)
        inverseDiagonal(selected).forEach((x, i) => {
          near(x, inverse[i * (n + 1)]!)
        })
        const ones = { ...a, values: a.values.map((_, at) => (at % 5) - 1.5) }
        const full = toDense(ones)
        near(
          traceOfInverseTimes(selected, ones),
          full.reduce((sum, x, at) => sum + x * inverse[(at % n) * n + Math.floor(at / n)]!, 0),
          10
        )
      }),
      { examples }
    )
  })
  it("a permutation changes no determinant, a scale adds n ln s, and an analysis serves all values of its pattern", () => {
    fc.assert(
      fc.property(
        definite.chain((a) => fc.tuple(fc.constant(a), orderOf(a.rows))),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        ([a, order], scale) => {
          const own = analyseCholesky(a)
          const plain = sparseCholeskyLogDeterminant(factorCholesky(own, a.values)!)
          near(sparseCholeskyLogDeterminant(factorCholesky(analyseCholesky(a, order), a.values)!), plain)
          near(
            sparseCholeskyLogDeterminant(
              factorCholesky(
                own,
                a.values.map((x) => x * scale)
              )!
            ),
            plain + a.rows * Math.log(scale),
            10
          )
        }
      )
    )
  })
  it("tells what is not positive definite, what has no symmetric pattern, and a trace beyond the pattern", () => {
    const a = fromTriplets(2, 2, [0, 0, 1, 1], [0, 1, 0, 1], [1, 2, 2, 1])
    expect(factorCholesky(analyseCholesky(a), a.values)).toBeUndefined()
    expect(factorCholesky(analyseCholesky(a), Float64Array.of(1, 1, 1, 1))).toBeUndefined()
    expect(() => analyseCholesky(fromTriplets(2, 2, [0], [1], [1]))).toThrow(/symmetric pattern/)
    const one = sparseIdentity(3)
    const selected = selectedInverse(factorCholesky(analyseCholesky(one), one.values)!)
    expect(() => traceOfInverseTimes(selected, fromTriplets(3, 3, [0, 1], [2, 1], [1, 1]))).toThrow(/1 entries of B .* \(0, 2\)/)
  })
})
