import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { ellisonGlaeser } from "../../../src/econometrics/measurement/ellison-glaeser.ts"

const unit = fc.record({ i: fc.double({ min: 1, max: 1e3, noNaN: true }), j: fc.double({ min: 1, max: 1e3, noNaN: true }) })

describe("ellisonGlaeser", () => {
  it("is the sum over units of the products of shares, less 1/K", () => {
    fc.assert(
      fc.property(fc.array(unit, { minLength: 2, maxLength: 30 }), (units) => {
        const i = Float64Array.from(units, (u) => u.i)
        const j = Float64Array.from(units, (u) => u.j)
        const sum = (x: Float64Array) => x.reduce((a, b) => a + b)
        const products = units.reduce((total, u) => total + (u.i / sum(i)) * (u.j / sum(j)), 0)
        assert.closeTo(ellisonGlaeser(i, j), products - 1 / units.length, 1e-10)
      })
    )
  })
  it("is 0 where both are evenly spread, and -1/K where they are never together", () => {
    assert.closeTo(ellisonGlaeser(Float64Array.of(1, 1, 1, 1), Float64Array.of(2, 2, 2, 2)), 0, 1e-15)
    assert.closeTo(ellisonGlaeser(Float64Array.of(3, 0), Float64Array.of(0, 5)), -0.5, 1e-15)
  })
  it("does not change when both industries are counted in another unit", () => {
    const i = Float64Array.of(1, 5, 2)
    const j = Float64Array.of(4, 1, 1)
    assert.closeTo(
      ellisonGlaeser(
        i.map((x) => 10 * x),
        j.map((x) => 10 * x)
      ),
      ellisonGlaeser(i, j),
      1e-14
    )
  })
})
