import { assert, describe, it } from "@effect/vitest"
import { Effect, Schema } from "effect"
import fc from "fast-check"
import { readNumberText, scaled } from "../../../stages/ingest/number-text.ts"
import { patternIssue } from "../../../stages/ingest/safe-pattern.ts"
import { SourceDescription } from "../../../stages/ingest/source-params.ts"
import { conversion, splitUnit, unitInNote } from "../../../stages/ingest/unit.ts"
import { readYearText } from "../../../stages/ingest/year-text.ts"
import { ingest } from "../../../stages/ingest.ts"
import { entitiesOf, faultsOf } from "../panel-tables.ts"
import { column, fileOf, numbers, runStage } from "../run-stage.ts"

const provinces = entitiesOf(["Beijing", "Hebei"], { short_zh: ["北京", "河北"] })
const inputs = (...rows: ReadonlyArray<string>) => ({ source: fileOf("data/a.csv", rows.join("\n")), entities: provinces })
const zh = { aliases: ["short_zh"] }
const cells = (output: Parameters<typeof column>[0], name: string) => {
  const [year, value] = [numbers(output, "year"), numbers(output, name)]
  return Array.from(column(output, "entity") as ReadonlyArray<string>, (who, i) => `${who} ${year[i]} ${value[i]}`)
}

describe("ingest: signs of footnotes are no digits", () => {
  const read = (text: string, marks: ReadonlyArray<string> = []) => {
    const one = readNumberText(text, { missing: [], decimal: ".", marks })
    return one.kind === "number" ? Number(one.digits) : one.kind
  }
  it("a circled or raised digit is never part of a number or a year", () => {
    assert.deepStrictEqual(
      ["12.5①", "5²", "3⑴", "７①"].map((text) => read(text)),
      ["wrong", "wrong", "wrong", "wrong"]
    )
    assert.deepStrictEqual(
      ["12.5①", "2.1", "121", "７①②", "1①"].map((text) => read(text, ["①", "②"])),
      [12.5, 2.1, 121, 7, 1]
    )
    assert.deepStrictEqual([read("5＊", ["*"]), read("5 *", ["＊"]), read("5**", ["*"])], [5, 5, 5])
    assert.deepStrictEqual([readYearText("2003①"), readYearText("2003①", ["①"]), readYearText("２００３年")], [undefined, 2003, 2003])
  })
  it("what is part of a number or its unit is no sign of a footnote", () => {
    const decode = Schema.decodeUnknownExit(SourceDescription as unknown as Schema.Codec<unknown>)
    const told = (mark: string) => decode({ variables: { x: {} }, marks: [mark] })._tag
    assert.deepStrictEqual(
      ["1", "００", ".", "万", "%"].map(told),
      Array.from({ length: 5 }, () => "Failure")
    )
    assert.deepStrictEqual(
      ["①", "²", "*", "a)", "(1)"].map(told),
      Array.from({ length: 5 }, () => "Success")
    )
    const remedies = ["5万", "5元", "5 ‰"].map((text) => readNumberText(text, { missing: [], decimal: ".", marks: [] }))
    for (const remedy of remedies) assert.include(remedy.kind === "wrong" ? remedy.remedy : "", "says a unit")
  })
  it.effect("declared signs stand behind names, years and labels too; a name that ends like one is that name", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs("地区,指标,2003①,2004", "北京①,GDP①（亿元）,1,2", "河北,GDP,3,4"), {
        ...zh,
        marks: ["①", "北"],
        year: { row: 1 },
        entity: "地区",
        variable: "指标",
        variables: { gdp: { header: "GDP" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "gdp"), ["Beijing 2003 1", "Beijing 2004 2", "Hebei 2003 3", "Hebei 2004 4"])
    })
  )
})

