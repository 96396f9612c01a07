import { expect, it } from "vitest"
import { dot } from "../../src/linalg/dot.ts"

it("the dot product sums the products of paired elements", () => {
  expect(dot(Float64Array.of(1, 2, 3), Float64Array.of(4, -5, 6))).toBe(12)
  expect(dot(new Float64Array(0), new Float64Array(0))).toBe(0)
})
