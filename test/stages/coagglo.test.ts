import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { coagglo } from "../../stages/coagglo.ts"
import { Panel } from "../../stages/table-types.ts"
import { assertAgrees, oracle, oraclePanel } from "./panel-oracle.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { numbers, runStage, tableOf } from "./run-stage.ts"

const params = { manufacturing: "manufacturing", services: ["transport", "finance"], total: "total" }
const small = { manufacturing: "m", services: ["s"], total: "t" }

describe("coagglo", () => {
  it.effect("location quotients and co-agglomeration agree with R", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(coagglo, { panel: oraclePanel }, params)
      for (const [name, expected] of Object.entries(oracle.coagglo)) assertAgrees(outputs["output"], name, expected)
      assert.deepStrictEqual(warnings, [])
    })
  )
  it.effect("only the columns of employment are read, and a filled one marks the result", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003], { m: { values: [1, 2], filled: [1, 0] }, s: [1, 1], t: [4, 4], gdp: [1, 1] })
      const { outputs, reads } = yield* runStage(coagglo, { panel }, small)
      assert.deepStrictEqual(numbers(outputs["output"], "coagglo__filled"), [1, 0])
      assert.isFalse(reads.some((read) => read.includes("gdp") || read === "panel names"))
    })
  )
  it.effect("a zero denominator of a location quotient is a fault that names entity and year", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004], { m: [1, 0, 1, 0], s: [1, 1, 1, 1], t: [4, 4, 0, 4] })
      const faults = yield* faultsOf(coagglo, { panel }, small)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [
          ["zero-denominator", "b", 2003],
          ["zero-denominator", undefined, 2004]
        ]
      )
      assert.include(faults[0]!.message, "t: 0 for b in 2003")
      assert.include(faults[1]!.message, "no entity has employment in manufacturing in 2004")
    })
  )
  it.effect("an entity without either industry is a fault that names it", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(coagglo, { panel: panelOf(["a", "b"], [2003], { m: [0, 1], s: [0, 1], t: [4, 4] }) }, small)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [["zero-denominator", "a", 2003]]
      )
      assert.include(faults[0]!.message, "eq. 20 divides by M + S")
    })
  )
  it.effect("missing and negative employment, and several units, are faults", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003], {
        m: { values: [Number.NaN, 1], unit: "persons" },
        s: { values: [-1, 1], unit: "10,000 persons" },
        t: [4, 4]
      })
      const faults = yield* faultsOf(coagglo, { panel }, small)
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column, where?.entity]),
        [
          ["missing-value", "m", "a"],
          ["negative-value", "s", "a"],
          ["unit-mismatch", undefined, undefined]
        ]
      )
    })
  )
  it.effect("years with fewer entities, and parts above their total, are told", () =>
    Effect.gen(function* () {
      const panel = tableOf(Panel, {
        entity: ["a", "a", "b"],
        year: Int32Array.of(2003, 2004, 2003),
        rest: new Map(["m", "s", "t"].map((name) => [name, { values: Float64Array.of(2, 3, 4) }]))
      })
      const { warnings } = yield* runStage(coagglo, { panel }, small)
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["unbalanced-totals", "parts-exceed-total"]
      )
      assert.include(warnings[0]!.message, "fewer than 2: 2004 (1)")
    })
  )
})
