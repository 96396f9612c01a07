import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { stream } from "../../../src/stats/random.ts"
import { imputationCheck } from "../../../stages/imputation/imputation-check.ts"
import { impute } from "../../../stages/imputation/impute.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"

const na = Number.NaN
const entities = ["Anhui", "Beijing", "Chongqing", "Fujian", "Gansu"]
const years = Array.from({ length: 10 }, (_, t) => 2003 + t)

/** Two variables that move together, and a complete one; x lacks three cells and p, which is positive, two. */
const panel = (): StoredTable => {
  const random = stream(1, 0)
  const z = entities.flatMap((_, i) => years.map((_, t) => 10 * i + t + random.normal()))
  const x = z.map((value, row) => (row === 3 || row === 17 || row === 40 ? na : 2 * value + random.normal()))
  const p = z.map((value, row) => (row === 4 || row === 25 ? na : Math.exp(value / 20)))
  return panelOf(entities, years, { x: { values: x, unit: "persons", filled: x.map((_, row) => (row === 0 ? 1 : 0)) }, p, z })
}
const valuesOf = (table: StoredTable | undefined, name: string) => numbers(table, name)

describe("impute", () => {
  it.effect("completes a panel, marks the cells, keeps earlier masks, and lists how each was drawn", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(impute, { panel: panel() }, { imputation: 2, rules: [{ variables: ["p"], log: true }] })
      const x = valuesOf(outputs["output"], "x")
      assert.isTrue(x.every(Number.isFinite))
      assert.deepStrictEqual(
        valuesOf(outputs["output"], "x__filled").flatMap((mark, row) => (mark === 1 ? [row] : [])),
        [0, 3, 17, 40]
      )
      assert.isTrue(valuesOf(outputs["output"], "p").every((value) => value > 0))
      assert.deepStrictEqual(
        warnings.map(({ message }) => message),
        ["5 cells were imputed by chained equations: p 2, x 3"]
      )
      const fills = outputs["fills"]
      assert.deepStrictEqual(column(fills, "variable"), ["p", "p", "x", "x", "x"])
      assert.deepStrictEqual(column(fills, "entity"), ["Anhui", "Chongqing", "Anhui", "Beijing", "Gansu"])
      assert.deepStrictEqual(numbers(fills, "year"), [2007, 2008, 2006, 2010, 2003])
      assert.deepStrictEqual(
        numbers(fills, "value").slice(2),
        [3, 17, 40].map((row) => x[row]!)
      )
      assert.deepStrictEqual(column(fills, "note").slice(1, 3), ["imputation 2, in logarithms", "imputation 2"])
      assert.strictEqual(outputs["chain"]!.rows, 2 * 20)
    })
  )
  it.effect("each imputation is its own, and the same whichever others are made", () =>
    Effect.gen(function* () {
      const drawn = (imputation: number, seed = 1) =>
        Effect.map(runStage(impute, { panel: panel() }, { imputation, iterations: 3 }, seed), ({ outputs }) => numbers(outputs["fills"], "value"))
      assert.deepStrictEqual(yield* drawn(1), yield* drawn(1))
      assert.notDeepEqual(yield* drawn(1), yield* drawn(0))
      assert.notDeepEqual(yield* drawn(1), yield* drawn(1, 2))
    })
  )
  it.effect("pmm names the row that a value comes from", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(impute, { panel: panel() }, { imputation: 0, method: "pmm", variables: ["x"], predictors: ["z"] })
      const x = valuesOf(outputs["output"], "x")
      assert.deepStrictEqual(column(outputs["fills"], "method")[0], "multiple imputation, predictive mean matching")
      for (const [i, note] of (column(outputs["fills"], "note") as ReadonlyArray<string>).entries()) {
        const [, entity, year] = /^imputation 0, value of (\w+) (\d+)$/.exec(note)!
        assert.strictEqual(numbers(outputs["fills"], "value")[i], x[entities.indexOf(entity!) * years.length + Number(year) - 2003])
      }
      assert.isTrue(valuesOf(outputs["output"], "p").some(Number.isNaN))
    })
  )
  it.effect("an entity without any value is told", () =>
    Effect.gen(function* () {
      const random = stream(2, 0)
      const bare = panelOf(entities, years, { x: entities.flatMap((_, i) => years.map(() => (i === 1 ? na : 5 * i + random.normal()))) })
      const { warnings } = yield* runStage(impute, { panel: bare }, { imputation: 0, iterations: 2 })
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where]),
        [
          ["entity-without-values", { column: "x", entity: "Beijing" }],
          ["imputed", undefined]
        ]
      )
    })
  )
  it.effect("faults: logarithms of what is not positive, a predictor with gaps, two rules, names, nothing to learn from", () =>
    Effect.gen(function* () {
      const table = panelOf(["a", "b"], [1, 2, 3], { x: [1, na, 0, 4, 5, 6], y: [na, 1, 2, 3, 4, 5], c: [na, 1, 1, 1, 1, 1] })
      const told = (params: unknown) => Effect.map(faultsOf(impute, { panel: table }, params), (faults) => faults.map(({ message }) => message))
      assert.deepStrictEqual(yield* told({ imputation: 0, rules: [{ variables: ["x"], log: true }] }), [
        "x: a has 0 in 3, and it is imputed in logarithms: all its values must be above 0; correct it, or leave out log: true"
      ])
      assert.deepStrictEqual(yield* told({ imputation: 0, variables: ["x"], predictors: ["y"] }), [
        '"y" predicts others, lacks values itself, and is not imputed: add it to variables, or take it out of predictors'
      ])
      assert.deepStrictEqual(yield* told({ imputation: 0, rules: [{ variables: ["x"] }, { variables: ["x"], method: "pmm" }] }), [
        'two rules are about "x": name it in one of them'
      ])
      assert.include((yield* told({ imputation: 0, predictors: ["q"] }))[0], 'predictors: the panel has no variable "q"')
      assert.deepStrictEqual(yield* told({ imputation: 0 }), [
        "c has the same value, 1, in all rows that have one: nothing can be learned of the missing ones; leave such variables out"
      ])
    })
  )
})

describe("imputation-check", () => {
  const chainsOf = (iterations: number) =>
    Effect.forEach([0, 1, 2, 3], (imputation) =>
      Effect.map(runStage(impute, { panel: panel() }, { imputation, iterations }), ({ outputs }) => outputs["chain"]!)
    )
  it.effect("tells how far the chains of several imputations have settled, and what was imputed beside what is there", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(imputationCheck, { chains: yield* chainsOf(60) }, { limit: 1.5 })
      const table = outputs["output"]
      assert.deepStrictEqual(column(table, "variable"), ["p", "x"])
      assert.deepStrictEqual(numbers(table, "imputations"), [4, 4])
      assert.deepStrictEqual(numbers(table, "iterations"), [60, 60])
      for (const rHat of numbers(table, "r_hat_mean")) assert.isBelow(rHat, 1.5)
      assert.deepStrictEqual(warnings, [])
    })
  )
  it.effect("too few sweeps are told", () =>
    Effect.gen(function* () {
      const { warnings } = yield* runStage(imputationCheck, { chains: yield* chainsOf(4) }, { limit: 1.001 })
      assert.strictEqual(warnings[0]!.code, "not-settled")
    })
  )
})
