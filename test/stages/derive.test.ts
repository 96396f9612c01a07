import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { Expression } from "../../stages/derive/expression.ts"
import { derive } from "../../stages/derive.ts"
import { faultsOf, panelOf } from "./panel-tables.ts"
import { numbers, runStage } from "./run-stage.ts"

const na = Number.NaN
const panel = panelOf(["a", "b"], [2003, 2004, 2006], {
  gdp: { values: [10, 20, 30, 40, 50, 60], unit: "yuan", filled: [0, 1, 0, 0, 0, 0] },
  pop: { values: [1, 2, 3, 4, na, 6], unit: "persons" },
  cpi: [100, 110, 120, 100, 105, 90],
  men: { values: [1, 1, 1, 1, 1, 1], unit: "persons" }
})
const evaluate = (expr: Expression) =>
  Effect.map(runStage(derive, { panel }, { variables: [{ name: "v", expr }], keep: [] }), ({ outputs }) => outputs["output"]!)
const columnOf = (table: Effect.Success<ReturnType<typeof evaluate>>, name: string) => table.columns.find((column) => column.name === name)

describe("derive", () => {
  it.effect("every operation of the language", () =>
    Effect.gen(function* () {
      const values = (expr: Expression) => Effect.map(evaluate(expr), (table) => numbers(table, "v"))
      assert.deepStrictEqual(yield* values({ ln: "gdp" }), [10, 20, 30, 40, 50, 60].map(Math.log))
      assert.deepStrictEqual(yield* values({ ln1p: "gdp" }), [10, 20, 30, 40, 50, 60].map(Math.log1p))
      assert.deepStrictEqual(yield* values({ ratio: ["gdp", "pop"] }), [10, 10, 10, 10, na, 10])
      assert.deepStrictEqual(yield* values({ product: ["gdp", "pop", "men"] }), [10, 40, 90, 160, na, 360])
      assert.deepStrictEqual(yield* values({ sum: ["pop", "men"] }), [2, 3, 4, 5, na, 7])
      assert.deepStrictEqual(yield* values({ difference: ["pop", "men"] }), [0, 1, 2, 3, na, 5])
      assert.deepStrictEqual(yield* values({ scale: ["gdp", 0.5] }), [5, 10, 15, 20, 25, 30])
    })
  )
  it.effect("a lag is by year within the entity, never by row", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(numbers(yield* evaluate({ lag: ["gdp", 1] }), "v"), [na, 10, na, na, 40, na])
      assert.deepStrictEqual(numbers(yield* evaluate({ lag: ["gdp", 2] }), "v"), [na, na, 20, na, na, 50])
    })
  )
  it.effect("deflating puts values in prices of the base year, from a level or from a chain of year-on-year indices", () =>
    Effect.gen(function* () {
      const level = yield* evaluate({ deflate: { value: "gdp", index: "cpi", base: 2003 } })
      assert.deepStrictEqual(numbers(level, "v"), [10, (20 * 100) / 110, (30 * 100) / 120, 40, (50 * 100) / 105, (60 * 100) / 90])
      assert.strictEqual(columnOf(level, "v")!.unit, "yuan, prices of 2003")
      const yearly = panelOf(["a"], [2003, 2004, 2005], { v: [10, 20, 30], p: [na, 110, 120] })
      const chained = (base: number) => ({
        variables: [{ name: "w", expr: { deflate: { value: "v", index: "p", base, indexIs: "previous-year" } } }],
        keep: []
      })
      const forward = numbers((yield* runStage(derive, { panel: yearly }, chained(2003))).outputs["output"], "w")
      const backward = numbers((yield* runStage(derive, { panel: yearly }, chained(2005))).outputs["output"], "w")
      ;[10, 20 / 1.1, 30 / 1.32].forEach((value, i) => {
        assert.closeTo(forward[i]!, value, 1e-12)
        assert.closeTo(backward[i]!, value * 1.32, 1e-12)
      })
    })
  )
  it.effect("expressions nest, and one may use those before it", () =>
    Effect.gen(function* () {
      const variables = [
        { name: "head", expr: { ratio: ["gdp", "men"] } },
        { name: "ln_head", expr: { ln: { scale: ["head", 2] } }, unit: "ln yuan", description: "per head" }
      ]
      const { outputs } = yield* runStage(derive, { panel }, { variables, keep: [] })
      assert.strictEqual(numbers(outputs["output"], "ln_head")[0], Math.log(20))
      assert.deepInclude(columnOf(outputs["output"]!, "ln_head"), { unit: "ln yuan", description: "per head" })
    })
  )
  it.effect("a derived cell counts as filled where any part was, and not where it is missing", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(numbers(yield* evaluate({ ln: { ratio: ["gdp", "men"] } }), "v__filled"), [0, 1, 0, 0, 0, 0])
      assert.isUndefined(columnOf(yield* evaluate({ lag: ["gdp", 1] }), "v__filled"))
      assert.isUndefined(columnOf(yield* evaluate({ ln: "pop" }), "v__filled"))
    })
  )
  it.effect("keep says which of the panel's own variables stand beside the new, and nothing else is read", () =>
    Effect.gen(function* () {
      const variables = [{ name: "v", expr: { ln: "gdp" } }]
      const names = (table: { readonly columns: ReadonlyArray<{ readonly name: string }> } | undefined) => table!.columns.map(({ name }) => name)
      const some = yield* runStage(derive, { panel }, { variables, keep: ["men"] })
      assert.deepStrictEqual(names(some.outputs["output"]), ["entity", "year", "men", "v", "v__filled"])
      assert.isFalse(some.reads.some((read) => read.includes("cpi") || read === "panel names"))
      const all = yield* runStage(derive, { panel }, { variables })
      assert.deepStrictEqual(names(all.outputs["output"]), ["entity", "year", "cpi", "gdp", "gdp__filled", "men", "pop", "v", "v__filled"])
    })
  )
  it.effect("an isolated zero in an otherwise positive series is told", () =>
    Effect.gen(function* () {
      const zeros = panelOf(["a", "b"], [2003, 2004, 2005, 2006], { fdi: [5, 0, 6, 7, 0, 0, 1, 2], men: [1, 1, 1, 1, 1, 1, 1, 1] })
      const { warnings } = yield* runStage(derive, { panel: zeros }, { variables: [{ name: "v", expr: { ratio: ["fdi", "men"] } }] })
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where]),
        [["zero-as-missing", { column: "fdi", entity: "a", year: 2004, value: "0" }]]
      )
    })
  )
})

