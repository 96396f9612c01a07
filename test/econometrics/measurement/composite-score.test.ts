import { assert, describe, it } from "@effect/vitest"
import { shareScore, valueScore } from "../../../src/econometrics/measurement/composite-score.ts"

const weighted = (values: ReadonlyArray<number>, weight: number) => ({
  values: Float64Array.from(values),
  weight: new Float64Array(values.length).fill(weight)
})

describe("composite scores", () => {
  it("the value version is 100 where every indicator is at its best", () => {
    assert.deepStrictEqual(valueScore([weighted([0, 0.5, 1], 0.25), weighted([0, 0, 1], 0.75)], 3), Float64Array.of(0, 12.5, 100))
  })
  it("the share version sums to 1000 within each group", () => {
    const groups = [
      [0, 1],
      [2, 3]
    ]
    const score = shareScore([weighted([1, 3, 1, 1], 0.5), weighted([1, 1, 0, 2], 0.5)], groups, 4)
    assert.deepStrictEqual(score, Float64Array.of(375, 625, 250, 750))
  })
  it("an indicator that is zero in a group adds nothing there", () => {
    assert.deepStrictEqual(shareScore([weighted([0, 0], 1)], [[0, 1]], 2), Float64Array.of(0, 0))
  })
})
