import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { alike, braces, decimals, interval, parentheses, pValue, significant, squareBrackets, stars } from "../../src/render/numbers.ts"

describe("numbers", () => {
  it.each([
    [0.1304, 3, "0.130"],
    [-0.00047, 4, "-0.0005"],
    [-0.00045, 3, "-0.00045"],
    [0.00004567, 4, "0.000046"],
    [-0.004, 0, "-0.0040"],
    [-1.234e-17, 3, "-1.2e-17"],
    [0, 3, "0.000"],
    [-0, 2, "0.00"],
    [1234567.891, 2, "1234567.89"],
    [Number.NaN, 3, ""],
    [Number.POSITIVE_INFINITY, 3, ""]
  ])("%d with %i decimals is %j", (x, digits, text) => expect(decimals(x, digits)).toBe(text))

  it("a number that is not zero never reads as zero, nor zero as negative", () => {
    const any = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(any, fc.integer({ min: 0, max: 12 }), (x, digits) => {
        expect(Math.sign(Number(decimals(x, digits)))).toBe(Math.sign(x) + 0)
        expect(alike([x, 1.5, -x]).filter((text) => /^-[0.]+$/.test(text))).toEqual([])
      })
    )
  })

  it.each([
    [0.00004, 4, "<0.0001"],
    [0.00005, 4, "0.0001"],
    [0, 3, "<0.001"],
    [0.2, 0, "<1"],
    [0.04999, 3, "0.050"],
    [Number.NaN, 3, ""]
  ])("the p value %d with %i decimals is %j", (p, digits, text) => expect(pValue(p, digits)).toBe(text))

  it.each([
    [0.0099, "***"],
    [0.01, "**"],
    [0.0499, "**"],
    [0.05, "*"],
    [0.1, ""],
    [Number.NaN, ""]
  ])("p = %d has the stars %j", (p, text) => expect(stars(p)).toBe(text))

  it.each([
    [0, "0"],
    [1234, "1234"],
    [0.076543, "0.07654"],
    [98.7654, "98.77"],
    [1.5e12, "1.500e+12"],
    [-2.5e-7, "-2.500e-7"],
    [Number.NaN, ""]
  ])("%d alone reads %j", (x, text) => expect(significant(x)).toBe(text))

  it("brackets hold nothing where there is nothing", () => {
    expect([parentheses("1"), squareBrackets("1"), braces("1"), parentheses(""), squareBrackets(""), braces("")]).toEqual(["(1)", "[1]", "{1}", "", "", ""])
    expect([interval(0.2, 0.591, 3), interval(Number.NaN, 1, 3)]).toEqual(["[0.200, 0.591]", ""])
  })

  it("a column's numbers have the same decimals, and whole numbers have none", () => {
    expect(alike([1.5, Number.NaN, 23.25])).toEqual(["1.500", "", "23.250"])
    expect(alike([1, 200])).toEqual(["1", "200"])
    expect(alike([-0.00001, 23.25])).toEqual(["-1.0e-5", "23.250"])
    expect(alike([-1e-15, 23.25])).toEqual(["0.000", "23.250"])
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
        fc.pre(values.some((x) => !Number.isInteger(x)) && values.some((x) => Math.abs(x) >= 1e-4))
        const texts = alike(values).filter((text) => !text.includes("e"))
        expect(new Set(texts.map((text) => text.split(".")[1]?.length)).size).toBe(1)
      })
    )
  })
})