describe("derive: faults", () => {
  const faults = (expr: Expression, more: object = {}) => faultsOf(derive, { panel: zero }, { variables: [{ name: "v", expr, ...more }] })
  const zero = panelOf(["a", "b"], [2003, 2004], {
    x: { values: [1, 0, -2, 4], unit: "yuan" },
    y: { values: [1, 0, 3, 4], unit: "persons" },
    p: [100, 110, na, 110]
  })
  it.effect("ln of a value that is not positive names entity, year and value, and points to ln1p", () =>
    Effect.gen(function* () {
      const found = yield* faults({ ln: "x" })
      assert.deepStrictEqual(
        found.map(({ code, where }) => [code, where]),
        [
          ["log-of-nonpositive", { column: "v", entity: "a", year: 2004, value: "0" }],
          ["log-of-nonpositive", { column: "v", entity: "b", year: 2003, value: "-2" }]
        ]
      )
      assert.include(found[0]!.message, "v: ln of 0 for a in 2004")
      assert.include(found[0]!.message, "ln1p")
      assert.lengthOf(yield* faults({ ln1p: "x" }), 1)
    })
  )
  it.effect("a cell with a fault adds none to what is made of it", () =>
    Effect.gen(function* () {
      const variables = [
        { name: "v", expr: { ratio: ["p", "z"] } },
        { name: "w", expr: { ln: "v" } }
      ]
      const panel = panelOf(["a"], [2003, 2004], { p: [1, 1], z: [0, 1] })
      const told = yield* faultsOf(derive, { panel }, { variables })
      assert.deepStrictEqual(
        told.map(({ code, where }) => [code, where?.column, where?.year]),
        [["zero-denominator", "v", 2003]]
      )
    })
  )
  it.effect("a zero denominator names entity and year", () =>
    Effect.gen(function* () {
      const found = yield* faults({ ratio: ["x", "y"] })
      assert.deepStrictEqual(
        found.map(({ code, where }) => [code, where?.entity, where?.year]),
        [["zero-denominator", "a", 2004]]
      )
    })
  )
  it.effect("adding different units, and declaring another than the parts have, are faults", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        (yield* faults({ sum: ["x", "y"] })).map(({ code }) => code),
        ["unit-mismatch"]
      )
      assert.deepStrictEqual(
        (yield* faults({ sum: ["x", "x"] }, { unit: "persons" })).map(({ code }) => code),
        ["unit-mismatch"]
      )
    })
  )
  it.effect("a deflator without its base year, or not positive, is a fault", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        (yield* faults({ deflate: { value: "y", index: "p", base: 2003 } })).map(({ code, where }) => [code, where?.entity]),
        [["no-base-year", "b"]]
      )
      assert.deepStrictEqual(
        (yield* faults({ deflate: { value: "y", index: "x", base: 2003 } })).map(({ code }) => code),
        ["nonpositive-index", "nonpositive-index"]
      )
    })
  )
  it.effect("a variable that the panel lacks, and a name that is taken, are faults", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        (yield* faults({ ln: "xx" })).map(({ code, where }) => [code, where?.column]),
        [["missing-variable", "xx"]]
      )
      const taken = yield* faultsOf(derive, { panel: zero }, { variables: [{ name: "y", expr: "p" }] })
      assert.deepStrictEqual(
        taken.map(({ code, where }) => [code, where?.column]),
        [["name-taken", "y"]]
      )
      const twice = yield* faultsOf(derive, { panel: zero }, { variables: ["v", "v"].map((name) => ({ name, expr: "p" })) })
      assert.deepStrictEqual(
        twice.map(({ code }) => code),
        ["name-taken"]
      )
    })
  )
  it.effect("an overflow is a fault, never an infinity", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(
        (yield* faults({ scale: [{ scale: ["y", 1e300] }, 1e300] })).map(({ code }) => code),
        ["not-finite", "not-finite", "not-finite"]
      )
    })
  )
})
