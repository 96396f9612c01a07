import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { difference, holds, type Interval, intersection, isEmpty, magnitude, product, quotient, square, squareRoot, sum } from "../../src/audit/interval.ts"
import { roundingInterval } from "../../src/audit/printed-number.ts"

/** Numbers as they are printed: nothing near the smallest that a double can hold. */
const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => Math.round(value * 1e9) / 1e9)
const interval = fc.tuple(number, number).map(([a, b]): Interval => ({ low: Math.min(a, b), high: Math.max(a, b) }))
/** An interval and a number inside of it. */
const inside = fc.tuple(interval, fc.double({ min: 0, max: 1, noNaN: true })).map(([one, share]) => {
  const value = Math.min(one.high, Math.max(one.low, Math.round((one.low + share * (one.high - one.low)) * 1e9) / 1e9))
  return { interval: one, value }
})

describe("interval arithmetic", () => {
  it("holds what the operation has for any numbers inside", () => {
    fc.assert(
      fc.property(inside, inside, (a, b) => {
        expect(holds(sum(a.interval, b.interval), a.value + b.value)).toBe(true)
        expect(holds(difference(a.interval, b.interval), a.value - b.value)).toBe(true)
        expect(holds(product(a.interval, b.interval), a.value * b.value)).toBe(true)
        expect(holds(square(a.interval), a.value * a.value)).toBe(true)
        expect(holds(magnitude(a.interval), Math.abs(a.value))).toBe(true)
        expect(holds(squareRoot(magnitude(a.interval)), Math.sqrt(Math.abs(a.value)))).toBe(true)
        if (b.value !== 0) expect(holds(quotient(a.interval, b.interval), a.value / b.value)).toBe(true)
      }),
      { numRuns: 2000 }
    )
  })

  it("is no wider than the ends make it, so that what is apart is found", () => {
    expect(product({ low: -1, high: 2 }, { low: 3, high: 4 }).high).toBeCloseTo(8, 12)
    expect(product({ low: -1, high: 2 }, { low: 3, high: 4 }).low).toBeCloseTo(-4, 12)
    expect(quotient({ low: 1, high: 2 }, { low: 4, high: 5 }).low).toBeCloseTo(0.2, 12)
    expect(quotient({ low: 1, high: 2 }, { low: 4, high: 5 }).high).toBeCloseTo(0.5, 12)
    expect(square({ low: -1, high: 2 }).low).toBeCloseTo(0, 12)
  })

  it("divides by what may be zero, or is, without a NaN", () => {
    for (const divisor of [
      { low: 0, high: 0 },
      { low: -1, high: 1 },
      { low: 0, high: 1 },
      { low: -1, high: 0 }
    ])
      for (const dividend of [
        { low: 0, high: 0 },
        { low: -1, high: 1 },
        { low: 1, high: 2 }
      ]) {
        const { high, low } = quotient(dividend, divisor)
        expect(Number.isNaN(low) || Number.isNaN(high)).toBe(false)
        expect(low).toBeLessThanOrEqual(high)
      }
    expect(quotient({ low: 1, high: 2 }, { low: 0, high: 4 })).toMatchObject({ high: Number.POSITIVE_INFINITY })
  })

  it("is empty where two have nothing in common", () => {
    expect(isEmpty(intersection({ low: 0, high: 1 }, { low: 2, high: 3 }))).toBe(true)
    expect(isEmpty(intersection({ low: 0, high: 2 }, { low: 2, high: 3 }))).toBe(false)
  })
})

describe("the rounding of a printed number", () => {
  it("holds the number that was rounded, whatever its decimals", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), fc.integer({ min: 0, max: 8 }), (value, decimals) => {
        expect(holds(roundingInterval(value.toFixed(decimals), false), value)).toBe(true)
      }),
      { numRuns: 2000 }
    )
  })

  it("holds ties, and nothing beyond them", () => {
    const interval = roundingInterval("0.767", false)
    expect(holds(interval, 0.7665)).toBe(true)
    expect(holds(interval, 0.7675)).toBe(true)
    expect(holds(interval, 0.76751)).toBe(false)
    expect(holds(roundingInterval("589", true), 589.4)).toBe(false)
  })
})
