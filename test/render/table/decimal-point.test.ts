import { describe, expect, it } from "vitest"
import { atDecimalPoint } from "../../../src/render/table/decimal-point.ts"

describe("decimal point", () => {
  it("splits estimates, brackets and braces where the point is", () => {
    expect(atDecimalPoint(["0.767***", "(-0.130)", "{16.38}", "[0.007]", "1.235e+12"])).toEqual([
      ["0", ".767***"],
      ["(-0", ".130)"],
      ["{16", ".38}"],
      ["[0", ".007]"],
      ["1", ".235e+12"]
    ])
  })

  it("leaves words, intervals and counts among decimals to be centred", () => {
    expect(atDecimalPoint(["0.5", "Yes", "", "[0.20, 0.59]", "589"])).toEqual([["0", ".5"], undefined, undefined, undefined, undefined])
  })

  it("aligns whole numbers where all are whole", () =>
    expect(atDecimalPoint(["589", "57"])).toEqual([
      ["589", ""],
      ["57", ""]
    ]))
})
