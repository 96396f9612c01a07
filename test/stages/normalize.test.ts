import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { normalize } from "../../stages/normalize.ts"
import { assertAgrees, indicators, oracle, oraclePanel } from "./panel-oracle.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { numbers, runStage } from "./run-stage.ts"

const x = { name: "x", label: "X", dimension: "d", attribute: "positive" } as const
const z = { ...x, name: "z", label: "Z" } as const

describe("normalize", () => {
  it.effect("agrees with R: positive, negative, in logarithms", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(normalize, { panel: oraclePanel }, { indicators })
      for (const [name, expected] of Object.entries(oracle.normalized)) assertAgrees(outputs["output"], name, expected)
      assert.deepStrictEqual(warnings, [])
    })
  )
  it.effect("agrees with R by year", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(normalize, { panel: oraclePanel }, { indicators: [indicators[0], indicators[2]], scope: "by-year" })
      for (const [name, expected] of Object.entries(oracle.by_year_normalized)) assertAgrees(outputs["output"], name, expected)
    })
  )
  it.effect("by entity, each entity has its own minimum and maximum", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004, 2005], { x: [1, 2, 3, 30, 20, 10] })
      const { outputs } = yield* runStage(normalize, { panel }, { indicators: [x], scope: "by-entity" })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [0, 0.5, 1, 1, 0.5, 0])
    })
  )
  it.effect("masks and labels go along, and only the indicators are read", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a"], [2003, 2004], { x: { values: [1, 2], filled: [0, 1] }, other: [1, 2] })
      const { outputs, reads } = yield* runStage(normalize, { panel }, { indicators: [x] })
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [0, 1])
      assert.strictEqual(outputs["output"]!.columns.find(({ name }) => name === "x")!.description, "X")
      assert.isFalse(reads.some((read) => read.includes("other") || read === "panel names"))
    })
  )
  it.effect("an indicator may be an expression over the panel's columns, which are then all that is read", () =>
    Effect.gen(function* () {
      const columns = { a: { values: [1, 4, 9], filled: [0, 1, 0], unit: "CNY" }, b: [1, 2, 3], c: [1, 2, 3] }
      const ratio = { ...x, expr: { ratio: ["a", "b"] }, unit: "" }
      const { outputs, reads } = yield* runStage(normalize, { panel: panelOf(["a"], [2003, 2004, 2005], columns) }, { indicators: [ratio] })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [0, 0.5, 1])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [0, 1, 0])
      assert.isFalse(reads.some((read) => read === "panel column c" || read === "panel column x"))
      const faults = yield* faultsOf(
        normalize,
        { panel: panelOf(["a"], [2003, 2004, 2005], { ...columns, b: [1, 0, 3] }) },
        { indicators: [ratio, { ...z, expr: { scale: ["a", 2] } }, { ...z, name: "w", expr: "a", unit: "USD" }] }
      )
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [
          ["zero-denominator", "x"],
          ["unit-mismatch", "w"]
        ]
      )
      const lagged = yield* faultsOf(normalize, { panel: panelOf(["a"], [2003, 2004, 2005], columns) }, { indicators: [{ ...x, expr: { lag: ["a", 1] } }] })
      assert.include(lagged[0]!.message, "make it by a node derive before this one")
    })
  )
  it.effect("one value far from all others is told, since it leaves the others alike", () =>
    Effect.gen(function* () {
      const years = Array.from({ length: 40 }, (_, i) => 1980 + i)
      const plain = years.map((year) => year - 1979)
      const told = (values: ReadonlyArray<number>, attribute: string) =>
        Effect.map(runStage(normalize, { panel: panelOf(["a"], years, { x: values }) }, { indicators: [{ ...x, attribute }] }), ({ warnings }) =>
          warnings.map(({ code, where }) => [code, where?.column])
        )
      assert.deepStrictEqual(yield* told(plain, "positive"), [])
      assert.deepStrictEqual(yield* told(plain.with(7, 1e6), "positive"), [["squeezed-indicator", "x"]])
      assert.deepStrictEqual(yield* told(plain.with(7, 1e6), "negative"), [["squeezed-indicator", "x"]])
    })
  )
  it("a positive rescaling of an indicator changes nothing", async () => {
    const values = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 4, maxLength: 4 })
    const normalized = (v: ReadonlyArray<number>) =>
      Effect.runPromise(runStage(normalize, { panel: panelOf(["a", "b"], [2003, 2004], { x: v }) }, { indicators: [x] }))
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: -8, max: 8 }), async (v, power) =>
        assert.deepStrictEqual((await normalized(v.map((value) => value * 2 ** power))).outputs, (await normalized(v)).outputs)
      ),
      { numRuns: 25 }
    )
  })
})

describe("normalize: faults", () => {
  it.effect("a constant indicator is a fault that names it", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(normalize, { panel: panelOf(["a", "b"], [2003], { x: [5, 5], z: [1, 2] }) }, { indicators: [x, z] })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [["constant-indicator", "x"]]
      )
      assert.include(faults[0]!.message, "x is constant: always 5")
    })
  )
  it.effect("constant within a scope is constant", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004], { x: [1, 2, 1, 3] })
      const faults = yield* faultsOf(normalize, { panel }, { indicators: [x], scope: "by-year" })
      assert.include(faults[0]!.message, "x is constant in 2003: always 1")
    })
  )
  it.effect("onConstant: drop leaves the indicator out and tells it; of none left it is a fault", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003], { x: [5, 5], z: [1, 2] })
      const { outputs, warnings } = yield* runStage(normalize, { panel }, { indicators: [x, z], onConstant: "drop" })
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name }) => name),
        ["entity", "year", "z"]
      )
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where?.column]),
        [["constant-dropped", "x"]]
      )
      const faults = yield* faultsOf(normalize, { panel }, { indicators: [x], onConstant: "drop" })
      assert.strictEqual(faults[0]!.code, "no-indicators")
    })
  )
  it.effect("missing values, as an end gap leaves them, are a fault with entity, years, variable and what to do", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003, 2004, 2005], { x: [Number.NaN, Number.NaN, 1, 2, 3, Number.NaN], z: [1, 2, 3, 4, 5, 6] })
      const faults = yield* faultsOf(normalize, { panel }, { indicators: [x, z] })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where]),
        [
          ["missing-value", { column: "x", entity: "a", year: 2003 }],
          ["missing-value", { column: "x", entity: "b", year: 2005 }]
        ]
      )
      assert.include(faults[0]!.message, "x: a has no value for 2003-2004; normalize needs complete data: interpolate it")
    })
  )
  it.effect("a logarithm of zero, another unit and an absent column are faults", () =>
    Effect.gen(function* () {
      const panel = panelOf(["a", "b"], [2003], { x: [0, 2], z: { values: [1, 2], unit: "yuan" } })
      const faults = yield* faultsOf(
        normalize,
        { panel },
        {
          indicators: [
            { ...x, transform: "ln" },
            { ...z, unit: "%" }
          ]
        }
      )
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [
          ["log-of-nonpositive", "x"],
          ["unit-mismatch", "z"]
        ]
      )
      assert.include(faults[0]!.message, "0 for a in 2003")
      const absent = yield* faultsOf(normalize, { panel }, { indicators: [{ ...x, name: "xx" }] })
      assert.deepStrictEqual([absent[0]!.code, absent[0]!.where?.column], ["missing-variable", "xx"])
    })
  )
})
