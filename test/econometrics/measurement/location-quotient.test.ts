import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { locationQuotients } from "../../../src/econometrics/measurement/location-quotient.ts"

const employment = fc.array(fc.record({ industry: fc.double({ min: 0.01, max: 1e4, noNaN: true }), others: fc.double({ min: 0.01, max: 1e4, noNaN: true }) }), {
  minLength: 1,
  maxLength: 40
})

describe("locationQuotients", () => {
  it("are 1 where every entity has the industry in one proportion", () => {
    assert.deepStrictEqual(locationQuotients(Float64Array.of(1, 2, 4), Float64Array.of(2, 4, 8)), Float64Array.of(1, 1, 1))
  })
  it("average to 1 when weighted by total employment", () => {
    fc.assert(
      fc.property(employment, (rows) => {
        const total = Float64Array.from(rows, ({ industry, others }) => industry + others)
        const quotients = locationQuotients(
          Float64Array.from(rows, ({ industry }) => industry),
          total
        )
        const sum = total.reduce((a, b) => a + b)
        assert.closeTo(
          quotients.reduce((mean, quotient, p) => mean + (quotient * total[p]!) / sum, 0),
          1,
          1e-9
        )
      })
    )
  })
})
