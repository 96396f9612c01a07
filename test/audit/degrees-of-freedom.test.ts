import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { pOf, starsInterval } from "../../src/audit/degrees-of-freedom.ts"
import { holds, isEmpty } from "../../src/audit/interval.ts"

const levels = [0.1, 0.05, 0.01]
const starsOf = (p: number): number => levels.filter((level) => p <= level).length

describe("the degrees of freedom that stars need", () => {
  it("hold those that gave the stars", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60, noNaN: true }), fc.integer({ min: 1, max: 2000 }), (t, df) => {
        const stars = starsOf(pOf(t, df))
        expect(holds(starsInterval({ low: t, high: t }, stars, levels), df)).toBe(true)
      }),
      { numRuns: 500 }
    )
  })

  it("are those of t tables: 2.6 has three stars only where p is 1%, 1.75 none up to 15, 3.6 one star at 2 alone", () => {
    expect(starsInterval({ low: 2.6, high: 2.6 }, 3, levels).low).toBeGreaterThan(180)
    expect(pOf(2.6, starsInterval({ low: 2.6, high: 2.6 }, 3, levels).low)).toBeCloseTo(0.01, 6)
    expect(starsInterval({ low: 1.75, high: 1.75 }, 0, levels).high).toBeCloseTo(15.2, 0)
    const one = starsInterval({ low: 3.6, high: 3.6 }, 1, levels)
    expect([Math.ceil(one.low), Math.floor(one.high)]).toEqual([2, 2])
  })

  it("are none where even the normal distribution gives too few stars", () => {
    expect(isEmpty(starsInterval({ low: 1.9, high: 1.95 }, 2, levels))).toBe(true)
    expect(isEmpty(starsInterval({ low: 1.9, high: 1.97 }, 2, levels))).toBe(false)
  })
})
