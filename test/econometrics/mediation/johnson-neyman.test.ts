import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { johnsonNeyman } from "../../../src/econometrics/mediation/johnson-neyman.ts"
import { difference } from "../produc.ts"

describe("Johnson-Neyman", () => {
  it("says of every observed value of M what the t test there says", () => {
    const variance = fc.record({
      b1: fc.double({ min: -2, max: 2, noNaN: true }),
      b3: fc.double({ min: -2, max: 2, noNaN: true }),
      s1: fc.double({ min: 0.05, max: 2, noNaN: true }),
      s3: fc.double({ min: 0.05, max: 2, noNaN: true }),
      r: fc.double({ min: -0.95, max: 0.95, noNaN: true })
    })
    fc.assert(
      fc.property(variance, fc.double({ min: -5, max: 5, noNaN: true }), ({ b1, b3, r, s1, s3 }, m) => {
        const v = { b1, b3, v11: s1 * s1, v13: r * s1 * s3, v33: s3 * s3 }
        const region = johnsonNeyman(v, 2, [-5, 5])
        const t = Math.abs(b1 + b3 * m) / Math.sqrt(v.v11 + 2 * v.v13 * m + v.v33 * m * m)
        if (Math.abs(t - 2) > 1e-6) expect(region.observed.some(([from, to]) => from <= m && m <= to)).toBe(t > 2)
      }),
      { numRuns: 500 }
    )
  })
  it("knows all four kinds", () => {
    const v = { v11: 1, v13: 0, v33: 0.01 }
    // b3 = 0: significant where v11 + v33 M^2 < b1^2/c^2, that is |M| < sqrt(24)/0.1.
    const wide = johnsonNeyman({ b1: 10, b3: 0, ...v }, 2, [-60, 60])
    expect(wide.kind).toBe("inside")
    expect(difference(wide.observed[0]!, [-Math.sqrt(2400), Math.sqrt(2400)])).toBeLessThan(1e-12)
    expect(johnsonNeyman({ b1: 10, b3: 0, ...v }, 2, [-1, 1])).toMatchObject({ kind: "all", observed: [[-1, 1]] })
    expect(johnsonNeyman({ b1: 0, b3: 0, ...v }, 2, [-1, 1])).toEqual({ kind: "none", roots: [], observed: [] })
    expect(johnsonNeyman({ b1: 0, b3: 1, ...v }, 2, [-10, 10])).toMatchObject({ kind: "outside", observed: [{}, {}] })
    expect(johnsonNeyman({ b1: 1, b3: 0, v11: 1, v13: 0.5, v33: 0 }, 1, [-1, 1])).toEqual({ kind: "outside", roots: [0], observed: [[-1, 0]] })
  })
  it("refuses what is no number, and a range without width", () => {
    const slopes = { b1: 1, b3: 1, v11: 1, v13: 0, v33: 1 }
    expect(() => johnsonNeyman({ ...slopes, v13: Number.NaN }, 2, [0, 1])).toThrow(/found 1, 1, 1, NaN, 1, 2 and \[0, 1\]/)
    expect(() => johnsonNeyman(slopes, 2, [1, 1])).toThrow(/\[1, 1\]/)
  })
})
