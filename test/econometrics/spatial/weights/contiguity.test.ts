import { describe, expect, it } from "vitest"
import { contiguity } from "../../../../src/econometrics/spatial/weights/contiguity.ts"
import { denseWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"

describe("contiguity weights", () => {
  it("count a border both ways, and once when it is listed twice", () => {
    const pairs = [
      ["a", "b"],
      ["b", "a"],
      ["c", "b"]
    ] as const
    expect([...denseWeights(contiguity(["a", "b", "c"], pairs, false))]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0])
  })
  it("name all islands, unless they are allowed", () => {
    expect(() => contiguity(["a", "b", "Hainan", "Taiwan"], [["a", "b"]], false)).toThrow(/"Hainan", "Taiwan"/)
    expect([...denseWeights(contiguity(["a", "b", "c"], [["a", "b"]], true))]).toEqual([0, 1, 0, 1, 0, 0, 0, 0, 0])
  })
})
