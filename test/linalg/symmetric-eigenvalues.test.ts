import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toDense } from "../../src/linalg/sparse-matrix.ts"
import { symmetricEigen } from "../../src/linalg/symmetric-eigen.ts"
import { symmetricEigenvalues, tridiagonalEigenvalues } from "../../src/linalg/symmetric-eigenvalues.ts"
import { lattice } from "./sparse-arbitrary.ts"

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from({ length: a.length }, (_, i) => Math.abs(a[i]! - b[i]!)).reduce((x, y) => Math.max(x, y), 0)

describe("eigenvalues of a symmetric matrix without vectors", () => {
  it("are Jacobi's, with zeros and repeated values too", () => {
    const entry = fc.oneof(fc.double({ min: -5, max: 5, noNaN: true }), fc.constantFrom(0, 0, 1, -1))
    const matrices = fc
      .integer({ min: 1, max: 12 })
      .chain((size) => fc.array(entry, { minLength: size * size, maxLength: size * size }).map((values) => ({ size, values })))
    fc.assert(
      fc.property(matrices, ({ size, values }) => {
        const matrix = Float64Array.from(values, (_, at) => values[at]! + values[(at % size) * size + Math.floor(at / size)]!)
        expect(furthest(symmetricEigenvalues(matrix, size), symmetricEigen(matrix, size).values)).toBeLessThan(1e-12)
      })
    )
  })
  it("of a path of n places are 2 cos(k pi / (n + 1))", () => {
    for (const n of [1, 2, 9, 400]) {
      const exact = Float64Array.from({ length: n }, (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (n + 1))).sort()
      expect(furthest(tridiagonalEigenvalues({ diagonal: new Float64Array(n), below: new Float64Array(n - 1).fill(1) }), exact)).toBeLessThan(1e-13)
    }
  })
  it("of a rook lattice are sums of two paths' ones, most of them twice and zero as often as the side is long", () => {
    const side = 15
    const path = Array.from({ length: side }, (_, k) => 2 * Math.cos(((k + 1) * Math.PI) / (side + 1)))
    const exact = Float64Array.from(path.flatMap((x) => path.map((y) => x + y))).sort()
    const found = symmetricEigenvalues(toDense(lattice(side)), side * side)
    expect(furthest(found, exact)).toBeLessThan(2e-13)
  })
  it("of a matrix of ones are 0, but one; graded and diagonal matrices keep theirs", () => {
    const ones = symmetricEigenvalues(new Float64Array(40 * 40).fill(1), 40)
    expect(furthest(ones, [...new Array(39).fill(0), 40])).toBeLessThan(1e-13)
    expect([...symmetricEigenvalues(Float64Array.of(3, 0, 0, 0, -1, 0, 0, 0, 2), 3)]).toEqual([-1, 2, 3])
    expect(furthest(tridiagonalEigenvalues({ diagonal: Float64Array.of(1e20, 1, 1e-20), below: Float64Array.of(0, 0) }), [1e-20, 1, 1e20])).toBe(0)
    // Clusters at 1 and 1 + 1e-14: Wilkinson's kind of matrix, whose largest eigenvalues agree to 14 digits.
    const wilkinson = { diagonal: Float64Array.from({ length: 21 }, (_, i) => Math.abs(i - 10)), below: new Float64Array(20).fill(1) }
    const top = tridiagonalEigenvalues(wilkinson).slice(-2)
    expect(top[0]).toBeCloseTo(10.746194182903322, 12)
    expect(top[1]).toBeCloseTo(10.746194182903393, 12)
  })
  it("leaves its argument, reads the lower triangle only, and refuses what is not finite", () => {
    const matrix = Float64Array.of(2, 99, 1, 2)
    expect(furthest(symmetricEigenvalues(matrix, 2), [1, 3])).toBeLessThan(1e-15)
    expect([...matrix]).toEqual([2, 99, 1, 2])
    expect(() => symmetricEigenvalues(Float64Array.of(Number.NaN), 1)).toThrow(/not finite/)
    expect([...symmetricEigenvalues(new Float64Array(0), 0)]).toEqual([])
  })
})
