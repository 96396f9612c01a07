import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { lmTests } from "../../../../src/econometrics/spatial/tests/lm-tests.ts"

describe("the four LM statistics", () => {
  it("LM-lag + robust LM-error = LM-error + robust LM-lag", () => {
    const score = fc.double({ min: -50, max: 50, noNaN: true })
    fc.assert(
      fc.property(score, score, fc.double({ min: 0.1, max: 100, noNaN: true }), fc.double({ min: 0.1, max: 100, noNaN: true }), (lag, error, t, more) => {
        const tests = lmTests(lag, error, t + more, t)
        const left = tests.lag.statistic + tests.robustError.statistic
        expect(Math.abs(left - (tests.error.statistic + tests.robustLag.statistic))).toBeLessThan(1e-9 * Math.max(1, left))
      })
    )
  })
})
