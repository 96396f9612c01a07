import { describe, expect, it } from "vitest"
import { withinLmTests } from "../../../../src/econometrics/spatial/tests/lm-tests-within.ts"
import { mapWeights } from "../../../../src/econometrics/spatial/weights/weights-matrix.ts"
import { production, weights } from "../../us-states.ts"
import { expectClose, MATRICES, oracle } from "../spatial-oracle.ts"

describe("within LM tests", () => {
  for (const name of MATRICES)
    it(`agree with matrix algebra in R in the space without effects (${name})`, () => {
      const { error, lag, robustError, robustLag } = withinLmTests(weights[name], production)
      const tests = [lag, error, robustLag, robustError]
      expectClose(
        tests.map(({ statistic }) => statistic),
        oracle.lm_within[name].statistic,
        1e-8
      )
      expectClose(
        tests.map(({ pValue }) => pValue),
        oracle.lm_within[name].p,
        1e-8
      )
    })
  it("do not change when entity and year effects are added to y and the regressors", () => {
    const shifted = (column: Float64Array, k: number) => column.map((value, at) => value + k * (Math.floor(at / 17) % 5) - ((at % 17) * k) / 3)
    const moved = { ...production, dependent: shifted(production.dependent, 2), regressors: production.regressors.map((column, k) => shifted(column, k - 1)) }
    const original = withinLmTests(weights.nested, production)
    const tests = withinLmTests(weights.nested, moved)
    expect(tests.lag.statistic).toBeCloseTo(original.lag.statistic, 7)
    expect(tests.robustError.statistic).toBeCloseTo(original.robustError.statistic, 7)
  })
  it("need row-standardised weights", () => {
    const raw = mapWeights(weights.contiguity, (_i, _j, w) => 2 * w)
    expect(() => withinLmTests(raw, production)).toThrow(/rows sum to 1/)
  })
})
