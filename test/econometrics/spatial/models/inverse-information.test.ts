import { describe, expect, it } from "vitest"
import { inverseInformation } from "../../../../src/econometrics/spatial/models/inverse-information.ts"

describe("the inverse of an information matrix", () => {
  it("does not suffer from units that differ by powers of ten", () => {
    const inverse = inverseInformation(Float64Array.of(4e20, 1e5, 1e5, 1e-9), 2)
    const determinant = 4e11 - 1e10
    expect(inverse[0]).toBeCloseTo(1e-9 / determinant, 30)
    expect(inverse[3]! / (4e20 / determinant)).toBeCloseTo(1, 12)
  })
  it("of a singular matrix is a fault", () => {
    expect(() => inverseInformation(Float64Array.of(1, 1, 1, 1), 2)).toThrow(/not positive definite/)
  })
})
