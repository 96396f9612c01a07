import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { InterpolateParams } from "../../stages/interpolate/rules.ts"
import { interpolate } from "../../stages/interpolate.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

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
  it("parameters that say nothing new are encoded as they were, so that nodes stay what they are", () => {
    const encoded = Schema.encodeSync(InterpolateParams)(Schema.decodeUnknownSync(InterpolateParams)({ extrapolate: "linear" }))
    assert.deepStrictEqual(encoded, { extrapolate: "linear", round: [], variables: "all" })
  })
  it.effect("a rule fills its variables in another way, and what it does not say is as for the others", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004, 2005, 2006], { x: [1, na, 4, na], y: [1, na, 4, na], z: [1, na, 4, na] })
      const { outputs, warnings } = yield* runStage(
        interpolate,
        { panel },
        {
          extrapolate: "linear",
          variables: ["x"],
          rules: [
            { variables: ["y"], method: "log-linear", round: true },
            { variables: ["z"], method: "carry", extrapolate: "nearest" }
          ]
        }
      )
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 2.5, 4, 5.5])
      assert.deepStrictEqual(numbers(outputs["output"], "y"), [1, 2, 4, 8])
      assert.deepStrictEqual(numbers(outputs["output"], "z"), [1, 1, 4, 4])
      assert.deepStrictEqual(
        warnings.map(({ message }) => message),
        [
          "1 cell between observations was filled linearly: x 1",
          "1 cell between observations was filled with constant growth: y 1",
          "1 cell between observations was filled with the observation before: z 1",
          "1 cell at the ends of series was filled (linear): x 1",
          "1 cell at the ends of series was filled (linear in logarithms): y 1",
          "1 cell at the ends of series was filled (nearest): z 1"
        ]
      )
      const fills = outputs["fills"]
      assert.deepStrictEqual(column(fills, "variable"), ["x", "x", "y", "y", "z", "z"])
      assert.deepStrictEqual(numbers(fills, "year"), [2004, 2006, 2004, 2006, 2004, 2006])
      assert.deepStrictEqual(numbers(fills, "value"), [2.5, 5.5, 2, 8, 1, 4])
      assert.deepStrictEqual(column(fills, "method"), ["linear", "linear extrapolation", "log-linear", "log-linear extrapolation", "carry", "nearest"])
      assert.deepStrictEqual(column(fills, "note"), [
        "between 2003 and 2005",
        "after 2005",
        "between 2003 and 2005",
        "after 2005",
        "between 2003 and 2005",
        "after 2005"
      ])
    })
  )
  it.effect("long gaps stay and are told, apart from those at the ends", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004, 2005, 2006, 2007, 2008], { x: [1, na, na, 4, 5, na] })
      const { outputs, warnings } = yield* runStage(interpolate, { panel }, { maxGap: 1 })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, na, na, 4, 5, na])
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where]),
        [
          ["end-gap", { column: "x", entity: "a", year: 2008 }],
          ["long-gap", { column: "x", entity: "a", year: 2004 }]
        ]
      )
      assert.include(warnings[1]!.message, "x: gaps of more than 1 year stay missing: a 2004-2005; ")
    })
  )
  it.effect("a filled value out of bounds is told, and clipped only when asked", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004, 2005, 2006], { x: [9, na, 1, na] })
      const told = yield* runStage(interpolate, { panel }, { extrapolate: "linear", min: 0 })
      assert.deepStrictEqual(numbers(told.outputs["output"], "x"), [9, 5, 1, -3])
      assert.strictEqual(told.warnings.at(-1)!.message, "x: filled values are not at least 0: a 2006 (-3); say clip: true to set them to the bound")
      const clipped = yield* runStage(interpolate, { panel }, { extrapolate: "linear", min: 0, clip: true })
      assert.deepStrictEqual(numbers(clipped.outputs["output"], "x"), [9, 5, 1, 0])
      assert.strictEqual(clipped.warnings.at(-1)!.code, "filled-clipped")
      assert.strictEqual((column(clipped.outputs["fills"], "note") as ReadonlyArray<string>)[1], "after 2005, clipped from -3")
      const swings = yield* runStage(interpolate, { panel: panelOf(["a"], [1, 2, 3, 4, 5, 6], { x: [0, 0, na, 10, na, 10] }) }, { method: "spline", max: 10 })
      assert.include(swings.warnings.at(-1)!.message, 'x: filled values are not at most 10: a 5 (11.3636); method: "monotone" or "pchip" does not swing')
    })
  )
  it.effect("in proportion to another variable the ratio is interpolated; where that is missing the cell stays", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004, 2005, 2006, 2007], { gdp: [10, na, 40, na, 60], people: [1, 4, 2, na, 2] })
      const { outputs, warnings } = yield* runStage(interpolate, { panel }, { variables: [], rules: [{ variables: ["gdp"], by: "people" }] })
      assert.deepStrictEqual(numbers(outputs["output"], "gdp"), [10, 60, 40, na, 60])
      assert.deepStrictEqual(column(outputs["fills"], "note"), ["between 2003 and 2005, in proportion to people"])
      assert.deepStrictEqual(warnings[1]!.where, { column: "gdp", entity: "a", year: 2006 })
      assert.strictEqual(warnings[1]!.code, "no-related-value")
    })
  )
  it.effect("faults: constant growth from zero, one variable in two rules, division by zero, names, bounds", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004, 2005], { x: [0, na, 4, 0, 1, 2], y: [1, 0, 1, 1, 1, 1] })
      const told = (params: unknown) => Effect.map(faultsOf(interpolate, { panel }, params), (faults) => faults.map(({ message }) => message))
      assert.deepStrictEqual(yield* told({ method: "log-linear" }), [
        "x: a has 0 in 2003, beside a gap: constant growth (log-linear) needs values above 0: correct it, or choose another method for x"
      ])
      assert.deepStrictEqual(yield* told({ rules: [{ variables: ["x"] }, { variables: ["x", "y"] }] }), [
        'rules[0] and rules[1] are both about "x": name it in one of them'
      ])
      assert.deepStrictEqual(yield* told({ variables: [], rules: [{ variables: ["x"], by: "y" }] }), [
        "y: a has 0 in 2004, and x is filled in proportion to it: it must be above 0"
      ])
      assert.include((yield* told({ rules: [{ variables: ["z"] }] }))[0], 'rules[0].variables: the panel has no variable "z"')
      const failure = yield* Effect.flip(
        runStage(
          interpolate,
          { panel },
          {
            rules: [
              { variables: ["x"], min: 3, max: 2 },
              { variables: ["y"], clip: true }
            ]
          }
        )
      )
      assert.include(String(failure), "is 2, below min, 3")
      assert.include(String(failure), "needs a bound to clip to")
    })
  )
})
