import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { summariseNumbers } from "../../../src/render/artifact/summary-statistics.ts"

describe("summary statistics", () => {
  it("are taken over the values that are there, the standard deviation with n - 1", () => {
    expect(summariseNumbers([2, Number.NaN, 4, 9])).toEqual({ mean: 5, sd: Math.sqrt(13), min: 2, median: 4, max: 9 })
    expect(summariseNumbers([1, 2, 3, 10])?.median).toBe(2.5)
  })

  it("are undefined without a value, and one value has no standard deviation", () => {
    expect(summariseNumbers([Number.NaN])).toBeUndefined()
    expect(summariseNumbers([7])).toEqual({ mean: 7, sd: Number.NaN, min: 7, median: 7, max: 7 })
  })

  it("have no deviation where all values are equal, to the last bit", () => {
    expect(summariseNumbers(Array<number>(38).fill(-1 / 30))).toMatchObject({ mean: -1 / 30, sd: 0 })
  })

  it("do not depend on the order of rows, and a shift moves location alone", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 2 }), (values) => {
        expect(summariseNumbers([...values].reverse())).toEqual(summariseNumbers(values))
        expect(summariseNumbers(values.map((x) => x + 1e9))!.sd).toBeCloseTo(summariseNumbers(values)!.sd, 3)
      })
    )
  })
})
