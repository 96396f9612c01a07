import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maximumInBox } from "../../../../src/econometrics/spatial/random/maximum-in-box.ts"

const lower = Float64Array.of(-1, 0)
const upper = Float64Array.of(1, 30)

describe("the maximum in a box", () => {
  it("of a concave function is where it is, or at the side next to it", () => {
    const centre = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -5, max: 35, noNaN: true }))
    fc.assert(
      fc.property(centre, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), ([a, b], scale) => {
        const f = ([x, y]: Float64Array) => ({
          value: -scale * ((x! - a) ** 2 + 0.01 * (y! - b) ** 2),
          gradient: () => Float64Array.of(-2 * scale * (x! - a), -0.02 * scale * (y! - b))
        })
        const { converged, point } = maximumInBox(f, Float64Array.of(0.1, 3), lower, upper)
        expect(converged).toBe(true)
        expect(point[0]).toBeCloseTo(Math.min(Math.max(a, -1), 1), 7)
        expect(point[1]).toBeCloseTo(Math.min(Math.max(b, 0), 30), 5)
      })
    )
  })
  it("goes to the side along a straight slope, and up where the function is convex", () => {
    const slope = maximumInBox(
      (x) => ({ value: -3 * x[0]!, gradient: () => Float64Array.of(-3) }),
      Float64Array.of(0.05),
      Float64Array.of(0),
      Float64Array.of(30)
    )
    expect([...slope.point]).toEqual([0])
    // -x^4 + x^2 rises from near its dip to 1/sqrt 2.
    const f = (x: Float64Array) => ({ value: x[0]! ** 2 - x[0]! ** 4, gradient: () => Float64Array.of(2 * x[0]! - 4 * x[0]! ** 3) })
    expect(maximumInBox(f, Float64Array.of(0.01), Float64Array.of(-2), Float64Array.of(2)).point[0]).toBeCloseTo(Math.SQRT1_2, 12)
  })
})
