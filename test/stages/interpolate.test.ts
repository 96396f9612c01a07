import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { interpolate } from "../../stages/interpolate.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { numbers, runStage } from "./run-stage.ts"

const na = Number.NaN

describe("interpolate", () => {
  it.effect("interior gaps are filled within the entity, linear in the year, marked and counted", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004, 2007], { x: [1, na, 5, 7, na, 3], y: [1, 2, 3, 4, 5, 6] })
      const { outputs, warnings } = yield* runStage(interpolate, { panel })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 2, 5, 7, 6, 3])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [0, 1, 0, 0, 1, 0])
      assert.isUndefined(outputs["output"]!.columns.find(({ name }) => name === "y__filled"))
      assert.deepStrictEqual(
        warnings.map(({ code, message }) => [code, message]),
        [["interpolated", "2 cells between observations were filled linearly: x 2"]]
      )
    })
  )
  it.effect("one filled cell is told as one", () =>
    Effect.gen(function* () {
      const { warnings } = yield* runStage(interpolate, { panel: panelOf(["a"], [2003, 2004, 2005], { x: [1, na, 3] }) })
      assert.strictEqual(warnings[0]!.message, "1 cell between observations was filled linearly: x 1")
    })
  )
  it.effect("gaps at the ends stay missing and are told with variable, entity and years", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b", "c"], [2003, 2004, 2005], { x: [na, na, 5, 7, 7, na, na, na, na] })
      const { outputs, warnings } = yield* runStage(interpolate, { panel })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [na, na, 5, 7, 7, na, na, na, na])
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where]),
        [["end-gap", { column: "x", entity: "a", year: 2003 }]]
      )
      assert.include(warnings[0]!.message, "a 2003-2004; b 2005; c 2003-2005 (no value at all)")
    })
  )
  it.effect("extrapolation fills the ends by name, with its own count; a single observation has no line", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004, 2005], { x: [na, 4, 6, na, 7, na] })
      const linear = yield* runStage(interpolate, { panel }, { extrapolate: "linear" })
      assert.deepStrictEqual(numbers(linear.outputs["output"], "x"), [2, 4, 6, na, 7, na])
      assert.deepStrictEqual(
        linear.warnings.map(({ code }) => code),
        ["extrapolated", "end-gap"]
      )
      const nearest = yield* runStage(interpolate, { panel }, { extrapolate: "nearest" })
      assert.deepStrictEqual(numbers(nearest.outputs["output"], "x"), [4, 4, 6, 7, 7, 7])
    })
  )
  it.effect("only the named variables are filled, counts are rounded only when asked, and an earlier mask stays", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004, 2005], { x: { values: [1, na, 2], filled: [1, 0, 0] }, y: [1, na, 2] })
      const { outputs } = yield* runStage(interpolate, { panel }, { variables: ["x"], round: ["x"] })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 2, 2])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [1, 1, 0])
      assert.deepStrictEqual(numbers(outputs["output"], "y"), [1, na, 2])
    })
  )
  it.effect("variables that the panel lacks are faults that tell which it has, and which ingest keeps", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(interpolate, { panel: panelOf(["a"], [2003], { gdp: [1], area: [2] }) }, { variables: ["gpd", "people"] })
      assert.deepStrictEqual(
        faults.map(({ code, message, where }) => [code, message, where?.column]),
        [
          [
            "missing-variable",
            'variables: the panel has no variable "gpd"; did you mean "gdp"? Its variables are: area, gdp. Of a file, ingest keeps only the columns that its parameter "variables" declares',
            "gpd"
          ],
          ["missing-variable", 'variables: the panel has no variable "people"', "people"]
        ]
      )
    })
  )
})
