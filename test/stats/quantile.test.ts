import { describe, expect, it } from "vitest"
import { quantile } from "../../src/stats/quantile.ts"

describe("quantile", () => {
  // R 4.2: quantile(c(3, 1, 4, 1, 5, 9, 2, 6), p, type = 6 or 7)
  const x = [3, 1, 4, 1, 5, 9, 2, 6]
  it("type 6 is R's", () => {
    expect([0.01, 0.1, 0.25, 0.5, 0.9, 0.99].map((p) => quantile(x, p))).toEqual([1, 1, 1.25, 3.5, 9, 9])
  })
  it("type 7 is R's", () => {
    const expected = [1, 1, 1.75, 3.5, 6.9, 8.79]
    for (const [i, p] of [0.01, 0.1, 0.25, 0.5, 0.9, 0.99].entries()) expect(quantile(x, p, 7)).toBeCloseTo(expected[i]!, 12)
  })
  it("of nothing is NaN", () => {
    expect(quantile([], 0.5)).toBeNaN()
  })
})
