import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import fc from "fast-check"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { normalQuantile } from "../../../src/stats/normal.ts"
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
  const effectsBy = (interval: string, low: number, high: number, estimate = 0.3) =>
    tableOf(Effects, {
      term: ["coagglo"],
      effect: ["indirect"],
      estimate: Float64Array.of(estimate),
      std_error: Float64Array.of(0.1),
      statistic: Float64Array.of(Number.NaN),
      p_value: Float64Array.of(Number.NaN),
      conf_low: Float64Array.of(low),
      conf_high: Float64Array.of(high),
      method: [`pairs cluster bootstrap, ${interval}, 6 replicates`]
    })
  const percentile = effectsBy("percentile", 0.1, 0.5)
  const replicates = [block(0, [0.1, 0.2, 0.3, Number.NaN]), block(4, [0.4, 0.5, 0.31])]
  const params = { title: "", term: "coagglo", effect: "indirect", xLabel: "effect" }
  it.effect("counts the replicates of all blocks that have the effect, marks the estimate, and sets intervals above", () =>
    Effect.gen(function* () {
      const effects = [percentile, effectsBy("bias-corrected", 0.15, 0.52), effectsBy("BCa", Number.NaN, Number.NaN)]
      const { outputs } = yield* runStage(bootstrapFigure, { replicates, effects }, params)
      const mark = column(outputs["output"], "mark")
      const of = (name: string, kind: string) => numbers(outputs["output"], name).filter((_, i) => mark[i] === kind)
      const heights = of("y_high", "bar")
      expect(heights.reduce((sum, height) => sum + height, 0)).toBe(6)
      expect(of("x", "rule")).toEqual([0.3])
      expect([of("x_low", "interval"), of("x_high", "interval")]).toEqual([
        [0.1, 0.15],
        [0.5, 0.52]
      ])
      expect(Math.min(...of("y", "interval"))).toBeGreaterThan(Math.max(...heights))
      expect(column(outputs["output"], "series").filter((_, i) => mark[i] === "interval")).toEqual(["percentile interval", "bias-corrected interval"])
      expect(column(outputs["output"], "note")[0]).toBe(
        "Estimate 0.300, 6 replicates. Interval [0.100, 0.500]: pairs cluster bootstrap, percentile, 6 replicates. Interval [0.150, 0.520]: pairs cluster bootstrap, bias-corrected, 6 replicates."
      )
    })
  )
  it.effect("draws the normal distribution of the replicates' mean and sd in the histogram's counts", () =>
    Effect.gen(function* () {
      const values = Array.from({ length: 200 }, (_, i) => 0.3 + 0.1 * normalQuantile((i + 0.5) / 200))
      const { outputs } = yield* runStage(bootstrapFigure, { replicates: [block(0, values)], effects: [percentile] }, params)
      const mark = column(outputs["output"], "mark")
      const of = (name: string, kind: string) => numbers(outputs["output"], name).filter((_, i) => mark[i] === kind)
      const [x, y] = [of("x", "line"), of("y", "line")]
      expect(x[y.indexOf(Math.max(...y))]).toBeCloseTo(0.3, 1)
      // Under curve and bars lies the same area, but for the curve's tails.
      const area = y.reduce((sum, height) => sum + height * (x[1]! - x[0]!), 0)
      expect(area / (200 * (of("x_high", "bar")[0]! - of("x_low", "bar")[0]!))).toBeCloseTo(1, 1)
    })
  )
  it.effect("draws no curve where replicates do not vary", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(bootstrapFigure, { replicates: [block(0, [0.3, 0.3, 0.3])], effects: [percentile] }, params)
      expect(column(outputs["output"], "mark")).not.toContain("line")
    })
  )
  it.effect("says which effects there are, and that those of two models make no figure", () =>
    Effect.gen(function* () {
      const messages = (effects: ReadonlyArray<typeof percentile>, term: string) =>
        Effect.map(Effect.flip(runStage(bootstrapFigure, { replicates, effects }, { ...params, term })), (failure) =>
          (failure as StageFailure).faults.map(({ message }) => message)
        )
      expect(yield* messages([percentile], "fdi")).toEqual([
        'the replicates lack "indirect fdi": they and the effects must come from the same model',
        'there is no indirect effect "fdi" in effects 0, counted from 0; the effects are "indirect coagglo"'
      ])
      expect(yield* messages([percentile, effectsBy("BCa", 0, 1, 0.4)], "coagglo")).toEqual([
        "the effects have different estimates (0.30000, 0.40000): a figure is of one model"
      ])
      expect(yield* messages([], "coagglo")).toEqual(["no effects are wired: give those of the model, or of bootstrap"])
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
  it.effect("tells the same by entity: the share of its variables in each year", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(missingnessFigure, { panels: [panel] }, { title: "", rows: "entities" })
      const drawn = column(outputs["output"], "series").slice(6)
      // a: fdi of 2003 was filled, gdp of 2004 is missing; b: fdi of 2003 was filled.
      expect(drawn.filter((series) => series !== "")).toEqual(["up to 50%", "up to 50%", "up to 50%", "none"])
      expect(column(outputs["output"], "label").filter((label) => label !== "")).toEqual(["a", "b", "2003", "2004"])
    })
  )
  it.effect("says which variable no panel has", () =>
    Effect.gen(function* () {
      const failure = (yield* Effect.flip(runStage(missingnessFigure, { panels: [panel] }, { title: "", variables: ["gdq"] }))) as StageFailure
      expect(failure.faults[0].message).toBe('no panel has a variable "gdq"; they have fdi, gdp')
    })
  )
})
