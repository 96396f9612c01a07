import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { type PooledEstimate, poolEstimates, poolRSquared } from "../../../src/econometrics/imputation/rubin.ts"
import { infer } from "../../../src/econometrics/linear/inference.ts"

type Names = "estimate" | "within" | "between" | "total" | "df" | "relativeIncrease" | "lambda" | "fractionMissing" | "stdError"
interface Case {
  readonly complete_df: number | null
  readonly estimate: ReadonlyArray<ReadonlyArray<number>>
  readonly std_error: ReadonlyArray<ReadonlyArray<number>>
  readonly r_squared: ReadonlyArray<number>
  readonly term: ReadonlyArray<string>
  readonly pooled: Readonly<Record<Names, ReadonlyArray<number>>>
  readonly statistic: ReadonlyArray<number>
  readonly p_value: ReadonlyArray<number>
  readonly conf_low: ReadonlyArray<number>
  readonly conf_high: ReadonlyArray<number>
  readonly pooled_r_squared: number
}
const { cases } = JSON.parse(readFileSync("test/oracle/rubin.json", "utf8")) as { readonly cases: Readonly<Record<string, Case>> }
const close = (found: number, expected: number, relative = 1e-10) => assert.closeTo(found, expected, relative * Math.max(Math.abs(expected), 1e-300))

describe("Rubin's rules", () => {
  it.each(Object.entries(cases))("agree with mice::pool: %s", (_, one) => {
    const pooled = one.term.map((_, j) =>
      poolEstimates(
        one.estimate.map((of) => of[j]!),
        one.std_error.map((of) => of[j]! ** 2),
        one.complete_df ?? Number.POSITIVE_INFINITY
      )
    )
    for (const [name, expected] of Object.entries(one.pooled) as Array<[Names, ReadonlyArray<number>]>)
      pooled.forEach((own, j) => {
        close(own[name], expected[j]!)
      })
    const inference = infer(
      one.term,
      Float64Array.from(pooled, ({ estimate }) => estimate),
      pooled.map(({ total }) => total),
      Float64Array.from(pooled, ({ df }) => df)
    )
    one.term.forEach((_, j) => {
      close(inference.statistic[j]!, one.statistic[j]!)
      close(inference.pValue[j]!, one.p_value[j]!, 1e-8)
      close(inference.confLow[j]!, one.conf_low[j]!, 1e-9)
      close(inference.confHigh[j]!, one.conf_high[j]!, 1e-9)
    })
    close(poolRSquared(one.r_squared), one.pooled_r_squared)
  })

  const draws = fc.array(fc.tuple(fc.double({ min: -100, max: 100, noNaN: true }), fc.double({ min: 0.01, max: 100, noNaN: true })), {
    minLength: 2,
    maxLength: 30
  })
  const pool = (rows: ReadonlyArray<readonly [number, number]>, df: number): PooledEstimate =>
    poolEstimates(
      rows.map(([q]) => q),
      rows.map(([, u]) => u),
      df
    )
  it("degrees of freedom never exceed those of complete data, shares stay shares, and the order of imputations is of no account", () => {
    fc.assert(
      fc.property(draws, fc.integer({ min: 2, max: 500 }), (rows, df) => {
        const one = pool(rows, df)
        assert.isAtMost(one.df, df)
        assert.isAbove(one.df, 0)
        assert.isAtLeast(one.total, one.within)
        for (const share of [one.lambda, one.relativeEfficiency]) {
          assert.isAtLeast(share, 0)
          assert.isAtMost(share, 1)
        }
        close(pool([...rows].reverse(), df).total, one.total, 1e-9)
      })
    )
  })
  it("a rescaled estimate has a rescaled standard error and the same degrees of freedom", () => {
    fc.assert(
      fc.property(draws, fc.double({ min: 0.1, max: 50, noNaN: true }), (rows, by) => {
        const one = pool(rows, 30)
        const scaled = pool(
          rows.map(([q, u]) => [q * by, u * by * by] as const),
          30
        )
        close(scaled.stdError, one.stdError * by, 1e-9)
        close(scaled.df, one.df, 1e-7)
      })
    )
  })
  it("without variance between imputations the standard error is that of each, with finite degrees of freedom", () => {
    const same = poolEstimates([2, 2, 2], [0.25, 0.25, 0.25], 30)
    assert.deepStrictEqual([same.stdError, same.lambda, same.between], [0.5, 0, 0])
    close(same.df, (31 / 33) * 30)
    assert.strictEqual(poolEstimates([2, 2], [1, 1], Number.POSITIVE_INFINITY).df, Number.POSITIVE_INFINITY)
  })
})
