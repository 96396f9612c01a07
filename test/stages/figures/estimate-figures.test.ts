import { describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { expect } from "vitest"
import type { StageFailure } from "../../../src/sediment.ts"
import { coefficientFigure } from "../../../stages/figures/coefficient-figure.ts"
import { conditionalEffectFigure } from "../../../stages/figures/conditional-effect-figure.ts"
import { effectsFigure } from "../../../stages/figures/effects-figure.ts"
import { ordersFigure } from "../../../stages/figures/orders-figure.ts"
import { Effects, Estimates, OrderEffects, Panel, Tests } from "../../../stages/table-types.ts"
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
const effects = (rows: ReadonlyArray<readonly [term: string, effect: string, estimate: number, low: number, high: number]>, method = "delta method") =>
  tableOf(Effects, {
    term: rows.map(([term]) => term),
    effect: rows.map(([, effect]) => effect),
    estimate: Float64Array.from(rows, ([, , estimate]) => estimate),
    std_error: absent(rows.length),
    statistic: absent(rows.length),
    p_value: absent(rows.length),
    conf_low: Float64Array.from(rows, ([, , , low]) => low),
    conf_high: Float64Array.from(rows, ([, , , , high]) => high),
    method: rows.map(() => method)
  })
const values = (at: ReadonlyArray<number>, roots: ReadonlyArray<number> = []) => {
  const all = [...at, ...roots]
  return tableOf(Tests, {
    test: all.map((_, i) => (i < at.length ? "moderator_value" : "johnson_neyman")),
    variant: all.map((_, i) => (i < at.length ? `g${i}` : "significant outside the roots")),
    statistic: Float64Array.from(all),
    df: absent(all.length),
    df2: absent(all.length),
    p_value: absent(all.length),
    critical: absent(all.length),
    note: all.map(() => "")
  })
}

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
      expect(first! - second!).toBeCloseTo(0.36)
      // The only one of its row stands in the middle of it.
      expect(third).toBe(-1)
    })
  )

  it.effect("draws intervals of a lower level inside, as R's qt and qnorm have them, where there is a standard error", () =>
    Effect.gen(function* () {
      const table = tableOf(Estimates, {
        equation: ["ami", "ami", "ami"],
        term: ["a", "b", "c"],
        estimate: Float64Array.of(1, 1, 1),
        std_error: Float64Array.of(0.5, 0.5, Number.NaN),
        statistic: absent(3),
        df: Float64Array.of(29, Number.NaN, 29),
        p_value: absent(3),
        conf_low: absent(3),
        conf_high: absent(3)
      })
      const rows = ["a", "b", "c"].map((term) => ({ model: 0, term }))
      const { outputs } = yield* runStage(coefficientFigure, { coefficients: [table] }, { ...params, rows, innerLevel: 0.9 })
      const high = numbers(outputs["output"], "x_high").filter((x) => !Number.isNaN(x))
      // qt(0.95, 29) = 1.699127, qnorm(0.95) = 1.644854
      expect(high).toHaveLength(2)
      expect(high[0]).toBeCloseTo(1 + 0.5 * 1.699127, 6)
      expect(high[1]).toBeCloseTo(1 + 0.5 * 1.644854, 6)
      expect(column(outputs["output"], "note")[0]).toBe("Thick: intervals of 90%.")
    })
  )

  it.effect("refuses a second level whose intervals are not inside of the models' own", () =>
    Effect.gen(function* () {
      const table = tableOf(Estimates, {
        equation: ["ami"],
        term: ["a"],
        estimate: Float64Array.of(1),
        std_error: Float64Array.of(0.5),
        statistic: absent(1),
        df: absent(1),
        p_value: absent(1),
        // Of 95%: qnorm(0.975) = 1.959964.
        conf_low: Float64Array.of(1 - 0.5 * 1.959964),
        conf_high: Float64Array.of(1 + 0.5 * 1.959964)
      })
      const draw = (innerLevel: number) => runStage(coefficientFigure, { coefficients: [table] }, { ...params, rows: [{ model: 0, term: "a" }], innerLevel })
      const { faults } = (yield* Effect.flip(draw(0.99))) as StageFailure
      expect(faults.map(({ message }) => message)).toEqual([
        'innerLevel: intervals of 99% are not inside of the model\'s own, which are as narrow or narrower for rows[0], "a"; give a lower level'
      ])
      expect(column((yield* draw(0.94)).outputs["output"], "mark")).toContain("interval")
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
  const rows = [
    [0, -1.5],
    [1, -0.5],
    [2, 1],
    [3, 2]
  ].map(([at, low], i) => [`coagglo | mi g${i}`, "direct", at!, low!, at! + 1] as const)
  const table = effects(rows)
  const params = { title: "", xLabel: "mi", yLabel: "effect" }
  const tests = values([0, 1, 2, 3])
  const panelOf = (mi: ReadonlyArray<number>) =>
    tableOf(Panel, {
      entity: mi.map((_, i) => `e${i}`),
      year: Int32Array.from(mi, () => 2003),
      rest: new Map([["mi", { values: Float64Array.from(mi) }]])
    })
  it.effect("draws the band over the moderator, again where it leaves zero, and finds where that is", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(conditionalEffectFigure, { effects: table, tests, panels: [] }, params)
      const mark = column(outputs["output"], "mark")
      const x = numbers(outputs["output"], "x")
      expect(mark).toEqual(["rule", "rule", ...Array(4 + 3).fill("band"), ...Array(4).fill("line")])
      expect(x[1]).toBeCloseTo(1 + 1 / 3)
      // The second band begins at the root, where its lower limit is zero.
      expect(x[6]).toBeCloseTo(1 + 1 / 3)
      expect(numbers(outputs["output"], "y_low")[6]).toBeCloseTo(0)
      expect(numbers(outputs["output"], "y_high")[6]).toBeCloseTo(2 + 1 / 3)
      expect(x.slice(7, 9)).toEqual([2, 3])
      expect(column(outputs["output"], "note")[0]).toContain("The band leaves zero at 1.33, where its colour is stronger.")
    })
  )
  it.effect("has the exact roots where the tests have them, of intervals that are theirs alone", () =>
    Effect.gen(function* () {
      const inputs = { tests: values([0, 1, 2, 3], [-2, 1.25]), panels: [] }
      const exact = yield* runStage(conditionalEffectFigure, { ...inputs, effects: effects(rows, "t test of the joint equation") }, params)
      expect(column(exact.outputs["output"], "note")[0]).toBe(
        "Band: intervals by t test of the joint equation, at 4 values. The band leaves zero at 1.25, where its colour is stronger."
      )
      expect(numbers(exact.outputs["output"], "x")[1]).toBe(1.25)
      const other = yield* runStage(conditionalEffectFigure, { ...inputs, effects: effects(rows, "percentile bootstrap") }, params)
      expect(numbers(other.outputs["output"], "x")[1]).toBeCloseTo(1 + 1 / 3)
    })
  )
  it.effect("draws the moderator's distribution under the band, and says how many values lie outside", () =>
    Effect.gen(function* () {
      const panels = [panelOf([0.5, 1, 1.2, 2.8, 7, Number.NaN])]
      const { outputs } = yield* runStage(conditionalEffectFigure, { effects: table, tests, panels }, { ...params, moderator: "mi" })
      const bar = [...column(outputs["output"], "mark")].map((mark) => mark === "bar")
      const of = (name: string) => numbers(outputs["output"], name).filter((_, i) => bar[i])
      expect(Math.max(...of("y_high"))).toBeLessThan(-1.5)
      expect(Math.min(...of("x_low"))).toBeGreaterThanOrEqual(0)
      expect(Math.max(...of("x_high"))).toBeLessThanOrEqual(3)
      expect(column(outputs["output"], "note")[0]).toContain("Below: 4 values of mi of 5, the rest outside.")
    })
  )
  it.effect("says what it takes where there is nothing to draw, and which moderator is missing", () =>
    Effect.gen(function* () {
      const { faults } = (yield* Effect.flip(
        runStage(conditionalEffectFigure, { effects: table, tests, panels: [panelOf([1])] }, { ...params, effect: "indirect", moderator: "icc" })
      )) as StageFailure
      expect(faults.map(({ message }) => message)).toEqual([
        "the effects and tests have no indirect effect at a value of a moderator; take those of one moderation with values: { grid: 41 }, say",
        'no panel has the moderator "icc": they have mi'
      ])
    })
  )
})

