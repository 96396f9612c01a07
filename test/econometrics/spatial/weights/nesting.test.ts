import { describe, expect, it } from "vitest"
import { nest, nestDiagonal, nestProduct } from "../../../../src/econometrics/spatial/weights/nesting.ts"
import { denseWeights, fromMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

const entities = ["a", "b", "c"]
const near = fromMatrix(entities, Float64Array.of(0, 1, 2, 1, 0, 0, 2, 0, 0))
const alike = fromMatrix(entities, Float64Array.of(0, 4, 5, 4, 0, 6, 0, 6, 0))

describe("nested weights", () => {
  it("convex: phi of the one, the rest of the other", () => {
    expect([...denseWeights(nest(near, alike, 0.25))]).toEqual([0, 3.25, 4.25, 3.25, 0, 4.5, 0.5, 4.5, 0])
  })
  it("diagonal: columns by the neighbour's value over the mean", () => {
    expect([...denseWeights(nestDiagonal(near, Float64Array.of(1, 2, 6), "gdp"))]).toEqual([0, 2 / 3, 4, 1 / 3, 0, 0, 2 / 3, 0, 0])
    expect(() => nestDiagonal(near, Float64Array.of(1, -2, 0), "gdp")).toThrow(
      /means of gdp above 0; these entities have others: "b" \(-2\), "c" \(0\); take it in levels/
    )
  })
  it("product: weight by weight, linked where both are", () => {
    const { matrix } = nestProduct(near, alike)
    expect([...denseWeights({ entities, matrix })]).toEqual([0, 4, 10, 4, 0, 0, 0, 0, 0])
    expect(matrix.columns.length).toBe(3)
  })
})
