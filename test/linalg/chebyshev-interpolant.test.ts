import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chebyshevCoefficients, chebyshevDerivative, chebyshevFit, chebyshevSum } from "../../src/linalg/chebyshev-interpolant.ts"

describe("Chebyshev interpolant", () => {
  it("through the values of a polynomial is the polynomial, and its derivative the polynomial's", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 9 }), fc.double({ min: -1, max: 1, noNaN: true }), (powers, x) => {
        const at = (z: number, order: 0 | 1) => powers.reduce((sum, c, k) => sum + (order === 0 ? c * z ** k : k === 0 ? 0 : k * c * z ** (k - 1)), 0)
        const n = powers.length - 1
        const coefficients = chebyshevCoefficients(Float64Array.from({ length: n + 1 }, (_, j) => at(Math.cos((j * Math.PI) / n), 0)))
        expect(chebyshevSum(coefficients, x)).toBeCloseTo(at(x, 0), 11)
        expect(chebyshevSum(chebyshevDerivative(coefficients), x)).toBeCloseTo(at(x, 1), 10)
      })
    )
  })
  it("takes as many points as the function needs, and says what is missing", () => {
    let calls = 0
    const counted = (f: (x: number) => number) => (x: number) => {
      calls++
      return f(x)
    }
    const smooth = chebyshevFit(counted(Math.exp))
    expect(calls).toBe(21)
    expect(smooth.error).toBeLessThan(1e-15)
    expect(chebyshevSum(smooth.coefficients, 0.3)).toBeCloseTo(Math.exp(0.3), 14)
    calls = 0
    const near = chebyshevFit(counted((x) => Math.log(1.3 - x)))
    expect(calls).toBe(81)
    expect(chebyshevSum(near.coefficients, 0.9)).toBeCloseTo(Math.log(0.4), 13)
    expect(chebyshevFit(Math.abs).error).toBeGreaterThan(1e-5)
    expect(chebyshevFit(() => 0)).toEqual({ coefficients: new Float64Array(21), error: 0 })
  })
  it("the derivative of a constant is zero", () => {
    expect([...chebyshevDerivative(Float64Array.of(3))]).toEqual([0])
  })
})
