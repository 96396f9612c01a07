import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import type { StoredTable } from "../../src/artifact/column.ts"
import { entropyWeights } from "../../stages/entropy-weights.ts"
import { normalize } from "../../stages/normalize.ts"
import { assertAgrees, indicators, oracle, oraclePanel } from "./panel-oracle.ts"
import { faultsOf, normalizedOf, panelOf } from "./panel-tables.ts"
import { column, numbers, runStage } from "./run-stage.ts"

const weigh = (params: object) =>
  Effect.gen(function* () {
    const normalized = (yield* runStage(normalize, { panel: oraclePanel }, { indicators })).outputs["output"]!
    return yield* runStage(entropyWeights, { normalized }, { indicators, ...params })
  })
const measures = ["entropy", "redundancy", "weight", "individual_weight"] as const
const agrees = (table: StoredTable, expected: typeof oracle.pooled): void => {
  assert.deepStrictEqual(
    column(table, "indicator"),
    expected.map((row) => row.indicator)
  )
  assert.deepStrictEqual(
    column(table, "scope"),
    expected.map((row) => row.scope)
  )
  for (const name of measures)
    assertAgrees(
      table,
      name,
      expected.map((row) => row[name])
    )
}
const [x, z] = [
  { name: "x", label: "X", dimension: "d", attribute: "positive" },
  { name: "z", label: "Z", dimension: "d", attribute: "negative" }
] as const

describe("entropy-weights", () => {
  it.effect("agrees with R: pooled, shifted, by year and by entity with the means", () =>
    Effect.gen(function* () {
      agrees((yield* weigh({})).outputs["output"]!, oracle.pooled)
      agrees((yield* weigh({ shift: 1e-4 })).outputs["output"]!, oracle.shifted)
      agrees((yield* weigh({ scope: "by-year" })).outputs["output"]!, oracle.by_year)
      agrees((yield* weigh({ scope: "by-entity" })).outputs["output"]!, oracle.by_entity)
    })
  )
  it.effect("says how the weights were made", () =>
    Effect.gen(function* () {
      assert.strictEqual(column((yield* weigh({})).outputs["output"], "method")[0], "entropy")
      assert.strictEqual(column((yield* weigh({ shift: 0.001 })).outputs["output"], "method")[0], "entropy, shifted by 0.001")
    })
  )
  it("weights sum to one, over all and within each dimension, and rescaling an indicator leaves them", async () => {
    const positive = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 6 }).filter((v) => new Set(v).size > 2)
    const run = async (a: ReadonlyArray<number>, b: ReadonlyArray<number>, c: ReadonlyArray<number>) => {
      const set = [x, z, { ...x, name: "y", dimension: "e" }]
      const panel = panelOf(["a", "b"], [2003, 2004, 2005], { x: a, z: b, y: c })
      const normalized = (await Effect.runPromise(runStage(normalize, { panel }, { indicators: set }))).outputs["output"]!
      return (await Effect.runPromise(runStage(entropyWeights, { normalized }, { indicators: set }))).outputs["output"]!
    }
    await fc.assert(
      fc.asyncProperty(positive, positive, positive, fc.integer({ min: -6, max: 6 }), async (a, b, c, power) => {
        const table = await run(a, b, c)
        const [wx, wz, wy] = numbers(table, "weight")
        const [ix, iz, iy] = numbers(table, "individual_weight")
        assert.closeTo(wx! + wz! + wy!, 1, 1e-12)
        assert.closeTo(ix! + iz!, 1, 1e-12)
        assert.closeTo(iy!, 1, 1e-12)
        const scaled = a.map((value) => value * 2 ** power)
        assert.deepStrictEqual(await run(scaled, b, c), table)
      }),
      { numRuns: 25 }
    )
  })
  it.effect("an indicator that is constant or zero within a scope has weight 0 there, and that is told", () =>
    Effect.gen(function* () {
      const normalized = normalizedOf(["a", "b"], [2003, 2004], { x: [0, 0.5, 0, 1], z: [0, 0.5, 1, 0.2] })
      const { outputs, warnings } = yield* runStage(entropyWeights, { normalized }, { indicators: [x, z], scope: "by-year" })
      assert.deepStrictEqual(numbers(outputs["output"], "weight").slice(0, 2), [0, 1])
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where?.column]),
        [["uninformative-indicator", "x"]]
      )
      assert.include(warnings[0]!.message, "within 2003:")
    })
  )
  it.effect("a dropped indicator has no row, and that is told", () =>
    Effect.gen(function* () {
      const normalized = normalizedOf(["a", "b"], [2003], { x: [0, 1] })
      const { outputs, warnings } = yield* runStage(entropyWeights, { normalized }, { indicators: [x, z] })
      assert.deepStrictEqual(column(outputs["output"], "indicator"), ["x"])
      assert.deepStrictEqual(
        warnings.map(({ code, where }) => [code, where?.column]),
        [["indicator-absent", "z"]]
      )
    })
  )
  it.effect("where nothing varies there are no weights: a fault, never NaN", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(entropyWeights, { normalized: normalizedOf(["a", "b"], [2003], { x: [0.3, 0.3] }) }, { indicators: [x] })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["no-information", "no-information"]
      )
    })
  )
  it.effect("a scope of one row, a negative value and a panel without the indicators are faults", () =>
    Effect.gen(function* () {
      const one = yield* faultsOf(entropyWeights, { normalized: normalizedOf(["a"], [2003, 2004], { x: [0, 1] }) }, { indicators: [x], scope: "by-year" })
      assert.deepStrictEqual(
        one.map(({ code, where }) => [code, where?.value]),
        [
          ["one-row-scope", "2003"],
          ["one-row-scope", "2004"]
        ]
      )
      const negative = yield* faultsOf(entropyWeights, { normalized: normalizedOf(["a"], [2003, 2004], { x: [-1, 1] }) }, { indicators: [x] })
      assert.deepStrictEqual([negative[0]!.code, negative[0]!.where?.year], ["negative-value", 2003])
      const none = yield* faultsOf(entropyWeights, { normalized: normalizedOf(["a"], [2003, 2004], { y: [0, 1] }) }, { indicators: [x] })
      assert.strictEqual(none[0]!.code, "no-indicators")
    })
  )
})
