import { describe, expect, it } from "vitest"
import { determinant } from "../../../../src/econometrics/spatial/determinant/determinant.ts"
import { fromTriplets } from "../../../../src/linalg/sparse-matrix.ts"

/** Each place's weights of the two after it, around a circle: similar to no symmetric matrix. */
const circle = (size: number) => {
  const places = Array.from({ length: size }, (_, i) => i)
  const to = (step: number) => places.map((i) => (i + step) % size)
  return fromTriplets(size, size, [...places, ...places], [...to(1), ...to(2)], new Array(2 * size).fill(0.5))
}

describe("a method that does not go with the weights", () => {
  it("is refused with those that do", () => {
    expect(() => determinant(circle(50), { method: "chebyshev" })).toThrow(
      /"chebyshev" needs weights similar to a symmetric matrix.*take "monte-carlo", "sparse" or "auto"/
    )
    for (const method of ["eigenvalues", "hessenberg"] as const)
      expect(() => determinant(circle(10_001), { method })).toThrow(/10001 x 10001 numbers; above 10000 entities take "sparse"/)
    expect(determinant(circle(50), { method: "hessenberg" }).logAbsolute(0.5)).toBeCloseTo(determinant(circle(50), { method: "sparse" }).logAbsolute(0.5), 9)
  })
})
