import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { maximum } from "../../../../src/econometrics/spatial/models/maximum.ts"

describe("maximum", () => {
  it("finds the top of a concave function to full precision, wherever it lies", () => {
    fc.assert(
      fc.property(fc.double({ min: -0.99, max: 0.99, noNaN: true }), fc.double({ min: 0.1, max: 1e6, noNaN: true }), (top, height) => {
        const found = maximum((x) => ({ value: -height * (Math.exp(x - top) - (x - top)), slope: -height * (Math.exp(x - top) - 1) }), -1, 1)
        expect(Math.abs(found! - top)).toBeLessThan(4e-16 + 1e-14 * Math.abs(top))
      })
    )
  })
  it("takes the higher of two tops", () => {
    // -(x^2 - 1)^2 + x/4: tops near -1 and, higher, near 1.
    const found = maximum((x) => ({ value: -((x * x - 1) ** 2) + x / 4, slope: -4 * x * (x * x - 1) + 1 / 4 }), -2, 2)!
    expect(found).toBeGreaterThan(1)
    expect(-4 * found * (found * found - 1) + 1 / 4).toBeCloseTo(0, 12)
  })
  it("copes with poles at the ends", () => {
    expect(maximum((x) => ({ value: Math.log(1 - x * x), slope: (-2 * x) / (1 - x * x) }), -1, 1)).toBeCloseTo(0, 14)
  })
  it("is undefined where the function rises up to an end", () => {
    expect(maximum((x) => ({ value: x, slope: 1 }), -1, 1)).toBeUndefined()
    expect(maximum((x) => ({ value: -x, slope: -1 }), -1, 1)).toBeUndefined()
  })
  it("does not step over what lies around zero where one end is far away", () => {
    // A top of width 0.1 at 0.4 in (-1000, 1), on a slope that falls towards the far end.
    const f = (x: number) => ({
      value: -x * x * 1e-4 - 50 * Math.tanh(((x - 0.4) / 0.1) ** 2),
      slope: -2e-4 * x - (1e4 * (x - 0.4)) / Math.cosh(((x - 0.4) / 0.1) ** 2) ** 2
    })
    expect(maximum(f, -1000, 1, 24)).toBeCloseTo(0.4, 6)
    expect(maximum((x) => ({ ...f(-x), slope: -f(-x).slope }), -1, 1000, 24)).toBeCloseTo(-0.4, 6)
  })
})
