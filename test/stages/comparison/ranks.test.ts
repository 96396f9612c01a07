import { describe, expect, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { blockOf, Comparison } from "../../../stages/comparison/comparison-file.ts"
import { indexUncertainty } from "../../../stages/comparison/index-uncertainty.ts"
import { rankStability } from "../../../stages/comparison/rank-stability.ts"
import { entropyWeights } from "../../../stages/entropy-weights.ts"
import { equalWeights } from "../../../stages/weightings/equal-weights.ts"
import { faultsOf, normalizedOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"

const entities = ["a", "b", "c", "d"]
const index = (of2003: ReadonlyArray<number>, of2004: ReadonlyArray<number>) =>
  panelOf(entities, [2003, 2004], { ami: of2003.flatMap((value, i) => [value, of2004[i]!]) })
const indices = [index([1, 2, 3, 4], [9, 7, 5, 3]), index([1, 2, 3, 4], [7, 9, 5, 3]), index([1, 2, 3, 4], [9, 7, 3, 5])]
const named = ["plain", "first", "last"].map((name, k) => ({
  name,
  variable: "ami",
  choices: [
    ["way", name],
    ["parity", k % 2 === 0 ? "even" : "odd"]
  ]
}))

describe("stage rank-stability", () => {
  it.effect("ranks of the last year, or of the one that is asked for, over all indices; shifts against the first", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(rankStability, { indices }, { indices: named })
      expect(column(outputs["entities"], "entity")).toEqual(entities)
      expect(numbers(outputs["entities"], "reference")).toEqual([1, 2, 3, 4])
      expect(numbers(outputs["entities"], "worst")).toEqual([2, 2, 4, 4])
      expect(numbers(outputs["agreement"], "average_shift")).toEqual([0, 0.5, 0.5])
      expect(numbers(outputs["agreement"], "kendall")[1]).toBeCloseTo(2 / 3, 12)
      expect(column(outputs["agreement"], "way")).toEqual(["plain", "first", "last"])
      expect(numbers(outputs["ranks"], "rank")).toEqual([1, 2, 3, 4, 2, 1, 3, 4, 1, 2, 4, 3])
      expect(column(outputs["choices"], "choice")).toEqual(["way", "parity", "(rest)"])
      const earlier = yield* runStage(rankStability, { indices }, { indices: named, year: 2003 })
      expect(numbers(earlier.outputs["entities"], "unchanged")).toEqual([1, 1, 1, 1])
    })
  )

  it.effect("indices that are the same count several times, which is told", () =>
    Effect.gen(function* () {
      expect((yield* runStage(rankStability, { indices }, { indices: named })).warnings).toEqual([])
      const { warnings } = yield* runStage(rankStability, { indices: [indices[0]!, indices[1]!, indices[0]!] }, { indices: named })
      expect(warnings.map(({ code }) => code)).toEqual(["same-index"])
      expect(warnings[0]!.message).toContain('"plain", "last" give every entity the same score in 2004')
    })
  )

  it.effect("indices of other entities, and scores that are missing, are told together", () =>
    Effect.gen(function* () {
      const fewer = panelOf(["a", "b"], [2004], { ami: [1, 2] })
      const holed = index([1, 2, 3, 4], [1, Number.NaN, 3, 4])
      const faults = yield* faultsOf(rankStability, { indices: [indices[0]!, fewer, holed] }, { indices: named })
      expect(faults.map(({ code }) => code)).toEqual(["other-entities", "missing-value"])
      expect(faults[1]!.message).toBe("last: b has no score in 2004: choose another year, or fill what the index is made of")
      expect((yield* faultsOf(rankStability, { indices: indices.slice(1) }, { indices: named }))[0]!.code).toBe("wiring")
    })
  )
})

