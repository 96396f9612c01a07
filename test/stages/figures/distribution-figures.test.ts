import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { bootstrapFigure } from "../../../stages/figures/bootstrap-figure.ts"
import { countsIn, histogramEdges } from "../../../stages/figures/histogram-bins.ts"
import { missingnessFigure } from "../../../stages/figures/missingness-figure.ts"
import { Effects, Panel, Replicates } from "../../../stages/table-types.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

describe("bins of a histogram", () => {
  it("hold every value once, between edges of one width that begin below the least and end above the largest", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 200 }), (values) => {
        const edges = histogramEdges(values)
        const counts = countsIn(values, edges)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length)
        expect(edges[0]!).toBeLessThanOrEqual(Math.min(...values))
        expect(edges.at(-1)!).toBeGreaterThanOrEqual(Math.max(...values))
        counts.forEach((count, i) => {
          const last = i === counts.length - 1
          expect(values.filter((value) => value >= edges[i]! && (value < edges[i + 1]! || (last && value <= edges[i + 1]!)))).toHaveLength(count)
        })
      })
    )
  })
})

describe("bootstrap figure", () => {
  const block = (from: number, values: ReadonlyArray<number>) =>
    tableOf(Replicates, {
      replicate: Int32Array.from(values, (_, i) => from + i),
      scheme: values.map(() => "pairs cluster bootstrap"),
      rest: new Map([["indirect coagglo", { values: Float64Array.from(values) }]])
    })
  const one = (x: number) => Float64Array.of(x)
  const effects = tableOf(Effects, {
    term: ["coagglo"],
    effect: ["indirect"],
    estimate: one(0.3),
    std_error: one(0.1),
    statistic: one(Number.NaN),
    p_value: one(Number.NaN),
    conf_low: one(0.1),
    conf_high: one(0.5),
    method: ["pairs cluster bootstrap, percentile, 6 replicates"]
  })
  const replicates = [block(0, [0.1, 0.2, 0.3, Number.NaN]), block(4, [0.4, 0.5, 0.31])]
  const params = { title: "", term: "coagglo", effect: "indirect", xLabel: "effect" }
  it.effect("counts the replicates of all blocks that have the effect, and marks the estimate and its interval", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(bootstrapFigure, { replicates, effects }, params)
      const mark = column(outputs["output"], "mark")
      const heights = numbers(outputs["output"], "y_high").filter((_, i) => mark[i] === "bar")
      expect(heights.reduce((sum, height) => sum + height, 0)).toBe(6)
      expect(numbers(outputs["output"], "x").filter((_, i) => mark[i] === "rule")).toEqual([0.3, 0.1, 0.5])
      expect(column(outputs["output"], "note")[0]).toBe(
        "Estimate 0.300, 6 replicates. Interval [0.100, 0.500]: pairs cluster bootstrap, percentile, 6 replicates."
      )
    })
  )
  it.effect("says which effects there are", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(bootstrapFigure, { replicates, effects }, { ...params, term: "fdi" }))) as StageFailure
      expect(failure.faults[0].message).toBe('there is no indirect effect "fdi"; the effects are "indirect coagglo"')
    })
  )
})

describe("missingness figure", () => {
  const panel = tableOf(Panel, {
    entity: ["a", "a", "b", "b"],
    year: Int32Array.of(2003, 2004, 2003, 2004),
    rest: new Map([
      ["gdp", { values: Float64Array.of(1, Number.NaN, 3, 4) }],
      ["fdi", { values: Float64Array.of(1, 2, 3, 4), filled: Uint8Array.of(1, 0, 1, 0) }]
    ])
  })
  it.effect("tells the share of each year's cells that are missing or were filled", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(missingnessFigure, { panels: [panel] }, { title: "" })
      const drawn = column(outputs["output"], "series").slice(6)
      expect(drawn.filter((series) => series !== "")).toEqual(["over 50%", "none", "none", "up to 50%"])
      expect(column(outputs["output"], "note")[0]).toContain("Of 8 cells 1 are missing and 2 were filled.")
    })
  )
  it.effect("says which variable no panel has", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(missingnessFigure, { panels: [panel] }, { title: "", variables: ["gdq"] }))) as StageFailure
      expect(failure.faults[0].message).toBe('no panel has a variable "gdq"; they have fdi, gdp')
    })
  )
})
