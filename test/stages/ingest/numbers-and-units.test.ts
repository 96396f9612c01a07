import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { conversion, splitUnit, unitInNote } from "../../../stages/ingest/unit.ts"
import { ingest } from "../../../stages/ingest.ts"
import { faultsOf } from "../panel-tables.ts"
import { numbers, runStage } from "../run-stage.ts"
import { inputs, lines } from "./two-provinces.ts"

describe("ingest: numbers and units", () => {
  const one = (cell: string, variable: object, params: object = {}) =>
    Effect.map(
      runStage(ingest, inputs(`entity;year;x\nHebei;2003;${cell}`), { variables: { x: variable }, ...params }),
      ({ outputs }) => numbers(outputs["output"], "x")[0]
    )

  it.effect("full-width digits, thousands, footnote marks, decimal commas and percent signs are read as they are meant", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* one("１，２３４．５", {}), 1234.5)
      assert.strictEqual(yield* one("1,234,567", {}), 1234567)
      assert.strictEqual(yield* one("1 234", {}), 1234)
      assert.strictEqual(yield* one("−5", {}), -5)
      assert.strictEqual(yield* one("12.5①", {}, { marks: ["①"] }), 12.5)
      assert.strictEqual(yield* one("1.234,5", {}, { decimal: "," }), 1234.5)
      assert.strictEqual(yield* one("12.5%", { unit: "%" }), 12.5)
      assert.strictEqual(yield* one("12.5%", { unit: "1" }), 0.125)
      assert.isNaN(yield* one("-999", {}, { missing: ["-999"] }))
    })
  )
  it.effect("a unit's power of ten goes into the exponent, so that nothing is rounded twice", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* one("4.35", { unit: "persons", given: "百人" }), 435)
      assert.strictEqual(yield* one("0.07", { unit: "CNY", given: "100 million yuan" }), 7e6)
    })
  )
  it.effect("units are known in Chinese and English, alone and as quotients", () =>
    Effect.sync(() => {
      const cases: ReadonlyArray<readonly [from: string, to: string, factor: number | undefined]> = [
        ["亿元", "100 million CNY", 1],
        ["万元", "亿元", 1e-4],
        ["亿元", "million yuan", 100],
        ["10,000 persons", "万人", 1],
        ["万美元", "USD", 1e4],
        ["‰", "%", 0.1],
        ["元/人", "万元/人", 1e-4],
        ["yuan per person", "元/人", 1],
        ["千公顷", "sq km", 10],
        ["亿千瓦小时", "kWh", 1e8],
        ["万吨标准煤", "tce", 1e4],
        ["万元", "万人", undefined],
        ["boxes", "boxes", 1],
        ["boxes", "crates", undefined]
      ]
      for (const [from, to, factor] of cases) assert.strictEqual(conversion(from, to), factor, `${from} to ${to}`)
      assert.deepStrictEqual(splitUnit("工业增加值（亿元）"), { name: "工业增加值", unit: "亿元" })
      assert.deepStrictEqual(splitUnit("GDP (100 million yuan)"), { name: "GDP", unit: "100 million yuan" })
      assert.deepStrictEqual(splitUnit("Output (expenditure approach)"), { name: "Output (expenditure approach)", unit: undefined })
      assert.deepStrictEqual(["单位：万元", "(Unit: 10 000 persons)", "计量单位:%", "亿元"].map(unitInNote), ["万元", "10 000 persons", "%", "亿元"])
    })
  )
  it.effect("units that change with the year are brought to one", () =>
    Effect.gen(function* () {
      const text = lines("entity,year,x", "Hebei,2003,30000", "Hebei,2004,4")
      const given = [
        { unit: "万元", to: 2003 },
        { unit: "亿元", from: 2004 }
      ]
      const { outputs } = yield* runStage(ingest, inputs(text), { variables: { x: { unit: "100 million CNY", given } } })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [3, 4])
    })
  )
  it.effect("units that are no multiples of each other are a fault, unless the factor is given", () =>
    Effect.gen(function* () {
      const text = lines("entity,year,x（万人）", "Hebei,2003,3")
      const crates = lines("entity,year,x", "Hebei,2003,3")
      const faults = yield* faultsOf(ingest, inputs(text), { variables: { x: { unit: "CNY" } } })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value, where?.expected]),
        [["unit-mismatch", "万人", "CNY"]]
      )
      const { outputs } = yield* runStage(ingest, inputs(crates), { variables: { x: { unit: "boxes", given: [{ unit: "crates", factor: 12 }] } } })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [36])
      // What the file says beside the column stands against what is given for it: a multiple is taken, anything else is a fault.
      const thousands = yield* runStage(ingest, inputs(text), { variables: { x: { unit: "workers here", given: [{ unit: "人", factor: 1 }] } } })
      assert.deepStrictEqual(numbers(thousands.outputs["output"], "x"), [30000])
      const contradicted = (variable: object) =>
        Effect.map(faultsOf(ingest, inputs(text), { variables: { x: variable } }), (all) => all.map(({ message }) => message))
      assert.include(
        (yield* contradicted({ unit: "boxes", given: [{ unit: "crates", factor: 12 }] }))[0]!,
        'the file says that x is in "万人", given says "crates"'
      )
      assert.include((yield* contradicted({ unit: "persons", given: "人" }))[0]!, 'the file says that x is in "万人", given says "人": take given out')
    })
  )
  it.effect("a range holds of the value in its own unit, and the fault tells both", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,x（‰）", "Hebei,2003,1200")), { variables: { x: { unit: "%", max: 100 } } })
      assert.include(faults[0]!.message, 'found "1200 ‰, which is 120 %", expected a number at most 100')
    })
  )
})
