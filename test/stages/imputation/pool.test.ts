import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { poolEstimates } from "../../../src/econometrics/imputation/rubin.ts"
import { stream } from "../../../src/stats/random.ts"
import { impute } from "../../../stages/imputation/impute.ts"
import { pool } from "../../../stages/imputation/pool.ts"
import { poolEffects } from "../../../stages/imputation/pool-effects.ts"
import { within } from "../../../stages/models/within.ts"
import { Effects, Estimates, Glance } from "../../../stages/table-types.ts"
import { modelTable } from "../../../stages/tables/model-table.ts"
import { faultsOf, panelOf } from "../panel-tables.ts"
import { column, numbers, runStage, tableOf } from "../run-stage.ts"

const entities = Array.from({ length: 12 }, (_, i) => `e${i + 10}`)
const years = Array.from({ length: 8 }, (_, t) => 2003 + t)
const panel = (): StoredTable => {
  const random = stream(4, 0)
  const x = entities.flatMap((_, i) => years.map(() => i + random.normal()))
  const y = x.map((value) => 2 * value + random.normal())
  return panelOf(entities, years, { x: x.map((value, row) => (row % 6 === 1 ? Number.NaN : value)), y })
}
const fits = Effect.forEach([0, 1, 2, 3, 4], (imputation) =>
  Effect.gen(function* () {
    const { outputs } = yield* runStage(impute, { panel: panel() }, { imputation, iterations: 5 })
    return (yield* runStage(within, { panel: outputs["output"]! }, { dependent: "y", regressors: ["x"] })).outputs
  })
)

describe("pool", () => {
  it.effect("Rubin's rules over a model's outputs, in the types that tables take", () =>
    Effect.gen(function* () {
      const models = yield* fits
      const coefficients = models.map((outputs) => outputs["coefficients"]!)
      const { outputs, warnings } = yield* runStage(pool, { coefficients, glances: models.map((one) => one["glance"]!) })
      const expected = poolEstimates(
        coefficients.map((table) => numbers(table, "estimate")[0]!),
        coefficients.map((table) => numbers(table, "std_error")[0]! ** 2),
        11
      )
      const [estimate, stdError, df] = ["estimate", "std_error", "df"].map((name) => numbers(outputs["coefficients"], name)[0]!)
      assert.deepStrictEqual([estimate, stdError, df], [expected.estimate, expected.stdError, expected.df])
      assert.isBelow(df!, 11)
      const pooling = outputs["pooling"]
      assert.strictEqual(numbers(pooling, "fraction_missing")[0], expected.fractionMissing)
      assert.strictEqual(numbers(pooling, "between")[0], expected.between)
      assert.deepStrictEqual(numbers(pooling, "df_complete"), [11, 11])
      const glance = outputs["glance"]
      assert.deepStrictEqual(numbers(glance, "nobs"), [96])
      assert.deepStrictEqual(numbers(glance, "imputations"), [5])
      assert.match(column(glance, "small_sample")[0] as string, /; pooled over 5 imputations by Rubin's rules$/)
      const names = glance!.columns.map(({ name }) => name)
      assert.includeMembers(names, ["entities", "r_squared_within", "variance_missing"])
      assert.notInclude(names, "f_statistic")
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["few-imputations"]
      )
      const table = yield* runStage(
        modelTable,
        { coefficients: [outputs["coefficients"]!], glances: [glance!], tests: [], published: [] },
        { title: "Pooled", fit: ["nobs", "imputations"] }
      )
      assert.include(column(table.outputs["output"], "text") as ReadonlyArray<string>, "5")
    })
  )
  it.effect("what is not of one model is refused, all of it together", () =>
    Effect.gen(function* () {
      const table = (terms: ReadonlyArray<string>) =>
        tableOf(Estimates, {
          equation: terms.map(() => "y"),
          term: terms,
          ...Object.fromEntries(
            ["estimate", "std_error", "statistic", "df", "p_value", "conf_low", "conf_high"].map((name) => [name, new Float64Array(terms.length).fill(1)])
          )
        })
      const glance = (nobs: number) =>
        tableOf(Glance, {
          equation: ["y"],
          model: ["m"],
          dependent: ["y"],
          variance: ["iid"],
          small_sample: [""],
          sample: ["all"],
          nobs: Int32Array.of(nobs),
          rest: new Map()
        })
      const messages = (coefficients: ReadonlyArray<StoredTable>, glances: ReadonlyArray<StoredTable>) =>
        Effect.map(faultsOf(pool, { coefficients, glances }), (faults) => faults.map(({ message }) => message))
      const told = yield* messages([table(["x", "a"]), table(["x", "b"])], [glance(5), glance(5)])
      assert.strictEqual(told.length, 2)
      assert.match(told[0]!, /^"y: a" is not among the estimates of 1 of 2 imputations \(\[1\], counted from 0\)/)
      assert.match(
        (yield* messages([table(["x"]), table(["x"])], [glance(5), glance(6)]))[0]!,
        /^the equation y has 5, 6 observations in different imputations/
      )
      assert.match((yield* messages([table(["x"])], [glance(5)]))[0]!, /^there are 1 sets of estimates: pooling needs those of two/)
      assert.match((yield* messages([table(["x"]), table(["x"])], [glance(5)]))[0]!, /^there are 2 tables of coefficients and 1 glances/)
    })
  )
})

describe("pool-effects", () => {
  it.effect("pools effects with normal complete-data intervals, and says so", () =>
    Effect.gen(function* () {
      const effects = (estimate: number) =>
        tableOf(Effects, {
          term: ["x"],
          effect: ["indirect"],
          estimate: Float64Array.of(estimate),
          std_error: Float64Array.of(0.5),
          ...Object.fromEntries(["statistic", "p_value", "conf_low", "conf_high"].map((name) => [name, Float64Array.of(Number.NaN)])),
          method: ["pairs cluster bootstrap, percentile, 500 replicates"]
        })
      const { outputs } = yield* runStage(poolEffects, { effects: [effects(1), effects(2), effects(3)] })
      const pooled = outputs["effects"]
      assert.strictEqual(numbers(pooled, "estimate")[0], 2)
      assert.closeTo(numbers(pooled, "std_error")[0]!, Math.sqrt(0.25 + 4 / 3), 1e-12)
      assert.strictEqual(column(pooled, "method")[0], "pairs cluster bootstrap, percentile, 500 replicates; pooled over 3 imputations by Rubin's rules")
      // (m - 1)/lambda^2 degrees of freedom.
      assert.closeTo(numbers(outputs["pooling"], "df")[0]!, 2 / (4 / 3 / (0.25 + 4 / 3)) ** 2, 1e-9)
      assert.deepStrictEqual(column(outputs["pooling"], "equation"), ["indirect"])
    })
  )
})
