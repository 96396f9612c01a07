import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import { SourceDescription } from "../../../stages/ingest/source-params.ts"
import { ingest } from "../../../stages/ingest.ts"
import { entitiesOf, faultsOf } from "../panel-tables.ts"
import { column, fileOf, numbers, runStage } from "../run-stage.ts"

const provinces = entitiesOf(["Beijing", "Hebei", "Shanxi"], { short_zh: ["北京", "河北", "山西"] })
const inputs = (...rows: ReadonlyArray<string>) => ({ source: fileOf("data/a.csv", rows.join("\n")), entities: provinces })
const zh = { aliases: ["short_zh"] }
const cells = (output: Parameters<typeof column>[0], name: string) => {
  const [year, value] = [numbers(output, "year"), numbers(output, name)]
  return Array.from(column(output, "entity") as ReadonlyArray<string>, (who, i) => `${who} ${year[i]} ${value[i]}`)
}

describe("ingest: areas of a sheet", () => {
  const sideBySide = inputs("2005年,,,", "单位：万元,,,", "地区,x,地区,x", "北京,1,山西,3", "河北,2,,")
  const described = {
    ...zh,
    areas: ["A3:B5", "C3:D5"],
    header: 3,
    year: { cell: "A1", match: "\\d{4}" },
    units: { cell: "A2" },
    entity: "地区",
    variables: { x: { unit: "CNY" } }
  }
  it.effect("side by side, under one title and one unit; origins are the places in the file", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, sideBySide, described)
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2005 10000", "Hebei 2005 20000", "Shanxi 2005 30000"])
      assert.deepStrictEqual(column(outputs["output"], "x__source"), ["data/a.csv!B4: 1 万元", "data/a.csv!B5: 2 万元", "data/a.csv!D4: 3 万元"] as never)
    })
  )
  it.effect("one below the other, each with its own title, unit and year", () =>
    Effect.gen(function* () {
      const stacked = inputs("表1 2003年（万元）,", "地区,x", "北京,1", "河北,2", ",", "表2 2004年（亿元）,", "地区,x", "河北,4", "北京,3")
      const { outputs } = yield* runStage(ingest, stacked, {
        ...zh,
        areas: ["1:4", "6:9"],
        header: 2,
        year: { cell: "A1", match: "(\\d{4})年" },
        units: { cell: "A1", match: "（(.*)）" },
        entity: "地区",
        variables: { x: { unit: "万元" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 30000", "Hebei 2003 2", "Hebei 2004 40000"])
      assert.strictEqual((column(outputs["output"], "x__source") as ReadonlyArray<string>)[3], "data/a.csv!B8: 4 亿元")
    })
  )
  it.effect("numbers outside of the areas are told", () =>
    Effect.gen(function* () {
      const { warnings } = yield* runStage(ingest, inputs("地区,x,地区,x", "北京,1,山西,3", "河北,2,,"), {
        ...zh,
        areas: ["A1:B2", "C1:D2"],
        year: { is: 2003 },
        entity: "地区",
        variables: { x: {} }
      })
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["outside-areas"]
      )
      assert.include(warnings[0]!.message, "a number stands outside of the areas and is not read, the first in B3")
    })
  )
  it.effect("a fault names the place in the file; an area without anything in it is one", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs("地区,x,地区,x", "北京,1,山西,many"), {
        ...zh,
        areas: ["A1:B9", "C1:D9", "F1:G9"],
        year: { is: 2003 },
        entity: "地区",
        variables: { x: {} }
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row]),
        [
          ["not-a-number", 2],
          ["empty-file", undefined]
        ]
      )
      const beyond = yield* faultsOf(ingest, inputs("地区,x,地区,x", "北京,1,月亮,2"), {
        ...zh,
        areas: ["A:B", "C:D"],
        year: { is: 2003 },
        entity: "地区",
        variables: { x: {} }
      })
      assert.include(beyond[0]!.message, 'row 2, column "地区": found "月亮"')
    })
  )
  it("what is no range is refused", () => {
    const decode = Schema.decodeUnknownExit(SourceDescription as unknown as Schema.Codec<unknown>)
    for (const area of ["A", "A3", "3", "F40:A3", "A0:B2", "a1:b2", "A1:B2:C3", "A1;B2"])
      assert.strictEqual(decode({ areas: [area], variables: { x: {} } })._tag, "Failure", area)
    for (const area of ["A:B", "3:40", "A3:F40", "A3:F"]) assert.strictEqual(decode({ areas: [area], variables: { x: {} } })._tag, "Success", area)
  })
})

describe("ingest: headings among the rows", () => {
  it.effect("a year above its provinces; a province above its years", () =>
    Effect.gen(function* () {
      const years = inputs("地区,x", "2003年,", "北京,1", "河北,2", "2004年,", "北京,", "河北,4")
      const { outputs } = yield* runStage(ingest, years, { ...zh, entity: "地区", year: { heading: "A", match: "^(\\d{4})年" }, variables: { x: {} } })
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 NaN", "Hebei 2003 2", "Hebei 2004 4"])
      const provincesAbove = inputs("年份,x", "北京,", "2003,1", "2004,", "河北,", "2003,2", "2004,4")
      const turned = yield* runStage(ingest, provincesAbove, { ...zh, entity: { heading: "A", match: "^\\D+$" }, year: "年份", variables: { x: {} } })
      assert.deepStrictEqual(cells(turned.outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 NaN", "Hebei 2003 2", "Hebei 2004 4"])
    })
  )
  it.effect("rows before the first heading are a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs("地区,x", "北京,1", "2004年,", "河北,4"), {
        ...zh,
        entity: "地区",
        year: { heading: "A", match: "^(\\d{4})年" },
        variables: { x: {} }
      })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row]),
        [["bad-year", 2]]
      )
    })
  )
})
