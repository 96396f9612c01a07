import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { append } from "../../stages/append.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const old = panelOf(["a", "b"], [2003, 2004], { gdp: { values: [1, 2, 3, 4], filled: [0, 1, 0, 0], unit: "CNY" }, only: [1, 1, 1, 1] })
const later = panelOf(["a", "b"], [2004, 2005], { gdp: { values: [4, 5, 8, 9], unit: "CNY" } })
const after = panelOf(["a", "b"], [2005], { gdp: { values: [5, 9], unit: "CNY" } })

describe("append", () => {
  it.effect("puts years one after another, with masks and units; what only some have is missing in the others", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(append, { panels: [old, after] })
      assert.deepStrictEqual(numbers(outputs["output"], "year"), [2003, 2004, 2005, 2003, 2004, 2005])
      assert.deepStrictEqual(numbers(outputs["output"], "gdp"), [1, 2, 5, 3, 4, 9])
      assert.deepStrictEqual(numbers(outputs["output"], "gdp__filled"), [0, 1, 0, 0, 0, 0])
      assert.deepStrictEqual(numbers(outputs["output"], "only"), [1, 1, Number.NaN, 1, 1, Number.NaN])
      assert.strictEqual(outputs["output"]!.columns.find(({ name }) => name === "gdp")!.unit, "CNY")
    })
  )
  it.effect("a linked series is at the later panel's level, marked, and says how", () =>
    Effect.gen(function* () {
      const linkedBy = (how: string) => runStage(append, { panels: [old, later] }, { links: [{ variable: "gdp", year: 2004, how, reason: "the census" }] })
      const ratio = (yield* linkedBy("ratio")).outputs["output"]
      assert.deepStrictEqual(numbers(ratio, "gdp"), [2, 4, 5, 6, 8, 9])
      assert.deepStrictEqual(numbers(ratio, "gdp__filled"), [1, 0, 0, 1, 0, 0])
      assert.strictEqual((column(ratio, "gdp__source") as ReadonlyArray<string>)[0], "brought to the level of the next panel in 2004 (ratio): the census")
      assert.deepStrictEqual(numbers((yield* linkedBy("difference")).outputs["output"], "gdp"), [3, 4, 5, 7, 8, 9])
    })
  )
  it.effect("a cell that two panels have is a fault, may be the same, or is the later panel's", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(append, { panels: [old, later] })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [
          ["repeated-cell", "a", 2004],
          ["repeated-cell", "b", 2004]
        ]
      )
      assert.lengthOf(yield* faultsOf(append, { panels: [old, later] }, { repeated: "same" }), 2)
      const { outputs } = yield* runStage(append, { panels: [old, later] }, { repeated: "last" })
      assert.deepStrictEqual(numbers(outputs["output"], "gdp"), [1, 4, 5, 3, 8, 9])
    })
  )
  it.effect("other units, a link to nothing and a variable that no panel has are faults", () =>
    Effect.gen(function* () {
      const dollars = panelOf(["a", "b"], [2004], { gdp: { values: [0, 1], unit: "USD" } })
      const links = [
        { variable: "gdp", year: 2004, reason: "x" },
        { variable: "gpd", year: 2004, reason: "x" }
      ]
      const zero = panelOf(["a", "b"], [2003, 2004], { gdp: { values: [1, 0, 1, 2], unit: "CNY" } })
      const faults = yield* faultsOf(append, { panels: [zero, dollars] }, { links })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["missing-variable", "unit-mismatch", "no-link"]
      )
      assert.include(faults[2]!.message, "nothing links the two panels for a;")
    })
  )
  it("a panel cut into years and put together again is that panel", async () => {
    const values = fc.array(fc.integer({ min: 1, max: 99 }), { minLength: 8, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 3 }), async (x, cut) => {
        const years = [2001, 2002, 2003, 2004]
        const whole = panelOf(["a", "b"], years, { x })
        const part = (from: number, to: number) => panelOf(["a", "b"], years.slice(from, to), { x: [...x.slice(from, to), ...x.slice(4 + from, 4 + to)] })
        const { outputs } = await Effect.runPromise(runStage(append, { panels: [part(0, cut), part(cut, 4)] }))
        assert.deepStrictEqual(outputs["output"], whole)
      }),
      { numRuns: 25 }
    )
  })
})
