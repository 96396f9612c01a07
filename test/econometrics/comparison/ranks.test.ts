import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { kendallTau, ranksOf, spearman } from "../../../src/econometrics/comparison/rank-correlation.ts"
import { rankStability } from "../../../src/econometrics/comparison/rank-stability.ts"
import oracle from "../../oracle/comparison.json" with { type: "json" }

const scores = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 2, maxLength: 12 }).filter((values) => new Set(values).size > 1)

describe("rank correlations", () => {
  it("are R's, ties included", () => {
    for (const { kendall, spearman: rho, x, y } of oracle.correlations) {
      expect(kendallTau(Float64Array.from(x), Float64Array.from(y))).toBeCloseTo(kendall, 14)
      expect(spearman(Float64Array.from(x), Float64Array.from(y))).toBeCloseTo(rho, 14)
    }
  })

  it("are undefined where one does not vary; ranks are mean ranks, 1 the highest", () => {
    const flat = Float64Array.of(1, 1, 1)
    expect([kendallTau(flat, Float64Array.of(1, 2, 3)), spearman(Float64Array.of(1, 2, 3), flat)]).toEqual([undefined, undefined])
    expect([...ranksOf(Float64Array.of(5, 9, 5, 1))]).toEqual([2.5, 1, 2.5, 4])
  })

  it("a monotone scale changes nothing, a reversed one the sign", () => {
    fc.assert(
      fc.property(scores, scores, (a, b) => {
        const n = Math.min(a.length, b.length)
        const [x, y] = [Float64Array.from(a.slice(0, n)), Float64Array.from(b.slice(0, n))]
        const tau = kendallTau(x, y)
        fc.pre(tau !== undefined)
        expect(kendallTau(x.map(Math.exp), y)).toBeCloseTo(tau, 12)
        expect(
          kendallTau(
            x.map((v) => -v),
            y
          )
        ).toBeCloseTo(-tau, 12)
        expect(
          spearman(
            x,
            y.map((v) => v ** 3)
          )
        ).toBeCloseTo(spearman(x, y)!, 12)
      })
    )
  })
})

describe("rank stability", () => {
  it("equal indices agree wholly, and intervals have no width", () => {
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 5 }), (values, copies) => {
        const { entities, indices } = rankStability(Array.from({ length: copies + 1 }, () => Float64Array.from(values)))
        for (const one of indices) {
          expect(one.kendall).toBeCloseTo(1, 12)
          expect(one).toMatchObject({ averageShift: 0, largestShift: 0 })
        }
        for (const { best, high, low, reference, unchanged, worst } of entities)
          expect([best, low, high, worst, unchanged]).toEqual([reference, reference, reference, reference, 1])
      })
    )
  })

  it("entities in another order have the same intervals in that order", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer(), fc.integer(), fc.integer()), { minLength: 2, maxLength: 10 }), fc.integer(), (rows, turn) => {
        const by = rows.length
        const turned = rows.map((_, i) => rows[(((i + turn) % by) + by) % by]!)
        const columns = (of: typeof rows) => [0, 1, 2].map((k) => Float64Array.from(of, (row) => row[k]!))
        const [plain, other] = [rankStability(columns(rows)), rankStability(columns(turned))]
        expect(other.entities).toEqual(rows.map((_, i) => plain.entities[(((i + turn) % by) + by) % by]))
        expect(other.indices.map(({ averageShift }) => averageShift)).toEqual(plain.indices.map(({ averageShift }) => averageShift))
      })
    )
  })

  it("the interval of 90 % leaves at most 5 % beyond either end", () => {
    // The first entity is first in all but one of 20 indices, where it is last.
    const indices = Array.from({ length: 20 }, (_, k) => Float64Array.of(k === 19 ? 0 : 9, 3, 2, 1))
    expect(rankStability(indices).entities[0]).toMatchObject({ low: 1, high: 1, worst: 4, unchanged: 0.95 })
    expect(rankStability(indices, { level: 0.95 }).entities[0]).toMatchObject({ low: 1, high: 4 })
    expect(rankStability(indices).indices[19]!.averageShift).toBe((3 + 1 + 1 + 1) / 4)
  })

  it("a score that is no number is a fault", () => {
    expect(() => rankStability([Float64Array.of(1, 2), Float64Array.of(1, Number.NaN)])).toThrow("index 1 has not one finite score")
  })
})
