import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { conversion, splitUnit, unitInNote } from "../../../stages/ingest/unit.ts"
import { ingest } from "../../../stages/ingest.ts"
import { entitiesOf, faultsOf } from "../panel-tables.ts"
import { column, fileOf, numbers, runStage } from "../run-stage.ts"

const provinces = entitiesOf(["Beijing", "Hebei"], { short_zh: ["北京", "河北"] })
const inputs = (text: string, path = "data/a.csv") => ({ source: fileOf(path, text), entities: provinces })
const lines = (...rows: ReadonlyArray<string>) => rows.join("\n")
const zh = { aliases: ["short_zh"] }

/** Rows as `entity year value`. */
const cells = (output: Parameters<typeof column>[0], name: string) => {
  const year = numbers(output, "year")
  const value = numbers(output, name)
  return Array.from(column(output, "entity") as ReadonlyArray<string>, (who, i) => `${who} ${year[i]} ${value[i]}`)
}
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

describe("ingest: corrections, splices, repeated cells", () => {
  const text = lines("entity,year,x", "Beijing,2003,1", "Hebei,2003,33", "Hebei,2004,4")
  const correction = { entity: "河北", year: 2003, variable: "x", found: 33, value: 3, reason: "a digit too many, see the yearbook of 2005" }

  it.effect("a correction is applied, marked, and its reason kept", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs(text), { ...zh, variables: { x: {} }, corrections: [correction] })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [1, 3, 4])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [0, 1, 0])
      const source = (column(outputs["output"], "x__source") as ReadonlyArray<string>)[1]
      assert.strictEqual(source, 'data/a.csv!C3; corrected, found "33": a digit too many, see the yearbook of 2005')
    })
  )
  it.effect("a correction of a cell that holds something else by now, or is not there, is a fault", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, inputs(text), {
        ...zh,
        variables: { x: {} },
        corrections: [
          { ...correction, found: 34 },
          { ...correction, year: 1999 },
          { ...correction, entity: "Atlantis" }
        ]
      })
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["outdated-correction", "unknown-entity", "no-such-cell"]
      )
      assert.include(faults[0]!.message, 'row 3, column "x": found "33", expected "34", which its correction replaces')
    })
  )
  it.effect("a cell can be declared missing, and a missing one known", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs(lines("entity,year,x", "Beijing,2003,", "Hebei,2003,0")), {
        variables: { x: {} },
        corrections: [
          { entity: "Beijing", year: 2003, variable: "x", found: null, value: 7, reason: "by the ministry's bulletin" },
          { entity: "Hebei", year: 2003, variable: "x", found: 0, value: null, reason: "0 stands for nothing reported" }
        ]
      })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [7, Number.NaN])
    })
  )
  it.effect("a name that the file has wrong is put right, with a reason; not into another entity's, nor into none", () =>
    Effect.gen(function* () {
      const named = (names: ReadonlyArray<object>) => ({ variables: { x: {} }, names })
      const wrong = lines("entity,year,x", "Heibei,2003,3")
      const { outputs } = yield* runStage(ingest, inputs(wrong), named([{ found: "HEIBEI", is: "Hebei", reason: "a misprint of the table" }]))
      assert.deepStrictEqual(column(outputs["output"], "entity"), ["Hebei"])
      const faults = yield* faultsOf(
        ingest,
        inputs(wrong),
        named([
          { found: "Beijing", is: "Hebei", reason: "x" },
          { found: "Heibei", is: "Hebbei", reason: "x" }
        ])
      )
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.value]),
        [
          ["unknown-entity", "Heibei"],
          ["renames-entity", "Beijing"],
          ["unknown-entity", "Hebbei"]
        ]
      )
    })
  )
  it.effect("a series goes on in another one at its level", () =>
    Effect.gen(function* () {
      const data = lines("entity,year,a,b", "Hebei,2003,10,", "Hebei,2004,20,40", "Hebei,2005,30,50")
      const series = (how: string) => ({
        variables: { a: {}, b: { unit: "CNY", description: "new" } },
        splices: [{ variable: "x", old: "a", new: "b", link: 2004, how, reason: "the census of 2004" }]
      })
      const { outputs } = yield* runStage(ingest, inputs(data), series("ratio"))
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [20, 40, 50])
      assert.deepStrictEqual(numbers(outputs["output"], "x__filled"), [1, 0, 0])
      const source = column(outputs["output"], "x__source") as ReadonlyArray<string>
      assert.strictEqual(source[0], "data/a.csv!C2; a brought to the level of b in 2004 (ratio): the census of 2004")
      assert.strictEqual(source[1], "data/a.csv!D3")
      assert.deepStrictEqual(
        outputs["output"]!.columns.map(({ name, unit }) => `${name} ${unit}`.trim()),
        ["entity", "year year", "x CNY", "x__filled", "x__source"]
      )
      const difference = yield* runStage(ingest, inputs(data), series("difference"))
      assert.deepStrictEqual(numbers(difference.outputs["output"], "x"), [30, 40, 50])
      const faults = yield* faultsOf(ingest, inputs(lines("entity,year,a,b", "Hebei,2003,10,", "Hebei,2004,0,40")), series("ratio"))
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.entity, where?.year]),
        [["no-link", "Hebei", 2004]]
      )
    })
  )
  it.effect("a cell that is given again is a fault, may be the same, or stands as last given", () =>
    Effect.gen(function* () {
      const twice = lines("entity,year,x", "Hebei,2003,3", "Hebei,2003,3", "Beijing,2003,1", "Beijing,2003,2")
      const told = (repeated: string) =>
        Effect.map(faultsOf(ingest, inputs(twice), { variables: { x: {} }, repeated }), (faults) => faults.map(({ where }) => where?.row))
      assert.deepStrictEqual(yield* told("fault"), [3, 5])
      assert.deepStrictEqual(yield* told("same"), [5])
      const { outputs } = yield* runStage(ingest, inputs(twice), { variables: { x: {} }, repeated: "last" })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [2, 3])
    })
  )
})