describe("ingest: a key that stands in the first of its rows only", () => {
  it.effect("is that of its rows, also where the first of them is of no declared variable, or passed over", () =>
    Effect.gen(function* () {
      const long = inputs("地区,年份,指标,数值", "北京,2003,GDP,1", ",,人口,5", "河北,2003,人口,7", ",2004,GDP,3")
      const { outputs } = yield* runStage(ingest, long, {
        ...zh,
        entity: "地区",
        year: "年份",
        fillDown: true,
        long: { variable: "指标", value: "数值" },
        variables: { gdp: { header: "GDP" } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "gdp"), ["Beijing 2003 1", "Hebei 2004 3"])
      const years = inputs("年份,地区,x", "2003,全国,9", ",北京,1", "2004,全国,9", ",北京,2")
      const filled = yield* runStage(ingest, years, { ...zh, entity: "地区", year: "年份", fillDown: true, passOver: ["全国"], variables: { x: {} } })
      assert.deepStrictEqual(cells(filled.outputs["output"], "x"), ["Beijing 2003 1", "Beijing 2004 2"])
    })
  )
})

describe("ingest: units", () => {
  it.effect("the nearest counts: the row's, the label's, the column's, the sheet's", () =>
    Effect.gen(function* () {
      const note = inputs("单位：亿元,,", "entity,gdp,wage（元）", "Hebei,2,30000")
      const { outputs } = yield* runStage(ingest, note, {
        header: 2,
        year: { is: 2003 },
        units: { cell: "A1" },
        variables: { gdp: { unit: "CNY" }, wage: { unit: "CNY" } }
      })
      assert.deepStrictEqual([numbers(outputs["output"], "gdp"), numbers(outputs["output"], "wage")], [[2e8], [30000]])
      const labels = yield* runStage(ingest, inputs("指标,2003", "地区生产总值(亿元),2", "年末人口（万人）,3"), {
        entity: { is: "Hebei" },
        year: { row: 1 },
        variable: "指标",
        variables: { gdp: { header: "地区生产总值", unit: "CNY" }, people: { header: "年末人口", unit: "persons" } }
      })
      assert.deepStrictEqual([numbers(labels.outputs["output"], "gdp"), numbers(labels.outputs["output"], "people")], [[2e8], [30000]])
      const row = yield* runStage(ingest, inputs("entity,a,b（万人）", ",（亿元）,", "Hebei,2,3"), {
        header: [1, 2],
        year: { is: 2003 },
        units: { row: 2 },
        variables: { a: { unit: "CNY" }, b: { unit: "persons" } }
      })
      assert.deepStrictEqual([numbers(row.outputs["output"], "a"), numbers(row.outputs["output"], "b")], [[2e8], [30000]])
    })
  )
  it.effect("a percent sign in the cell counts more than what is given", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs("entity,year,x", "Hebei,2003,12.5%", "Hebei,2004,0.25"), {
        variables: { x: { unit: "%", given: "1" } }
      })
      assert.deepStrictEqual(numbers(outputs["output"], "x"), [12.5, 25])
    })
  )
  it("a number brought to another unit and back is that number", () => {
    const families = [
      ["元", "万元", "亿元", "million yuan", "billion yuan", "千元", "100 million CNY"],
      ["persons", "万人", "千人", "10,000 persons"],
      ["%", "‰", "1"],
      ["元/人", "万元/人", "yuan per person", "亿元/万人"]
    ]
    const pairs = families.flatMap((units) => units.flatMap((from) => units.map((to) => [from, to] as const)))
    fc.assert(
      fc.property(fc.constantFrom(...pairs), fc.integer({ min: -1e11, max: 1e11 }), fc.integer({ min: 0, max: 6 }), ([from, to], n, decimals) => {
        const number = Number(`${n}e-${decimals}`)
        const there = scaled(String(number), conversion(from, to)!)
        return Object.is(scaled(String(there), conversion(to, from)!), number)
      })
    )
  })
  it("are known in two languages, on two lines and with a remark", () => {
    assert.deepStrictEqual(splitUnit("工业增加值\n（亿元）"), { name: "工业增加值", unit: "亿元" })
    assert.deepStrictEqual(
      ["单位：亿元（当年价）", "单位：万人 Unit: 10 000 persons", "(单位：万人) (Unit: 10 000 persons)", "按当年价格计算。单位:\n元/人"].map(unitInNote),
      ["亿元", "万人", "万人", "元/人"]
    )
    assert.deepStrictEqual(splitUnit("工业增加值（亿元，当年价）"), { name: "工业增加值(亿元,当年价)", unit: "亿元" })
    assert.strictEqual(unitInNote("单位（万元）"), "万元")
    assert.strictEqual(conversion("万人 (10 000 persons)", "persons"), 10_000)
    assert.strictEqual(conversion("元（当年价）", "CNY"), 1)
    assert.strictEqual(conversion("万人 (1 000 persons)", "persons"), undefined)
  })
})