describe("orders figure", () => {
  const rows = [0, 1].flatMap((order) => ["direct", "indirect", "total"].flatMap((effect) => [0, 1].map((cumulated) => ({ order, effect, cumulated }))))
  const table = tableOf(OrderEffects, {
    term: rows.map(() => "coagglo"),
    effect: rows.map(({ effect }) => effect),
    order: Int32Array.from(rows, ({ order }) => order),
    cumulated: Uint8Array.from(rows, ({ cumulated }) => cumulated),
    estimate: Float64Array.from(rows, (_, i) => i),
    std_error: absent(rows.length),
    statistic: absent(rows.length),
    p_value: absent(rows.length),
    conf_low: Float64Array.from(rows, (_, i) => (i === 0 ? Number.NaN : i - 1)),
    conf_high: Float64Array.from(rows, (_, i) => i + 1),
    model: rows.map(() => "sdm")
  })
  it.effect("draws each order alone and all up to it, effects of an order side by side", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ordersFigure, { effects: table }, { title: "", term: "coagglo", yLabel: "" })
      const panel = [...column(outputs["output"], "panel")]
      expect([...new Set(panel)]).toEqual(["each order alone", "all orders up to it"])
      const alone = [...panel.keys()].filter((i) => panel[i] === panel[0]).slice(1)
      const of = (name: string) => alone.map((i) => numbers(outputs["output"], name)[i]!)
      expect(of("y")).toEqual([0, 2, 4, 6, 8, 10])
      expect(of("y_low")).toEqual([Number.NaN, 1, 3, 5, 7, 9])
      for (const [i, x] of of("x").entries()) expect(x).toBeCloseTo([-0.18, 0, 0.18, 0.82, 1, 1.18][i]!)
    })
  )
  it.effect("says which terms there are", () =>
    Effect.gen(function* () {
      const { faults } = (yield* Effect.flip(runStage(ordersFigure, { effects: table }, { title: "", term: "fdi", yLabel: "" }))) as StageFailure
      expect(faults[0].message).toBe('there are no effects of "fdi" by order; the terms are "coagglo"')
    })
  )
})
