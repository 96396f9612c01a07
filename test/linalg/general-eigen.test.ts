import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { generalEigenvalues } from "../../src/linalg/general-eigen.ts"
import { logAbsDeterminant, luFactor } from "../../src/linalg/lu.ts"

describe("general eigenvalues", () => {
  it("a rotation has a conjugate pair", () => {
    const { real, imaginary } = generalEigenvalues(Float64Array.of(0, -1, 1, 0), 2)
    for (const x of real) expect(x).toBeCloseTo(0, 14)
    expect([...imaginary].map(Math.abs)).toEqual([1, 1])
    expect(imaginary[0]! + imaginary[1]!).toBeCloseTo(0, 14)
  })
  it("the product of their sizes is the determinant's that LU finds", () => {
    const matrices = fc
      .integer({ min: 1, max: 8 })
      .chain((size) =>
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) => ({ size, values }))
      )
    fc.assert(
      fc.property(matrices, ({ size, values }) => {
        const matrix = Float64Array.from(values)
        for (let i = 0; i < size; i++) matrix[i * size + i]! += 40
        const { real, imaginary } = generalEigenvalues(matrix, size)
        const sum = real.reduce((total, x, i) => total + Math.log(Math.hypot(x, imaginary[i]!)), 0)
        expect(sum).toBeCloseTo(logAbsDeterminant(luFactor(matrix, size)), 9)
      })
    )
  })
  it("refuses an entry that is not finite", () => {
    expect(() => generalEigenvalues(Float64Array.of(1, Number.NaN, 0, 1), 2)).toThrow(/not finite/)
  })
})
