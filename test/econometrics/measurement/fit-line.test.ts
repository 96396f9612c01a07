import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fitLine } from "../../../src/econometrics/measurement/fit-line.ts"

const points = fc.array(fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 })), { minLength: 3, maxLength: 30 })

describe("fitted line", () => {
  it("goes through the means, and its residuals are orthogonal to x", () => {
    fc.assert(
      fc.property(points, (pairs) => {
        const x = pairs.map(([a]) => a)
        const y = pairs.map(([, b]) => b)
        const line = fitLine(x, y)
        fc.pre(line !== undefined)
        const residuals = x.map((value, i) => y[i]! - line.intercept - line.slope * value)
        expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 6)
        expect(residuals.reduce((sum, r, i) => sum + (r * x[i]!) / 1000, 0)).toBeCloseTo(0, 5)
      })
    )
  })

  it("gives the correlation of y = x as 1 and none where y is constant", () => {
    expect(fitLine([1, 2, 4], [1, 2, 4])).toEqual({ slope: 1, intercept: 0, correlation: expect.closeTo(1, 12) })
    expect(fitLine([1, 2], [3, 3])?.correlation).toBeNaN()
  })

  it("is undefined for one point or constant x", () => {
    expect(fitLine([1], [1])).toBeUndefined()
    expect(fitLine([2, 2, 2], [1, 2, 3])).toBeUndefined()
  })
})
