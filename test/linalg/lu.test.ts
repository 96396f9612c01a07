import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { multiply } from "../../src/linalg/cross-product.ts"
import { logAbsDeterminant, luFactor, luInverse, luSolve, luSolveTransposed } from "../../src/linalg/lu.ts"

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
  it("solves with the transposed matrix", () => {
    fc.assert(
      fc.property(dominant, ({ size, matrix }) => {
        // Rows in another order, so that pivots leave the diagonal.
        const turned = matrix.map((_, at) => matrix[((Math.floor(at / size) + 1) % size) * size + (at % size)]!)
        const inverse = luInverse(luFactor(turned, size))
        const right = Float64Array.from({ length: 2 * size }, (_, i) => Math.cos(i))
        const transposed = inverse.map((_, at) => inverse[(at % size) * size + Math.floor(at / size)]!)
        const expected = multiply(transposed, right, size, size, 2)
        luSolveTransposed(luFactor(turned, size), right, 2).forEach((x, i) => {
          expect(x).toBeCloseTo(expected[i]!, 12)
        })
      })
    )
  })
  it("tells a singular matrix", () => {
    expect(luFactor(Float64Array.of(1, 2, 2, 4), 2).singular).toBe(true)
  })
})