describe("ingest: several files", () => {
  const perYear = { year: { file: true, match: "\\d{4}" }, variables: { x: { unit: "persons" } } }
  const files = (...texts: ReadonlyArray<readonly [year: number, text: string]>) => ({
    source: texts.map(([year, text]) => fileOf(`data/yearbook/${year}.csv`, text)),
    entities: provinces
  })
  it.effect("a file a year, each with its own unit and columns", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(
        ingest,
        files([2003, lines("entity,x（人）", "Beijing,1", "Hebei,3")], [2004, lines("entity,remarks,x（万人）", "Hebei,,4", "Beijing,,2")]),
        perYear
      )
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 20000", "Hebei 2003 3", "Hebei 2004 40000"])
      assert.strictEqual((column(outputs["output"], "x__source") as ReadonlyArray<string>)[3], "data/yearbook/2004.csv!C2: 4 万人")
    })
  )
  it.effect("what is wrong in any of them is told together; a key that two files have names both places", () =>
    Effect.gen(function* () {
      const faults = yield* faultsOf(ingest, files([2003, "entity,x\nHebei,1\n"], [2004, 'entity,x\n"Hebei,1\n']), { ...perYear, year: { is: 2003 } })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.file]),
        [["open-quote", "data/yearbook/2004.csv"]]
      )
      const twice = yield* faultsOf(ingest, files([2003, "entity,x\nHebei,1\n"], [2004, "entity,x\nHebei,2\n"]), { ...perYear, year: { is: 2003 } })
      assert.include(twice[0]!.message, "data/yearbook/2004.csv, row 2: found (Hebei, 2003) again")
      assert.include(twice[0]!.message, "it stands already in data/yearbook/2003.csv, row 2")
    })
  )
})