describe("stage index-uncertainty", () => {
  const normalized = normalizedOf(entities, [2003, 2004], {
    x: [0, 0.5, 0.2, 0.9, 0.4, 0.3, 1, 0.8],
    y: [0.1, 0.2, 1, 0.4, 0, 0.6, 0.7, 0.9],
    z: [1, 0.9, 0.1, 0.2, 0.8, 0, 0.3, 0.5]
  })
  const indicators = ["x", "y", "z"].map((name) => ({ name, label: name, dimension: "d", attribute: "positive" }))
  const weights = Effect.gen(function* () {
    const entropy = yield* runStage(entropyWeights, { normalized }, { indicators })
    const equal = yield* runStage(equalWeights, { normalized }, { indicators })
    return [entropy.outputs["output"]!, equal.outputs["output"]!]
  })

  it.effect("ranks of a year over the making of the index, and what they are sensitive to", () =>
    Effect.gen(function* () {
      const own = yield* weights
      const { outputs } = yield* runStage(indexUncertainty, { normalized, weights: own }, { weightings: ["entropy", "equal"], samples: 200 })
      expect(column(outputs["entities"], "entity")).toEqual(entities)
      expect([...numbers(outputs["entities"], "reference")].sort()).toEqual([1, 2, 3, 4])
      expect(column(outputs["sensitivity"], "order")).toEqual(Array.from({ length: 5 }, () => ["first", "total"]).flat())
      const fixed = { normalisations: ["min-max"], aggregations: ["linear"], weights: "fixed", leaveOneOut: false, weightings: ["equal"], samples: 50 }
      const none = yield* runStage(indexUncertainty, { normalized, weights: own.slice(1) }, fixed)
      expect(numbers(none.outputs["entities"], "unchanged")).toEqual([1, 1, 1, 1])
      expect(none.outputs["sensitivity"]!.rows).toBe(0)
      expect((yield* faultsOf(indexUncertainty, { normalized, weights: own }, { weightings: ["entropy", "equal"], year: 1999 }))[0]!.code).toBe("no-such-year")
    })
  )
})

describe("a comparison file", () => {
  const decode = (value: unknown) => Schema.decodeUnknownEffect(Comparison, { errors: "all", onExcessProperty: "error" })(value)
  const base = { treatment: "coagglo", controls: ["fdi"], indicators: { paper: "indicators/paper.yaml" } }

  it.effect("needs a treatment and an indicator set; the rest has defaults", () =>
    Effect.gen(function* () {
      const { aggregations, replicates, samples, specifications, units, weightings, ...others } = yield* decode(base)
      const block = blockOf({ ...others, aggregations, replicates, samples, specifications, units, weightings })
      expect({ aggregations, block, replicates, samples, units, weightings }).toEqual({
        aggregations: { own: "own" },
        block: 250,
        replicates: 500,
        samples: { all: {} },
        units: "sd",
        weightings: { own: "own" }
      })
      expect(specifications["baseline"]).toMatchObject({ estimator: "least-squares", effects: ["entity", "year"], with: [], without: [] })
    })
  )

  it.effect("what contradicts itself is told at its place", () =>
    Effect.gen(function* () {
      const failure = yield* Effect.flip(
        decode({
          ...base,
          replicates: 300,
          block: 250,
          specifications: { "no-gov": { without: ["gov"] }, twice: { with: ["fdi"] } }
        })
      )
      expect(failure.message).toMatch(/"gov" is not among the controls \(fdi\)/)
      expect(failure.message).toMatch(/"fdi" is a control already/)
      expect(failure.message).toMatch(/300 is no multiple of the block of 250/)
      const other = yield* Effect.flip(
        decode({
          ...base,
          specifications: { iv: { instrument: "L.x" }, odd: { estimator: "fe-2sls", effects: ["year"] }, re: { estimator: "random-effects", effects: [] } }
        })
      )
      expect(other.message).toMatch(/an instrument is of estimator "fe-2sls"/)
      expect(other.message).toMatch(/fe-2sls has entity and year effects/)
      expect(other.message).toMatch(/have entity among the effects/)
      expect((yield* Effect.flip(decode({ ...base, indicators: { "a b": "x.yaml" } }))).message).toMatch(/option's name/)
    })
  )
})
