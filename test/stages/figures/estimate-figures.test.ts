import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { coefficientFigure } from "../../../stages/figures/coefficient-figure.ts"
import { conditionalEffectFigure } from "../../../stages/figures/conditional-effect-figure.ts"
import { effectsFigure } from "../../../stages/figures/effects-figure.ts"
import { Effects, Estimates, Tests } from "../../../stages/table-types.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const absent = (count: number) => new Float64Array(count).fill(Number.NaN)
const estimates = (rows: ReadonlyArray<readonly [equation: string, term: string, estimate: number, low: number, high: number]>) =>
  tableOf(Estimates, {
    equation: rows.map(([equation]) => equation),
    term: rows.map(([, term]) => term),
    estimate: Float64Array.from(rows, ([, , estimate]) => estimate),
    std_error: absent(rows.length),
    statistic: absent(rows.length),
    df: absent(rows.length),
    p_value: absent(rows.length),
    conf_low: Float64Array.from(rows, ([, , , low]) => low),
    conf_high: Float64Array.from(rows, ([, , , , high]) => high)
  })
const effects = (rows: ReadonlyArray<readonly [term: string, effect: string, estimate: number, low: number, high: number]>) =>
  tableOf(Effects, {
    term: rows.map(([term]) => term),
    effect: rows.map(([, effect]) => effect),
    estimate: Float64Array.from(rows, ([, , estimate]) => estimate),
    std_error: absent(rows.length),
    statistic: absent(rows.length),
    p_value: absent(rows.length),
    conf_low: Float64Array.from(rows, ([, , , low]) => low),
    conf_high: Float64Array.from(rows, ([, , , , high]) => high),
    method: rows.map(() => "delta method")
  })
const values = (at: ReadonlyArray<number>) =>
  tableOf(Tests, {
    test: at.map(() => "moderator_value"),
    variant: at.map((_, i) => `g${i}`),
    statistic: Float64Array.from(at),
    df: absent(at.length),
    df2: absent(at.length),
    p_value: absent(at.length),
    critical: absent(at.length),
    note: at.map(() => "")
  })

describe("coefficient figure", () => {
  const coefficients = [
    estimates([
      ["ami", "coagglo", 0.7, 0.5, 0.9],
      ["ami", "fdi", 0.1, Number.NaN, Number.NaN]
    ]),
    estimates([
      ["coagglo", "L.coagglo", 0.6, 0.4, 0.8],
      ["ami", "L.coagglo", 1.3, 0.3, 2.3]
    ])
  ]
  const params = { title: "Figure", xLabel: "points" }

  it.effect("draws each estimate with its interval in the row of its label, series apart, and a point alone where there is no interval", () =>
    Effect.gen(function* () {
      const rows = [
        { model: 0, term: "coagglo", label: "effect", series: "within" },
        { model: 1, term: "L.coagglo", equation: "ami", label: "effect", series: "instrumented" },
        { model: 0, term: "fdi" }
      ]
      const { outputs } = yield* runStage(coefficientFigure, { coefficients }, { ...params, rows })
      expect(column(outputs["output"], "mark")).toEqual(["rule", "tick", "tick", "interval", "interval", "interval"])
      expect(numbers(outputs["output"], "x").slice(3)).toEqual([0.7, 1.3, 0.1])
      expect(numbers(outputs["output"], "x_low").slice(3)).toEqual([0.5, 0.3, Number.NaN])
      const [first, second, third] = numbers(outputs["output"], "y").slice(3)
      expect(first! - second!).toBeCloseTo(0.18)
      expect(Math.round(third!)).toBe(-1)
    })
  )

  it.effect("tells all that is wrong with its rows together", () =>
    Effect.gen(function* () {
      const rows = [
        { model: 4, term: "coagglo" },
        { model: 0, term: "gov" },
        { model: 1, term: "L.coagglo" }
      ]
      const { faults } = (yield* Effect.flip(runStage(coefficientFigure, { coefficients }, { ...params, rows }))) as StageFailure
      expect(faults.map(({ message }) => message)).toEqual([
        "rows[0] shows model 4, counted from 0, but 2 tables of coefficients are wired",
        'rows[1] asks for "gov", and its table has "coagglo", "fdi"',
        'rows[2] asks for "L.coagglo", which several equations have (set "equation"), and its table has "coagglo", "ami"'
      ])
    })
  )
})

describe("effects figure", () => {
  const table = effects([
    ["coagglo", "direct", 0.8, 0.5, 1.1],
    ["coagglo", "indirect", 2.4, 0.5, 5]
  ])
  it.effect("draws effects and says how their intervals were made", () =>
    Effect.gen(function* () {
      const rows = (["direct", "indirect"] as const).map((effect) => ({ term: "coagglo", effect }))
      const { outputs } = yield* runStage(effectsFigure, { effects: [table] }, { title: "", xLabel: "", rows })
      expect(numbers(outputs["output"], "x").slice(-2)).toEqual([0.8, 2.4])
      expect(column(outputs["output"], "note")[0]).toBe("Intervals: delta method.")
    })
  )
  it.effect("says which effects there are", () =>
    Effect.gen(function* () {
      const rows = [{ term: "coagglo", effect: "total" }] as const
      const { faults } = (yield* Effect.flip(runStage(effectsFigure, { effects: [table] }, { title: "", xLabel: "", rows }))) as StageFailure
      expect(faults[0].message).toContain('asks for the total effect "coagglo", and its table has "direct coagglo", "indirect coagglo"')
    })
  )
})

describe("conditional effect figure", () => {
  // The lower limit crosses zero a third of the way from 1 to 2.
  const table = effects(
    [
      [0, -1.5],
      [1, -0.5],
      [2, 1],
      [3, 2]
    ].map(([at, low], i) => [`coagglo | mi g${i}`, "direct", at!, low!, at! + 1] as const)
  )
  const params = { title: "", xLabel: "mi", yLabel: "effect" }
  it.effect("draws the band over the moderator and finds where it leaves zero", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(conditionalEffectFigure, { effects: table, tests: values([0, 1, 2, 3]) }, params)
      const mark = column(outputs["output"], "mark")
      const x = numbers(outputs["output"], "x")
      expect(mark).toEqual(["rule", "rule", ...Array(4).fill("band"), ...Array(4).fill("line")])
      expect(x[1]).toBeCloseTo(1 + 1 / 3)
      expect(column(outputs["output"], "note")[0]).toContain("The band leaves zero at 1.33.")
    })
  )
  it.effect("says what it takes where there is nothing to draw", () =>
    Effect.gen(function* () {
      const { faults } = (yield* Effect.flip(
        runStage(conditionalEffectFigure, { effects: table, tests: values([0, 1, 2, 3]) }, { ...params, effect: "indirect" })
      )) as StageFailure
      expect(faults[0].message).toContain("no indirect effect at a value of a moderator; take those of one moderation with values: { grid: 41 }")
    })
  )
})
