import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { multiply } from "../../src/linalg/cross-product.ts"
import { fromDense, fromTriplets, permute, rowSums, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../src/linalg/sparse-matrix.ts"
import { connectedComponents, hasCycle, isPatternSymmetric } from "../../src/linalg/sparse-pattern.ts"
import { addSparse, sparseProduct, sparseTimesDense, traceOfProduct } from "../../src/linalg/sparse-product.ts"
import { orderOf, sparseOf, squareSparse } from "./sparse-arbitrary.ts"

const same = (found: Float64Array, expected: ArrayLike<number>) => expect(Array.from(found, (x) => x + 0)).toEqual(Array.from(expected, (x) => x + 0))

describe("sparse matrices", () => {
  it("sums triplets at one place and keeps empty rows", () => {
    const a = fromTriplets(3, 2, [2, 0, 2], [1, 0, 1], [4, 1, 5])
    same(toDense(a), [1, 0, 0, 0, 0, 9])
    expect([...a.starts]).toEqual([0, 1, 1, 2])
    expect(() => fromTriplets(2, 2, [0, 2, 0], [0, 0, 1], [1, 1, Number.NaN])).toThrow(/2 of 3 triplets .* the first is \(2, 0, 1\)/)
  })
  it("does what dense matrices do: product, sum, transpose, row sums", () => {
    fc.assert(
      fc.property(sparseOf(5, 7), sparseOf(7, 4), sparseOf(5, 7), fc.integer({ min: 1, max: 3 }), (a, b, c, width) => {
        const [dense, other, third] = [toDense(a), toDense(b), toDense(c)]
        same(toDense(sparseProduct(a, b)), multiply(dense, other, 5, 7, 4))
        same(
          toDense(addSparse(2, a, -3, c)),
          dense.map((x, i) => 2 * x - 3 * third[i]!)
        )
        same(
          toDense(transpose(a)),
          Float64Array.from(dense, (_, at) => dense[(at % 5) * 7 + Math.floor(at / 5)]!)
        )
        same(rowSums(a), multiply(dense, new Float64Array(7).fill(1), 5, 7, 1))
        const x = Float64Array.from({ length: 7 * width }, (_, i) => (i % 5) - 2)
        same(sparseTimesDense(a, x, width), multiply(dense, x, 5, 7, width))
        same(toDense(fromDense(dense, 5, 7)), dense)
        expect(transpose(transpose(a))).toEqual(a)
      })
    )
  })
  it("keeps the union of patterns whatever the scale", () => {
    const a = sparseIdentity(3)
    expect([...addSparse(1, a, -1, a).columns]).toEqual([0, 1, 2])
  })
  it("permutes rows and columns, and the trace of a product is that of the dense one", () => {
    fc.assert(
      fc.property(
        squareSparse.chain((a) => fc.tuple(fc.constant(a), orderOf(a.rows), orderOf(a.rows))),
        ([a, p, q]) => {
          const n = a.rows
          const dense = toDense(a)
          same(
            toDense(permute(a, p, q)),
            Float64Array.from(dense, (_, at) => dense[p[Math.floor(at / n)]! * n + q[at % n]!]!)
          )
          const square = multiply(dense, dense, n, n, n)
          expect(traceOfProduct(a, a)).toBe(square.reduce((sum, x, at) => (at % (n + 1) === 0 ? sum + x : sum), 0))
        }
      )
    )
  })
  it("tells symmetric patterns and components", () => {
    const a = fromTriplets(5, 5, [0, 3], [3, 1], [1, 1])
    expect(isPatternSymmetric(a)).toBe(false)
    expect(isPatternSymmetric(addSparse(1, a, 1, transpose(a)))).toBe(true)
    expect(connectedComponents(a)).toEqual({ count: 3, component: Int32Array.of(0, 0, 1, 0, 2) })
  })
  it("has no cycle exactly where a power of its absolute values is zero", () => {
    fc.assert(
      fc.property(squareSparse, (a) => {
        let power: SparseMatrix = { ...a, values: a.values.map((x) => Math.abs(Math.sign(x))) }
        // Signs again after each square: the numbers of paths would leave the range of doubles.
        for (let k = 1; k < a.rows; k *= 2) {
          power = sparseProduct(power, power)
          power = { ...power, values: power.values.map(Math.sign) }
        }
        expect(hasCycle(a)).toBe(power.values.some((x) => x > 0))
      })
    )
    expect(hasCycle(fromTriplets(2, 2, [0, 1], [1, 0], [1, 0]))).toBe(false)
  })
})
