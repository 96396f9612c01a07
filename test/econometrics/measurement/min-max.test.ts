import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { minMax } from "../../../src/econometrics/measurement/min-max.ts"

const series = fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2, maxLength: 30 }).map((x) => Float64Array.from(x, (value) => value / 1000))

describe("minMax", () => {
  it("the best value is 1 and the worst 0, in the direction of the attribute", () => {
    assert.deepStrictEqual(minMax(Float64Array.of(2, 4, 3), "positive"), Float64Array.of(0, 1, 0.5))
    assert.deepStrictEqual(minMax(Float64Array.of(2, 4, 3), "negative"), Float64Array.of(1, 0, 0.5))
  })
  it("a constant series has none", () => {
    assert.isUndefined(minMax(Float64Array.of(7, 7, 7), "positive"))
  })
  it("a positive rescaling changes nothing, and a negative indicator is one less the positive", () => {
    fc.assert(
      fc.property(series, fc.integer({ min: -20, max: 20 }), (x, power) => {
        const factor = 2 ** power // exact, so that the equality can be
        const scaled = minMax(x, "positive")
        assert.deepStrictEqual(
          minMax(
            x.map((value) => value * factor),
            "positive"
          ),
          scaled
        )
        minMax(x, "negative")?.forEach((y, i) => {
          assert.closeTo(y, 1 - scaled![i]!, 1e-9)
        })
      })
    )
  })
})
