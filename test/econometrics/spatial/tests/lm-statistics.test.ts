import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { chiSquaredTest } from "../../../../src/econometrics/spatial/tests/chi-squared-test.ts"
import { durbinTests, durbinWarnings } from "../../../../src/econometrics/spatial/tests/durbin-statistics.ts"
import { lagErrorTests, lagErrorWarnings } from "../../../../src/econometrics/spatial/tests/lm-statistics.ts"

const score = fc.double({ min: -50, max: 50, noNaN: true })
const positive = fc.double({ min: 0.1, max: 100, noNaN: true })

describe("LM statistics from scores", () => {
  it("LM-lag + robust LM-error = LM-error + robust LM-lag", () => {
    fc.assert(
      fc.property(score, score, positive, positive, (lag, error, signal, variance) => {
        const tests = lagErrorTests({ lag, error, signal, variance })
        expect(lagErrorWarnings(tests)).toEqual([])
        const left = tests.lag.statistic + tests.robustError!.statistic
        expect(Math.abs(left - (tests.error.statistic + tests.robustLag!.statistic))).toBeLessThan(1e-9 * Math.max(1, left))
      })
    )
  })
  it("LM of the SDM = LM-lag + adjusted WX = LM-WX + adjusted lag", () => {
    fc.assert(
      fc.property(
        score,
        score,
        positive,
        positive,
        fc.array(fc.tuple(score, fc.double({ min: -1, max: 1, noNaN: true })), { minLength: 1, maxLength: 4 }),
        (lag, error, room, variance, lags) => {
          const withRho = Float64Array.from(lags, ([, r]) => r)
          // The signal is |M Q W X b|^2, of which the lags' part is withRho's square.
          const scores = { lag, error, variance, signal: withRho.reduce((sum, r) => sum + r * r, room) }
          const tests = durbinTests(scores, { lags: Float64Array.from(lags, ([d]) => d), withRho })
          expect(durbinWarnings(lagErrorTests(scores).lag, tests)).toEqual([])
          const joint = tests.sdm.statistic
          expect(Math.abs(tests.wx.statistic + tests.adjustedLag.statistic - joint)).toBeLessThan(1e-9 * Math.max(1, joint))
        }
      )
    )
  })
  it("a broken identity is told with both sides", () => {
    const tests = lagErrorTests({ lag: 3, error: 2, signal: 1, variance: 4 })
    const broken = { ...tests, robustLag: chiSquaredTest(tests.robustLag!.statistic + 1e-3, 1) }
    expect(lagErrorWarnings(broken)).toEqual([
      { code: "lm-identity-broken", message: expect.stringMatching(/LM-lag \+ robust LM-error = .* is 2\.0000000 = 2\.0010000/) }
    ])
    const durbin = durbinTests({ lag: 3, error: 2, signal: 1, variance: 4 }, { lags: Float64Array.of(1), withRho: Float64Array.of(0.5) })
    expect(durbinWarnings(chiSquaredTest(0, 1), durbin).map(({ code }) => code)).toEqual(["lm-identity-broken"])
  })
})
