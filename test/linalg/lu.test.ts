import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { multiply } from "../../src/linalg/cross-product.ts"
import { logAbsDeterminant, luFactor, luInverse, luSolve } from "../../src/linalg/lu.ts"

const entry = fc.double({ min: -10, max: 10, noNaN: true })
const dominant = fc.integer({ min: 1, max: 7 }).chain((size) =>
  fc.array(entry, { minLength: size * size, maxLength: size * size }).map((values) => {
    const matrix = Float64Array.from(values)
    for (let i = 0; i < size; i++) matrix[i * size + i]! += 80
    return { size, matrix }
  })
)

describe("LU factorisation", () => {
  it("a matrix times its inverse is the identity", () => {
    fc.assert(
      fc.property(dominant, ({ size, matrix }) => {
        const product = multiply(matrix, luInverse(luFactor(matrix, size)), size, size, size)
        for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) expect(product[i * size + j]).toBeCloseTo(i === j ? 1 : 0, 12)
      })
    )
  })
  it("pivots where the diagonal is zero", () => {
    const lu = luFactor(Float64Array.of(0, 2, 3, 1), 2)
    expect([...luSolve(lu, Float64Array.of(4, 5))]).toEqual([1, 2])
    expect(logAbsDeterminant(lu)).toBeCloseTo(Math.log(6), 14)
  })
  it("tells a singular matrix", () => {
    expect(luFactor(Float64Array.of(1, 2, 2, 4), 2).singular).toBe(true)
  })
})
