import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { excessOf, type PrintedNumber, printedNumber } from "../../src/render/printed-number.ts"

const read = (text: string, kind = "estimate"): PrintedNumber => printedNumber(text, kind)!

describe("a printed number", () => {
  it.each([
    ["0.767 ***", 0.767, 0.001],
    ["(-0.35)", -0.35, 0.01],
    ["[0.007]", 0.007, 0.001],
    ["{16.38}", 16.38, 0.01],
    ["1,206.5", 1206.5, 0.1],
    ["−0.004", -0.004, 0.001],
    ["1.20e-5", 1.2e-5, 1e-7],
    [".52**", 0.52, 0.01],
    ["589", 589, 1]
  ])("is read off %s", (text, value, unit) => {
    expect(read(text).value).toBe(value)
    expect(read(text).unit).toBeCloseTo(unit, 12)
  })

  it("is no number where a word is printed", () => {
    for (const word of ["Yes", "+", "-", "Advanced Manufacturing"]) expect(printedNumber(word, "flag")).toBeUndefined()
  })

  it("may be a bound", () => {
    const bound = read("less than 0.05", "p_value")
    expect([excessOf(bound, 0.049), excessOf(bound, 1e-30)]).toEqual([0, 0])
    expect(excessOf(bound, 0.15)).toBeCloseTo(0.1, 12)
    expect(excessOf(read("> 0.1", "p_value"), 0.3)).toBe(0)
    expect(excessOf(read("<0.001", "p_value"), 0.002)).toBeCloseTo(0.001, 12)
  })

  it("counts exactly where it counts", () => {
    expect(excessOf(read("589", "nobs"), 589)).toBe(0)
    expect(excessOf(read("589", "nobs"), 588)).toBe(1)
    expect(excessOf(read("589", "estimate"), 588.5)).toBe(0)
  })

  it("stands for every number that rounds to it, ties included, and for no other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.integer({ min: 0, max: 6 }),
        fc.double({ min: -0.5, max: 0.5, noNaN: true }),
        (digits, places, off) => {
          const unit = 10 ** -places
          const printed = read((digits * unit).toFixed(places))
          for (const part of [off, -0.5, 0.5]) expect(excessOf(printed, digits * unit + part * unit)).toBe(0)
          for (const part of [-0.501, 0.501]) expect(excessOf(printed, digits * unit + part * unit)).toBeGreaterThan(0)
        }
      )
    )
  })

  it("holds what toFixed prints, whatever the number", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 6 }), (x, places) => {
        expect(excessOf(read(x.toFixed(places)), x)).toBe(0)
      })
    )
  })
})