describe("ingest: headers", () => {
  it.effect("three rows that lost their merged cells; a whole header before one of which it is a part; either line of a bilingual one", () =>
    Effect.gen(function* () {
      const text = inputs("地区,产值,,,,合计", ',"第一\n产业",,第二产业,,', ",2003,2004,2003,2004,2003", "北京,1,2,3,4,9", "河北,5,6,7,8,9")
      const { outputs } = yield* runStage(ingest, text, {
        ...zh,
        header: [1, 2, 3],
        entity: "地区",
        year: { row: 3 },
        variables: { first: { header: ["产值", "第一产业"] }, second: { header: ["产值", "第二产业"] } }
      })
      assert.deepStrictEqual(cells(outputs["output"], "second"), ["Beijing 2003 3", "Beijing 2004 4", "Hebei 2003 7", "Hebei 2004 8"])
      assert.deepStrictEqual(numbers(outputs["output"], "first"), [1, 2, 5, 6])
      const lines = inputs('"地区\nRegion",GDP,', ",,第一产业", "北京,1,2")
      const whole = yield* runStage(ingest, lines, { ...zh, header: [1, 2], entity: "Region", year: { is: 2003 }, variables: { gdp: { header: "GDP" } } })
      assert.deepStrictEqual(numbers(whole.outputs["output"], "gdp"), [1])
    })
  )
  it.effect("numbers under no year are told; so is a note with numbers in it", () =>
    Effect.gen(function* () {
      const described = { ...zh, entity: "地区", year: { row: 1 }, variable: { is: "x" }, variables: { x: {} } }
      const { warnings } = yield* runStage(ingest, inputs("地区,2003,,2004", "北京,1,7,2", "河北,3,8,4"), described)
      assert.deepStrictEqual(
        warnings.map(({ code }) => code),
        ["unread-columns"]
      )
      assert.include(warnings[0]!.message, "in column C (from row 2)")
      const faults = yield* faultsOf(ingest, inputs("地区,2003", "北京,1", "北方,2"), { ...described, footnotes: ["北"] })
      assert.deepStrictEqual(
        faults.map(({ code, where }) => [code, where?.row]),
        [
          ["note-with-value", 2],
          ["note-with-value", 3]
        ]
      )
    })
  )
  it.effect("an entity above the data, in a row that is taken for a header, is told; what is passed over there, and a title, is not", () =>
    Effect.gen(function* () {
      const described = { ...zh, entity: { column: "A" }, year: { row: 2 }, variable: { is: "x" }, variables: { x: {} }, passOver: ["全国"] }
      const text = inputs("河北,", "地区,2003", "全国,4", "北京,1", "河北,3")
      const told = (more: object) =>
        Effect.map(runStage(ingest, text, { ...described, ...more }), ({ warnings }) => warnings.filter(({ code }) => code === "entity-in-header"))
      assert.deepStrictEqual(yield* told({ header: 2 }), [])
      assert.deepStrictEqual(yield* told({ header: 3 }), [])
      for (const more of [{ header: 4 }, { header: [2, 3, 4] }, { header: 2, first: 5 }]) {
        const [warning, ...others] = yield* told(more)
        assert.deepStrictEqual([warning?.where?.row, others], [4, []])
        assert.include(warning!.message, 'nothing is read: "北京" (row 4); correct header, or first')
      }
    })
  )
  it.effect("a part of a cell is meant where match says so, in a column as in a row", () =>
    Effect.gen(function* () {
      const { outputs } = yield* runStage(ingest, inputs("区,时间,x", "北京 Beijing,2003-12-31,1", "河北 Hebei,2003-12-31,3"), {
        entity: { column: "A", match: "[A-Za-z]+" },
        year: { column: "B", match: "^\\d{4}" },
        variables: { x: {} }
      })
      assert.deepStrictEqual(cells(outputs["output"], "x"), ["Beijing 2003 1", "Hebei 2003 3"])
    })
  )
})

describe("patterns", () => {
  it("that can take forever are refused, and no others", () => {
    const fine = ["(\\d{4})", "((?:19|20)\\d{2})", "^.*?(\\d{4}).*$", "[(+]+", "\\(\\d+\\)", "(?<y>\\d+)年?", "^(\\p{Script=Han}+)", "(ab)+"]
    assert.deepStrictEqual(
      fine.map(patternIssue),
      fine.map(() => undefined)
    )
    const hostile = ["(a+)+$", "(a|aa)+$", "(a*){20}", "a*a*a*a*b", "((a+)b?)+", "(x{0,100}){3}", "a?".repeat(12), "(["]
    for (const pattern of hostile) assert.isString(patternIssue(pattern), pattern)
  })
})
