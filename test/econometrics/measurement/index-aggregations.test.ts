import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { Fault, resultOrFault } from "../../../src/econometrics/fault.ts"
import { valueScore } from "../../../src/econometrics/measurement/composite-score.ts"
import { equalWeights } from "../../../src/econometrics/measurement/equal-weights.ts"
import { geometricScore } from "../../../src/econometrics/measurement/geometric-score.ts"
import { greyRelationalScore } from "../../../src/econometrics/measurement/grey-relational.ts"
import { minMax } from "../../../src/econometrics/measurement/min-max.ts"
import { topsisScore } from "../../../src/econometrics/measurement/topsis.ts"
import { agrees, all, columns, oracle, rows, someIndicators, weighted } from "./index-oracle.ts"

const eight = [[0, 1, 2, 3, 4, 5, 6, 7]]

describe("aggregations agree with R on the US states", () => {
  const indicators = weighted(columns, oracle.critic)
  it("geometric, TOPSIS and grey relational", () => {
    agrees(geometricScore(indicators, rows, 0.01), oracle.geometric)
    agrees(topsisScore(indicators, all, rows), oracle.topsis)
    agrees(greyRelationalScore(indicators, all, rows), oracle.grey)
  })
})

describe("laws of aggregations", () => {
  it("linear under equal weights is the mean, the geometric mean is not above it, and both lie in 0 to 100", () => {
    fc.assert(
      fc.property(someIndicators, (list) => {
        const indicators = weighted(list, equalWeights(list.length))
        const linear = valueScore(indicators, 8)
        const geometric = geometricScore(indicators, 8)
        linear.forEach((score, row) => {
          assert.closeTo(score, (100 * list.reduce((sum, column) => sum + column[row]!, 0)) / list.length, 1e-10)
          assert.isAtMost(geometric[row]!, score + 1e-10)
          assert.isAtLeast(geometric[row]!, 0)
        })
      })
    )
  })
  it("TOPSIS and grey grades lie in 0 to 100, rows that are best in all have 100, worst in all have 0 by TOPSIS", () => {
    fc.assert(
      fc.property(someIndicators, (list) => {
        const with01 = list.map((column) => column.map((y, row) => (row === 0 ? 1 : row === 1 ? 0 : y)))
        const indicators = weighted(with01, equalWeights(list.length))
        const topsis = topsisScore(indicators, eight, 8)
        const grey = greyRelationalScore(indicators, eight, 8)
        assert.isTrue([...topsis, ...grey].every((score) => score >= 0 && score <= 100 + 1e-10))
        agrees([topsis[0]!, topsis[1]!, grey[0]!, grey[1]!], [100, 0, 100, 100 / 3])
      })
    )
  })
  it("rescaling an indicator before min-max changes nothing, and scores follow their rows", () => {
    fc.assert(
      fc.property(someIndicators, fc.integer({ min: -5, max: 5 }), (list, power) => {
        const scores = (raw: ReadonlyArray<Float64Array>) => {
          const indicators = weighted(
            raw.map((x) => minMax(x, "positive")!),
            equalWeights(raw.length)
          )
          return [geometricScore(indicators, 8, 0.1), topsisScore(indicators, eight, 8), greyRelationalScore(indicators, eight, 8)]
        }
        const found = scores(list)
        assert.deepStrictEqual(scores(list.map((x, m) => (m === 0 ? x.map((value) => value * 2 ** power) : x))), found)
        scores(list.map((x) => x.toReversed())).forEach((score, k) => {
          agrees(score.toReversed(), [...found[k]!])
        })
      })
    )
  })
})

describe("edges of aggregations", () => {
  it("an indicator of 0 makes the geometric score 0, unless it has no weight or there is a shift", () => {
    const list = [Float64Array.of(0, 1), Float64Array.of(0.5, 1)]
    agrees(geometricScore(weighted(list, [0.5, 0.5]), 2), [0, 100])
    agrees(geometricScore(weighted(list, [0, 1]), 2), [50, 100])
    assert.isAbove(geometricScore(weighted(list, [0.5, 0.5]), 2, 0.01)[0]!, 0)
  })
  it("rows are held against their own group", () => {
    const list = [Float64Array.of(0, 0.5, 0.5, 1)]
    const groups = [
      [0, 1],
      [2, 3]
    ]
    agrees(topsisScore(weighted(list, [1]), groups, 4), [0, 100, 0, 100])
    agrees(greyRelationalScore(weighted(list, [1]), groups, 4), [100 / 3, 100, 100 / 3, 100])
  })
  it("where no row differs TOPSIS has no answer, and every grey grade is full", () => {
    const same = weighted([Float64Array.of(0.4, 0.4)], [1])
    const topsis = resultOrFault(() => topsisScore(same, [[0, 1]], 2))
    assert.instanceOf(topsis, Fault)
    assert.strictEqual((topsis as Fault).code, "no-contrast")
    agrees(greyRelationalScore(same, [[0, 1]], 2), [100, 100])
  })
})
