import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { ingest } from "../../../stages/ingest.ts"
import { faultsOf } from "../panel-tables.ts"
import { column, numbers, runStage } from "../run-stage.ts"
import { cells, inputs, lines, zh } from "./two-provinces.ts"

const yearbook = ["Beijing 2003 1", "Beijing 2004 2", "Hebei 2003 3", "Hebei 2004 4"]

describe("ingest: how a file is laid out", () => {
  it.effect("years stand across, under a title, with a unit in a note, notes below and a national total", () =>
    Effect.gen(function* () {
      const text = lines(
        "4-3 各地区从业人员,,",
        "单位：万人,,",
        "地 区,2003年,２００４",
        "全 国,4,6",
        "北京,1,2",
        "河北,3,4",
        "注：本表数据为年末数。,,",
        "资料来源：国家统计局,,"
      )
      const { outputs, warnings } = yield* runStage(ingest, inputs(text), {
        ...zh,
        header: 3,
        entity: "地区",
        year: { row: 3 },
        variable: { is: "workers" },
        units: { cell: "A2" },
        passOver: ["全国"],
        footnotes: ["注", "资料来源"],
        variables: { workers: { unit: "persons" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "workers"), ["Beijing 2003 10000", "Beijing 2004 20000", "Hebei 2003 30000", "Hebei 2004 40000"])
      assert.strictEqual((column(outputs["output"], "workers__source") as ReadonlyArray<string>)[3], "data/a.csv!C6: 4 万人")
      assert.deepStrictEqual(
        warnings.map(({ code, message }) => [code, message]),
        [["passed-over", 'data/a.csv: 1 row that is no entity of the study is passed over: "全 国" (1)']]
      )
    })
  )
  it.effect("variables and years stand across in two header rows, of which the upper lost its merged cells", () =>
    Effect.gen(function* () {
      const text = lines("地区,工业增加值（亿元）,,从业人员（人）,", ",2003,2004,2003,2004", "北京,1,2,5,6", "河北,3,4,7,8")
      const { outputs } = yield* runStage(ingest, inputs(text), {
        ...zh,
        header: [1, 2],
        entity: "地区",
        year: { row: 2 },
        variables: { output: { header: "工业增加值", unit: "100 million CNY" }, workers: { header: "从业人员" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "output"), yearbook)
      assert.deepStrictEqual(cells(outputs["output"], "workers"), ["Beijing 2003 5", "Beijing 2004 6", "Hebei 2003 7", "Hebei 2004 8"])
      assert.strictEqual(outputs["output"]!.columns.find(({ name }) => name === "workers")!.unit, "人")
    })
  )
  it.effect("provinces stand across, and years below", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs(lines("年份,北京,河北", "2003,1,3", "2004,2,4")), {
        ...zh,
        entity: { row: 1 },
        year: "年份",
        variable: { is: "gdp" },
        variables: { gdp: {} }
      })
      assert.deepStrictEqual(cells(outputs["output"], "gdp"), yearbook)
    })
  )
  it.effect("the year stands in the file's name, variables in a column, and the province is that of the rows above", () =>
    Effect.gen(function* () {
      const text = lines(",指标,数值", "北京,GDP,1", ",人口,5", "河北,GDP,3", ",人口,7")
      const { outputs } = yield* runStage(ingest, inputs(text, "data/yearbook-2004.csv"), {
        ...zh,
        entity: { column: "A" },
        fillDown: true,
        year: { file: true, match: "(\\d{4})" },
        yearIs: "edition",
        long: { variable: "指标", value: "数值" },
        variables: { gdp: { header: "GDP" }, population: { header: "人口" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "gdp"), ["Beijing 2003 1", "Hebei 2003 3"])
      assert.deepStrictEqual(cells(outputs["output"], "population"), ["Beijing 2003 5", "Hebei 2003 7"])
    })
  )
  it.effect("columns of one header are told apart by the header above, or by their letter", () =>
    Effect.gen(function* () {
      const text = lines("地区,年份,制造业,,服务业,", ",,人数,工资,人数,工资", "北京,2003,1,2,3,4")
      const described = (variables: object) => ({ ...zh, header: [1, 2], entity: "地区", year: "年份", variables })
      const { outputs } = yield* runStage(ingest, inputs(text), described({ wage: { header: ["服务业", "工资"] }, people: { column: "C" } }))
      assert.deepStrictEqual(numbers(outputs["output"], "wage"), [4])
      assert.deepStrictEqual(numbers(outputs["output"], "people"), [1])
      const faults = yield* faultsOf(ingest, inputs(text), described({ wage: { header: "工资" } }))
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["duplicate-header"]
      )
      assert.include(faults[0]!.message, '"工资" names "制造业 / 工资" and "服务业 / 工资"')
    })
  )
  it.effect("a column under no year is passed over and told", () =>
    Effect.gen(function* () {
      const { outputs, warnings } = yield* runStage(ingest, inputs(lines("entity,2003,2004,remarks", "Beijing,1,2,x", "Hebei,3,4,")), {
        year: { row: 1 },
        variable: { is: "gdp" },
        variables: { gdp: {} }
      })
      assert.deepStrictEqual(cells(outputs["output"], "gdp"), yearbook)
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["columns-passed-over"]
      )
      assert.include(warnings[0]!.message, '"remarks"')
    })
  )
})
