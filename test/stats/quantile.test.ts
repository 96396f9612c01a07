import { describe, expect, it } from "vitest"
import { type QuantileType, quantile } from "../../src/stats/quantile.ts"

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
  it("types 1 to 9 are R's, and normal is boot's norm.inter", () => {
    const probabilities = [0.01, 0.1, 0.25, 0.3, 0.5, 0.75, 0.9, 0.99]
    const expected = {
      1: [1, 1, 1, 2, 3, 5, 9, 9],
      2: [1, 1, 1.5, 2, 3.5, 5.5, 9, 9],
      3: [1, 1, 1, 1, 3, 5, 6, 9],
      4: [1, 1, 1, 1.4, 3, 5, 6.6, 8.76],
      5: [1, 1, 1.5, 1.9, 3.5, 5.5, 8.1, 9],
      6: [1, 1, 1.25, 1.7, 3.5, 5.75, 9, 9],
      7: [1, 1, 1.75, 2.1, 3.5, 5.25, 6.9, 8.79],
      8: [1, 1, 1.4166666666666665, 1.833333333333333, 3.5, 5.583333333333332, 8.5, 9],
      9: [1, 1, 1.4375, 1.85, 3.5, 5.5625, 8.4, 9],
      normal: [1, 1, 1.2701337869335847, 1.7195264763436575, 3.5, 5.7298662130664155, 9, 9]
    } as const
    for (const [type, values] of Object.entries(expected))
      for (const [i, p] of probabilities.entries())
        expect(quantile(x, p, (type === "normal" ? type : Number(type)) as QuantileType), `type ${type} at ${p}`).toBeCloseTo(values[i]!, 10)
  })
})
