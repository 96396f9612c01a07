import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { compositeIndex } from "../../stages/composite-index.ts"
import { entropyWeights } from "../../stages/entropy-weights.ts"
import { normalize } from "../../stages/normalize.ts"
import { assertAgrees, indicators, oracle, oraclePanel } from "./panel-oracle.ts"
import { faultsOf, normalizedOf } from "./panel-tables.ts"
import { numbers, runStage } from "./run-stage.ts"

const dimensions = [
  { name: "tech", label: "Technology" },
  { name: "green", label: "Green manufacturing" }
]
const params = { index: "ami", dimensions }
const inputs = (scope: string) =>
  Effect.gen(function* () {
    const normalized = (yield* runStage(normalize, { panel: oraclePanel }, { indicators })).outputs["output"]!
    const weights = (yield* runStage(entropyWeights, { normalized }, { indicators, scope })).outputs["output"]!
    return { normalized, weights }
  })

describe("composite-index", () => {
  it.effect("the index and its sub-indices agree with R, in the value and the share version", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(compositeIndex, yield* inputs("pooled"), params)
      assertAgrees(outputs["output"], "ami", oracle.index["value"]!)
      assertAgrees(outputs["output"], "ami_share", oracle.index["share"]!)
      assertAgrees(outputs["output"], "tech", oracle.index["tech"]!)
      assertAgrees(outputs["output"], "tech_share", oracle.index["tech_share"]!)
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name }) => name),
        ["entity", "year", "ami", "ami_share", "green", "green_share", "tech", "tech_share"]
      )
    })
  )
  it.effect("weights that vary by year count in their own year, as R has it, or by their mean", () =>
    Effect.gen(function* () {
      const wired = yield* inputs("by-year")
      const own = yield* runStage(compositeIndex, wired, params)
      assertAgrees(own.outputs["output"], "ami", oracle.index["by_year_value"]!)
      assertAgrees(own.outputs["output"], "ami_share", oracle.index["by_year_share"]!)
      const mean = yield* runStage(compositeIndex, wired, { ...params, weights: "mean" })
      const weight = new Map(oracle.by_year.filter(({ scope }) => scope === "mean").map((row) => [row.indicator, row.weight]))
      const expected = oracle.panel.entity.map(
        (_, row) => 100 * indicators.reduce((sum, { name }) => sum + weight.get(name)! * oracle.normalized[name]![row]!, 0)
      )
      assertAgrees(mean.outputs["output"], "ami", expected)
      assert.closeTo(
        numbers(mean.outputs["output"], "ami_share").reduce((a, b) => a + b),
        1000,
        1e-9
      )
    })
  )
  it.effect("weights that vary by entity count in their own entity", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(compositeIndex, yield* inputs("by-entity"), params)
      const row = oracle.panel.entity.lastIndexOf("c")
      const weights = oracle.by_entity.filter(({ scope }) => scope === "c")
      const expected = 100 * weights.reduce((sum, { indicator, weight }) => sum + weight * oracle.normalized[indicator]![row]!, 0)
      assert.closeTo(numbers(outputs["output"], "ami")[row]!, expected, 1e-12)
    })
  )
  it.effect("a cell counts as filled where any of its indicators was", () =>
    Effect.gen(function* () {
      const normalized = normalizedOf(["a"], [2003, 2004, 2005], {
        share: { values: [0, 0.5, 1], filled: [0, 1, 0] },
        wage: [0, 0.2, 1],
        debt: [0, 0.3, 1],
        waste: [0, 0.4, 1]
      })
      const weights = (yield* runStage(entropyWeights, { normalized }, { indicators })).outputs["output"]!
      const { outputs } = yield* runStage(compositeIndex, { normalized, weights }, params)
      assert.deepStrictEqual(numbers(outputs["output"], "ami__filled"), [0, 1, 0])
      assert.deepStrictEqual(numbers(outputs["output"], "tech__filled"), [0, 1, 0])
      assert.isUndefined(outputs["output"]!.columns.find(({ name }) => name === "green__filled"))
      assert.closeTo(numbers(outputs["output"], "ami")[2]!, 100, 1e-12)
    })
  )
  it.effect("a dimension that is unknown, or left without indicators, is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(compositeIndex, yield* inputs("pooled"), { index: "ami", dimensions: [dimensions[0], { name: "x", label: "X" }] })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value]),
        [
          ["unknown-dimension", "green"],
          ["unknown-dimension", "green"],
          ["empty-dimension", "x"]
        ]
      )
    })
  )
  it.effect("two columns of one name are a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(compositeIndex, yield* inputs("pooled"), { ...params, index: "tech" })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.column]),
        [
          ["name-taken", "tech"],
          ["name-taken", "tech_share"]
        ]
      )
    })
  )
  it.effect("weights of another panel are a fault", () =>
    Effect.gen(function* () {
      const { weights } = yield* inputs("by-year")
      const other = normalizedOf(["a"], [1999, 2000], { share: [0, 1], wage: [0, 1], debt: [0, 1], waste: [0, 1] })
      const faults = yield* faultsOf(compositeIndex, { normalized: other, weights }, params)
      assert.strictEqual(faults[0]!.code, "missing-weight")
      const absent = yield* faultsOf(compositeIndex, { normalized: normalizedOf(["a"], [2003], { share: [1] }), weights }, params)
      assert.deepStrictEqual(
        absent.map(({ code, where }) => [code, where?.column]),
        [
          ["missing-variable", "wage"],
          ["missing-variable", "debt"],
          ["missing-variable", "waste"]
        ]
      )
    })
  )
})
