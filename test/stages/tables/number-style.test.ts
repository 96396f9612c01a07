import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { atDecimalPoint } from "../../../src/render/table/decimal-point.ts"
import { absorbedEffects } from "../../../stages/tables/fixed-effects-rows.ts"
import { labelOf } from "../../../stages/tables/labels.ts"
import { count, styleOf, written } from "../../../stages/tables/number-style.ts"
import { starsNote, starsOf } from "../../../stages/tables/star-levels.ts"

const numbers = fc.double({ min: -1e8, max: 1e8, noNaN: true })

describe("numbers of a table", () => {
  it("parse back to their value within rounding, thousands separated or not", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 8 }), fc.constantFrom("", ",", " ", "'"), (x, decimals, thousands) => {
        const text = written(x, { decimals, thousands })
        expect(Math.abs(Number(text.replaceAll(thousands === "" ? "," : thousands, "")) - x)).toBeLessThanOrEqual(0.5001 * 10 ** -decimals + 1e-7)
        expect(atDecimalPoint([text])).not.toEqual([undefined])
      })
    )
  })

  it("have significant digits where they are asked for; a row outdoes its table", () => {
    expect(written(1234.567, { decimals: 3, significant: 2, thousands: "," })).toBe("1,235")
    expect(written(0.0012345, { decimals: 3, significant: 3 })).toBe("0.00123")
    expect([-0.0033, 0.006, Number.NaN].map((x) => written(x, { decimals: 2, nearZero: "zero" }))).toEqual(["0.00", "0.01", ""])
    expect(written(-0.0033, { decimals: 2 })).toBe("-0.0033")
    expect(count(1234567, { thousands: " " })).toBe("1 234 567")
    expect(styleOf({ decimals: 3, significant: 2 }, { decimals: 1 })).toEqual({ decimals: 1, thousands: "", nearZero: "digits" })
    expect(styleOf({ decimals: 3 }, { significant: 2 })).toEqual({ decimals: 3, significant: 2, thousands: "", nearZero: "digits" })
  })
})

describe("stars", () => {
  const own = [
    { below: 0.001, symbol: "†" },
    { below: 0.1, symbol: "+" }
  ]
  it("are those of the strictest level, in whatever order levels are given", () => {
    expect([0.0005, 0.001, 0.05, 0.1, Number.NaN].map((p) => starsOf(p, own))).toEqual(["†", "+", "+", "", ""])
    expect([0.005, 0.02, 0.07, 0.2].map((p) => starsOf(p, true))).toEqual(["***", "**", "*", ""])
    expect(starsOf(0.001, false)).toBe("")
  })
  it("are told in a note", () => {
    expect(starsNote(own, "two-sided")).toEqual(["+ and †: significant at the 10% and 0.1% level, two-sided."])
    expect(starsNote(false)).toEqual([])
  })
  it("stay close to their number at the decimal point", () => {
    expect(atDecimalPoint(["0.77†", "(0.13)+", "1,234.5***"])).toEqual([
      ["0", ".77†"],
      ["(0", ".13)+"],
      ["1,234", ".5***"]
    ])
  })
})

describe("labels", () => {
  it("have units, and are made for products and lags of what is in the dictionary", () => {
    const labels = { coagglo: "Co-agglomeration", mi: "Robots", gdp: { label: "GDP", unit: "bn" }, "L.gdp": "GDP before" }
    const made = ["coagglo", "gdp", "coagglo*mi", "W*coagglo", "L.coagglo", "L2.mi", "L.gdp", "L.x", "x*y", "toString"]
    expect(made.map((name) => labelOf(labels, name))).toEqual([
      "Co-agglomeration",
      "GDP (bn)",
      "Co-agglomeration × Robots",
      "W × Co-agglomeration",
      "Co-agglomeration, lag 1",
      "Robots, lag 2",
      "GDP before",
      "L.x",
      "x*y",
      "toString"
    ])
  })
})

describe("fixed effects of a model", () => {
  it("are told by what its glance calls it", () => {
    const models = {
      "two-way fixed effects": ["entity", "year"],
      "fixed effects of region and year": ["region", "year"],
      "FE-2SLS, first stage": ["entity", "year"],
      "least squares": [],
      "one-way random effects, year dummies": ["year"],
      "spatial Durbin model (SDM), entity and year effects, maximum likelihood; ln|I - rho W| from eigenvalues": ["entity", "year"],
      "spatial lag model (SAR), a constant, maximum likelihood": [],
      "spatial Durbin model (SDM), two-stage least squares, entity and time effects taken off after lagging": ["entity", "year"],
      "spatial lag model (SAR), two-stage least squares, time effects taken off after lagging; variances by moments": ["year"],
      "spatial lag model (SAR), two-stage least squares, random entity effects (theta 0.9)": [],
      "something else": undefined
    }
    expect(Object.keys(models).map(absorbedEffects)).toEqual(Object.values(models))
  })
})
