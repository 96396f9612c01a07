import { describe, expect, it } from "vitest"
import { pooledLmTests } from "../../../../src/econometrics/spatial/tests/lm-tests-pooled.ts"
import { production, weights } from "../../us-states.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"

describe("pooled LM tests", () => {
  for (const name of MATRICES)
    it(`agree with spdep's lm.LMtests on the stacked panel (${name})`, () => {
      const { error, lag, robustError, robustLag } = pooledLmTests(weights[name], production)
      const tests = [lag, error, robustLag, robustError]
      expectClose(
        tests.map(({ statistic }) => statistic),
        oracle.lm_pooled[name].statistic,
        1e-8
      )
      // spdep subtracts its p-values from one, which leaves 16 digits after the point.
      for (const [k, { pValue }] of tests.entries()) expect(Math.abs(pValue - oracle.lm_pooled[name].p[k]!)).toBeLessThan(1e-9)
    })
  it("change when entity effects are added to y: they ignore them", () => {
    const dependent = production.dependent.map((y, at) => y + (Math.floor(at / 17) % 5))
    expect(pooledLmTests(weights.contiguity, { ...production, dependent }).error.statistic).not.toBeCloseTo(
      pooledLmTests(weights.contiguity, production).error.statistic,
      1
    )
  })
})
