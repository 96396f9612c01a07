import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { assemble } from "../../stages/assemble.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

describe("assemble", () => {
  it.effect("an outer join on entity and year keeps units and masks, and tells which panel lacks pairs", () =>
    Effect.gen(function* () {
      const first = panelOf(["b"], [2003, 2004], { x: { values: [1, 2], unit: "kg", filled: [0, 1] } })
      const second = panelOf(["a", "b"], [2004], { y: [3, 4] })
      const { outputs, warnings } = yield* runStage(assemble, { panels: [first, second] })
      const out = outputs["output"]!
      assert.deepStrictEqual(column(out, "entity"), ["a", "b", "b"])
      assert.deepStrictEqual(numbers(out, "year"), [2004, 2003, 2004])
      assert.deepStrictEqual(numbers(out, "x"), [Number.NaN, 1, 2])
      assert.deepStrictEqual(numbers(out, "x__filled"), [0, 0, 1])
      assert.deepStrictEqual(numbers(out, "y"), [3, Number.NaN, 4])
      assert.strictEqual(out.columns.find(({ name }) => name === "x")!.unit, "kg")
      assert.deepStrictEqual(
        warnings.map(({ message }) => message.slice(0, 62)),
        ["panel 1 of the list (x) has 2 of the 3 (entity, year) pairs: i", "panel 2 of the list (y) has 2 of the 3 (entity, year) pairs: i"]
      )
    })
  )
  it.effect("a variable in two panels is a fault that names both", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(assemble, { panels: [panelOf(["a"], [2003], { x: [1] }), panelOf(["a"], [2003], { z: [1], x: [1] })] })
      assert.deepStrictEqual(
        faults.map(({ code, message }) => [code, message.slice(0, 38)]),
        [["duplicate-variable", '"x" is in panels 1 and 2 of the list: ']]
      )
    })
  )
})
