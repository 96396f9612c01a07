import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { symmetricEigen } from "../../src/linalg/symmetric-eigen.ts"

describe("symmetric eigendecomposition", () => {
  it("the sum of values times outer products of vectors gives the matrix back", () => {
    const matrices = fc
      .integer({ min: 1, max: 7 })
      .chain((size) =>
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size * size, maxLength: size * size }).map((values) => ({ size, values }))
      )
    fc.assert(
      fc.property(matrices, ({ size, values }) => {
        const matrix = Float64Array.from(values, (_, at) => values[at]! + values[(at % size) * size + Math.floor(at / size)]!)
        const eigen = symmetricEigen(matrix, size)
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++) {
            const sum = eigen.vectors.reduce((total, v, k) => total + eigen.values[k]! * v[i]! * v[j]!, 0)
            expect(sum).toBeCloseTo(matrix[i * size + j]!, 10)
          }
      })
    )
  })
  it("values ascend", () => {
    expect([...symmetricEigen(Float64Array.of(3, 0, 0, -1), 2).values]).toEqual([-1, 3])
  })
})
