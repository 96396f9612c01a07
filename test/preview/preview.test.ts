import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parseDataFile } from "../../src/dag/data-file.ts"
import { dictionaryText, readDictionary } from "../../src/preview/dictionary.ts"
import { preview } from "../../src/preview/preview.ts"
import { previewText } from "../../src/preview/preview-text.ts"
import { fileOf } from "../stages/run-stage.ts"

const lines = (...rows: ReadonlyArray<string>) => rows.join("\n")
const options = { sheet: undefined, encoding: undefined, delimiter: undefined, quote: undefined, description: undefined }
const seen = (path: string, text: string) =>
  Effect.gen(function* () {
    const dictionary = yield* readDictionary("data/provinces.csv", "data/provinces.csv")
    return yield* preview([fileOf(path, text)], dictionary, options)
  })

describe("preview: a description is proposed that reads the file", () => {
  it.effect("a yearbook's table: title, unit in a note, years across, totals, notes below", () =>
    Effect.gen(function* () {
      const text = lines(
        "4-3 各地区从业人员,,",
        "单位：万人,,",
        "地 区,2003年,2004年",
        '全 国,"1,004",6',
        "东部地区,1,2",
        "北京,1,2",
        "河北省,3,—",
        "Inner Mongolia,3①,5",
        "注：本表数据为年末数。,,",
        "资料来源：国家统计局。,,"
      )
      const { description, faults, proposed, remarks, understood } = yield* seen("a.csv", text)
      assert.deepStrictEqual([faults, understood!.faults, proposed, remarks], [[], [], true, []])
      assert.deepStrictEqual(description, {
        header: 3,
        footnotes: ["注", "资料来源"],
        passOver: ["全 国", "东部地区"],
        missing: ["NA", "NaN", ".", "-", "…", "—"],
        marks: ["①"],
        entity: "地 区",
        year: { row: 3 },
        variable: { is: "各地区从业人员" },
        units: { cell: "A2" },
        variables: { 各地区从业人员: { unit: "万人" } }
      } as never)
      assert.deepStrictEqual(understood!.years, [2003, 2004])
      assert.deepStrictEqual(
        understood!.variables.map(({ max, missing, unit, values }) => [unit, values, missing, max]),
        [["万人", 5, 1, 5]]
      )
    })
  )
  it.effect("the study's own tables are proposed as the plain tables that they are", () =>
    Effect.gen(function* () {
      const path = "data/replica/controls.synthetic.csv"
      const { description, understood } = yield* seen(path, readFileSync(path, "utf8"))
      assert.deepStrictEqual(
        [description!.entity, description!.year, Object.keys(description!.variables).length, understood!.rows, understood!.entities.length],
        ["entity", "year", 8, 589, 31]
      )
    })
  )
  it.effect("two header rows, provinces across, a long table, a year in the file's name", () =>
    Effect.gen(function* () {
      const crossed = yield* seen("b.csv", lines("地区,工业增加值（亿元）,,从业人员（人）,", ",2003,2004,2003,2004", "北京,1,2,5,6", "河北,3,4,7,8"))
      assert.deepStrictEqual(crossed.understood!.faults, [])
      assert.deepStrictEqual(
        crossed.understood!.variables.map(({ name, unit }) => [name, unit]),
        [
          ["工业增加值", "亿元"],
          ["从业人员", "人"]
        ]
      )
      const across = yield* seen("c.csv", lines("GDP of provinces,,,", "年份,北京,河北,上海", "2003,1,3,5", "2004,2,4,6"))
      assert.deepStrictEqual([across.understood!.faults, across.understood!.rows, across.understood!.years], [[], 6, [2003, 2004]])
      const long = yield* seen("d.csv", lines("地区,年份,指标,数值", "北京,2003,GDP,1", "北京,2003,人口,5", "河北,2003,GDP,3", "河北,2003,人口,7"))
      assert.deepStrictEqual(long.description!.long, { variable: "指标", value: "数值" })
      assert.deepStrictEqual([long.understood!.faults, long.understood!.rows], [[], 2])
      const named = yield* seen("yearbook-2004.csv", lines("地区,GDP（亿元）,人口（万人）", "北京,1,2", "河北,3,4", "上海,5,6"))
      assert.strictEqual(named.description!.yearIs, "edition")
      assert.deepStrictEqual(named.description!.year, { file: true, match: "((?:19|20)\\d{2})" })
      assert.deepStrictEqual([named.understood!.faults, named.understood!.years], [[], [2003]])
    })
  )
  it.effect("a column of units is none of variables, in any language", () =>
    Effect.gen(function* () {
      for (const head of ["Unit", "Units", "Einheit", "单位"]) {
        const { description, understood } = yield* seen("u.csv", lines("地区 的 产值,,,", `地区,${head},2003,2004`, "北京,Mrd. EUR,1,2", "河北,Mrd. EUR,3,4"))
        assert.deepStrictEqual([description!.units, understood!.faults], [head, []])
        assert.deepStrictEqual(
          understood!.variables.map(({ unit, values }) => [unit, values]),
          [["Mrd. EUR", 4]]
        )
      }
    })
  )
  it.effect("without a dictionary nothing is said not to be in it, and the names are given for one; a description that is given tells its own layout", () =>
    Effect.gen(function* () {
      const file = fileOf("n.csv", lines("GDP of places,,", "place,2003,2004", "Ayr,1,2", '"Bute, the",3,4', "Both,4,6"))
      const proposed = yield* preview([file], undefined, options)
      assert.deepStrictEqual([proposed.remarks, proposed.names], [[], ["Ayr", "Bute, the", "Both"]])
      assert.strictEqual(dictionaryText(proposed.names), 'entity\nAyr\n"Bute, the"\nBoth\n')
      const given = { header: 3, passOver: ["Both"], entity: { column: "A" }, year: { row: 2 }, variable: { is: "gdp" }, variables: { gdp: {} } }
      const described = yield* preview([file], undefined, { ...options, description: given })
      assert.deepStrictEqual(described.names, ["Bute, the"])
      const text = previewText(described, undefined)
      assert.include(text, "by the description, headers in rows 2-3, data from row 4 on")
      assert.include(text.replace(/\n#\s+/g, " "), 'nothing is read: "Ayr" (row 3)')
    })
  )
  it.effect("what is printed is the description's file as a whole", () =>
    Effect.gen(function* () {
      const one = yield* seen("d.csv", lines("地区,年份,GDP（亿元）", "北京,2003,1", "河北,2003,3", "月亮,2003,4"))
      const text = previewText(one, "data/provinces.csv")
      assert.deepStrictEqual(parseDataFile("a.yaml", text), one.description as never)
      assert.include(text, '#   - not in the dictionary: "月亮"')
    })
  )
  it.effect("a text file is read as it is asked for, or as its description says", () =>
    Effect.gen(function* () {
      const bytes = Uint8Array.from(lines('"region;year;value', "B\u00e9;2003;1", "C;2003;2"), (character) => character.charCodeAt(0))
      const look = (more: object) => preview([fileOf("f.csv", bytes)], undefined, { ...options, ...more })
      assert.deepStrictEqual(
        (yield* look({})).faults.map(({ code }) => code),
        ["unknown-encoding"]
      )
      const said = { encoding: "windows-1252", delimiter: ";", quote: "" }
      const described = { ...said, entity: '"region', year: "year", variables: { value: {} } }
      for (const more of [said, { description: described }]) {
        const { description, faults, files, understood } = yield* look(more)
        assert.deepStrictEqual([faults, understood!.faults, files[0]!.understood], [[], [], said])
        assert.include(description, said)
        assert.deepStrictEqual(understood!.entities, ["B\u00e9", "C"])
      }
    })
  )
  it.effect("a file without a table says so", () =>
    Effect.gen(function* () {
      const { description, faults } = yield* seen("e.csv", "hello\nworld\n")
      assert.strictEqual(description, undefined)
      assert.deepStrictEqual(
        faults.map(({ code }) => code),
        ["no-table"]
      )
    })
  )
})
