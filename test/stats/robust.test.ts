import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { median, robustScale, tukeyFences } from "../../src/stats/robust.ts"

describe("robust location and scale", () => {
  it("median, median absolute deviation as R's mad, and its stand-in where most values are one", () => {
    // R: median(c(1, 5, 2, 8, 3)); mad(c(1, 5, 2, 8, 3)).
    assert.strictEqual(median([1, 5, 2, 8, 3]), 3)
    assert.strictEqual(median([4, 1]), 2.5)
    assert.closeTo(robustScale([1, 5, 2, 8, 3]).scale, 2.9652, 1e-4)
    assert.closeTo(robustScale([2, 2, 2, 2, 7]).scale, 1.2533141373155003, 1e-12)
    assert.strictEqual(robustScale([2, 2, 2]).scale, 0)
  })
  it("Tukey's fences as R's quantiles give them", () => {
    // R: quantile(c(1:9, 50), c(.25, .75)) = 3.25, 7.75.
    assert.deepStrictEqual(tukeyFences([1, 2, 3, 4, 5, 6, 7, 8, 9, 50], 3), [3.25 - 13.5, 7.75 + 13.5])
  })
  it("moves and scales with the values, whatever their order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: -50, max: 50 }),
        (values, by, to) => {
          const { center, scale } = robustScale(values)
          const moved = robustScale(values.map((value) => by * value + to).reverse())
          assert.closeTo(moved.center, by * center + to, 1e-9)
          assert.closeTo(moved.scale, by * scale, 1e-8)
        }
      )
    )
  })
})
