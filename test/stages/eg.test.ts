import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { eg } from "../../stages/eg.ts"
import { assertAgrees, oracle } from "./panel-oracle.ts"
import { faultsOf, subunitsOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const params = { manufacturing: "m", services: ["s"] }

describe("eg", () => {
  it.effect("agrees with R, year by year over an entity's units", () =>
    Effect.gen(function* () {
      const { panel } = oracle
      const subunits = subunitsOf(
        panel.entity.map((unit, i) => ["whole", unit, panel["year"]![i]!] as const),
        { m: panel["manufacturing"]!, transport: panel["transport"]!, finance: panel["finance"]! }
      )
      const { outputs } = yield* runStage(eg, { subunits }, { manufacturing: "m", services: ["transport", "finance"] })
      assertAgrees(outputs["output"], "eg", oracle.eg)
      assert.deepStrictEqual(numbers(outputs["output"], "year"), [2003, 2004, 2005, 2006, 2007, 2008])
    })
  )
  it.effect("each entity's year has its own units, and filled cells mark it", () =>
    Effect.gen(function* () {
      const rows = [
        ["a", "p", 2003],
        ["a", "q", 2003],
        ["b", "r", 2003],
        ["b", "s", 2003],
        ["b", "t", 2003]
      ] as const
      const { outputs } = yield* runStage(
        eg,
        { subunits: subunitsOf(rows, { m: [1, 1, 3, 0, 0], s: { values: [1, 1, 2, 0, 0], filled: [0, 0, 1, 0, 0] } }) },
        params
      )
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["a", "b"])
      assert.closeTo(numbers(outputs["output"], "eg")[0]!, 0, 1e-15)
      assert.closeTo(numbers(outputs["output"], "eg")[1]!, 2 / 3, 1e-15)
      assert.deepStrictEqual(numbers(outputs["output"], "eg__filled"), [0, 1])
    })
  )
  it.effect("one unit, or an absent industry, is a fault that names entity and year", () =>
    Effect.gen(function* () {
      const rows = [
        ["a", "p", 2003],
        ["b", "r", 2003],
        ["b", "s", 2003]
      ] as const
      const faults = yield* faultsOf(eg, { subunits: subunitsOf(rows, { m: [1, 0, 0], s: [1, 1, 1] }) }, params)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [
          ["single-unit", "a", 2003],
          ["absent-industry", "b", 2003]
        ]
      )
      assert.include(faults[1]!.message, "no employment in manufacturing in 2003")
    })
  )
  it.effect("an entity without an index in many years is one fault", () =>
    Effect.gen(function* () {
      const rows = [2003, 2004, 2005].map((year) => ["a", "p", year] as const)
      const faults = yield* faultsOf(eg, { subunits: subunitsOf(rows, { m: [1, 1, 1], s: [1, 1, 1] }) }, params)
      assert.lengthOf(faults, 1)
      assert.include(faults[0]!.message, "a has one unit in 2003-2005")
    })
  )
  it.effect("missing employment of a unit is a fault", () =>
    Effect.gen(function* () {
      const rows = [
        ["a", "p", 2003],
        ["a", "q", 2003]
      ] as const
      const faults = yield* faultsOf(eg, { subunits: subunitsOf(rows, { m: [1, Number.NaN], s: [1, 1] }) }, params)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.column]),
        [["missing-value", "a, q", "m"]]
      )
    })
  )
})
