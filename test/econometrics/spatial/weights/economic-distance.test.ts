import { describe, expect, it } from "vitest"
import { inverseGap } from "../../../../src/econometrics/spatial/weights/economic-distance.ts"
import { denseWeights, fromMatrix } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

describe("economic weights", () => {
  it("are one over the gap, zero on the diagonal", () => {
    expect([...denseWeights(inverseGap(["a", "b", "c"], Float64Array.of(1, 3, 7), "gdp"))]).toEqual([0, 1 / 2, 1 / 6, 1 / 2, 0, 1 / 4, 1 / 6, 1 / 4, 0])
  })
  it("name every pair of equal economies with the value", () => {
    expect(() => inverseGap(["a", "b", "c", "d"], Float64Array.of(5, 2, 5, 2), "pgdp")).toThrow(/mean of pgdp: "a" and "c" \(both 5\); "b" and "d" \(both 2\)/)
  })
  it("among the links of other weights alone: others may be equal", () => {
    const near = fromMatrix(["a", "b", "c"], Float64Array.of(0, 9, 0, 9, 0, 9, 0, 9, 0))
    expect([...denseWeights(inverseGap(near.entities, Float64Array.of(1, 3, 1), "gdp", near))]).toEqual([0, 1 / 2, 0, 1 / 2, 0, 1 / 2, 0, 1 / 2, 0])
    expect(() => inverseGap(near.entities, Float64Array.of(1, 3, 3), "gdp", near)).toThrow(/mean of gdp: "b" and "c" \(both 3\); correct/)
  })
})
