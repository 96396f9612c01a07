import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { coagglomeration } from "../../../src/econometrics/measurement/coagglomeration.ts"

const quotient = fc.double({ min: 0, max: 50, noNaN: true })

describe("coagglomeration", () => {
  it("is 1 + m + s where both industries are equally concentrated", () => {
    assert.strictEqual(coagglomeration(1.5, 1.5), 4)
  })
  it("is symmetric, and lies between m + s and 1 + m + s", () => {
    fc.assert(
      fc.property(quotient, quotient, (m, s) => {
        fc.pre(m + s > 0)
        const value = coagglomeration(m, s)
        assert.strictEqual(value, coagglomeration(s, m))
        assert.isTrue(value >= m + s - 1e-12 && value <= 1 + m + s + 1e-12)
      })
    )
  })
})
