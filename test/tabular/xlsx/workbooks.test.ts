import { readFileSync } from "node:fs"
import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { cellsOf, faultsOf, read, relationships, sheetXml, stringsXml, stylesXml, workbookParts } from "./workbook-file.ts"

const fixture = (name: string) => Uint8Array.from(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
const codes = (warnings: ReadonlyArray<{ readonly code: string }>) => warnings.map(({ code }) => code)

const population = {
  1: ["2-1 分地区年末人口数"],
  2: ["地 区", "年末总人口(万人)", null, "城镇人口比重", "备注"],
  3: [null, 2019, 2020, 2020],
  4: ["北京市", 2190.1, 2189, 0.8755, "见注1"],
  5: ["天津市", 1385, 1386.6, 0.847],
  6: ["合 计", 3575.1, 3575.6, null, true],
  8: ["注1:数据来自 <统计局> & 公安部"]
}

describe("workbooks of other programs", () => {
  it.each(["openpyxl.xlsx", "libreoffice.xlsx"])("reads %s: sheets in order, hidden ones told, merged headers, percents, dates", async (name) => {
    const file = await read(fixture(name))
    expect(file.sheets.map((sheet) => sheet.name)).toEqual(["2-1 人口", "说明", "日期"])
    expect(cellsOf(file)).toEqual(population)
    expect(file.sheets[0]!.merged).toEqual([
      { top: 1, left: 0, bottom: 1, right: 4 },
      { top: 2, left: 0, bottom: 3, right: 0 },
      { top: 2, left: 1, bottom: 2, right: 2 }
    ])
    expect(cellsOf(file, 1)).toEqual({ 3: [null, "'007"], 4: [null, null, "007"] })
    expect(cellsOf(file, 2)).toEqual({
      1: ["日期", "2020-02-29", "1999-12-31T18:30:00", "07:45:00", 1.25],
      2: ["1900", "1900-01-01", "1900-02-28", 60, "1900-03-01"],
      3: ["万元", 123456],
      ...(name === "libreoffice.xlsx" ? { 4: ["错误", "#DIV/0!", null, false, "ab"] } : {})
    })
    expect(codes(file.warnings)).toEqual(["percent-numbers", "hidden-sheet", "elapsed-numbers", "undated-numbers", "scaled-numbers"])
  })

  it("reads the dates of a workbook that counts from 1904", async () => {
    expect(cellsOf(await read(fixture("openpyxl-1904.xlsx")), 2)[1]).toEqual(["日期", "2020-02-29", "1999-12-31T18:30:00", "07:45:00", 1.25])
  })

  it("gives the sheets that can be read where others cannot, whose rows throw what is wrong", async () => {
    const file = await read(fixture("openpyxl-formulas.xlsx"))
    expect(cellsOf(file, 1)).toEqual({ 3: [null, "'007"], 4: [null, null, "007"] })
    expect(() => cellsOf(file)).toThrow('sheet "2-1 人口", B6 and C6: formula without a stored result')
    expect(codes(file.warnings)).toEqual(["unreadable-sheet", "hidden-sheet", "unreadable-sheet"])
    expect(file.warnings[0]!.message).toMatch(/^data\/book\.xlsx: sheet "2-1 人口" cannot be read, while others can: sheet "2-1 人口", B6 and C6: formula/)
  })

  it("names old and other formats", async () => {
    expect(await faultsOf(fixture("libreoffice.xls"))).toEqual([
      "not-xlsx: data/book.xlsx: it is an old Excel file (.xls, of Excel 5 to 2003); open it in a spreadsheet program and save it as .xlsx"
    ])
    expect((await faultsOf(fixture("libreoffice.ods")))[0]).toContain("not-xlsx: data/book.xlsx: it is an OpenDocument file (.ods")
  })
})

describe("sheets", () => {
  it("follows the order of the tabs, wherever the parts are, and tells what is hidden", async () => {
    const xml = (value: number) =>
      sheetXml(
        `<row hidden="1"><c><v>${value}</v></c></row><row hidden="1"/>`,
        "",
        '<cols><col min="2" max="2" hidden="1"/><col min="4" max="6" hidden="true"/></cols>'
      )
    const file = await read({
      sheets: { 甲: "", "乙 &amp; 丙": "" },
      states: { 甲: 'state="veryHidden"' },
      parts: {
        "xl/_rels/workbook.xml.rels": relationships(["rId2", "worksheet", "../other/B.xml"], ["rId1", "worksheet", "/xl/./Worksheets/a.xml"]),
        "other/b.xml": xml(2),
        "xl\\worksheets\\a.xml": xml(1)
      }
    })
    expect(file.sheets.map(({ name }) => name)).toEqual(["甲", "乙 & 丙"])
    expect([cellsOf(file, 0), cellsOf(file, 1)]).toEqual([{ 1: [1] }, { 1: [2] }])
    expect(file.warnings.slice(0, 3).map(({ message }) => message)).toEqual([
      'data/book.xlsx: sheet "甲" is hidden in the workbook; it is read like the others',
      'data/book.xlsx: sheet "甲": 1 hidden rows, the first of them 1, are read like the others',
      'data/book.xlsx: sheet "甲": hidden columns (B and D to F) are read like the others'
    ])
  })

  it("looks only at the sheets that are wanted, and tells nothing of others", async () => {
    const bytes = fixture("openpyxl-formulas.xlsx")
    const notes = await read(bytes, { sheets: ["说明"] })
    expect(codes(notes.warnings)).toEqual(["hidden-sheet"])
    expect(notes.sheets.map(({ merged, name }) => [name, merged.length])).toEqual([
      ["2-1 人口", 3],
      ["说明", 0],
      ["日期", 0]
    ])
    expect(() => cellsOf(notes, 2)).toThrow("formula without a stored result")
    expect(await faultsOf(bytes, { sheets: ["日期", "2-1 人口"] })).toHaveLength(2)
    expect((await read(bytes, { sheets: ["no such sheet"] })).warnings).toEqual([])
  })

  it("leaves out sheets that hold a chart", async () => {
    const file = await read({
      sheets: { 图: "", 表: sheetXml("<row><c><v>1</v></c></row>") },
      parts: { "xl/_rels/workbook.xml.rels": relationships(["rId1", "chartsheet", "chartsheets/sheet1.xml"], ["rId2", "worksheet", "worksheets/sheet2.xml"]) }
    })
    expect(file.sheets.map(({ name }) => name)).toEqual(["表"])
    expect(file.warnings.map(({ message }) => message)).toEqual(['data/book.xlsx: "图" in the workbook holds no cells but a chart or a macro, and is left out'])
  })

  it("reads a workbook all of whose parts are strict", async () => {
    const parts = workbookParts({
      sheets: '<row><c t="s"><v>0</v></c><c s="1"><v>43890</v></c><c s="1" t="d"><v>2020-02-29T00:00:00.000Z</v></c></row>',
      strings: stringsXml("<t>甲</t>"),
      styles: stylesXml(0, 14)
    })
    const strict = Object.fromEntries(
      Object.entries(parts).map(([name, bytes]) => {
        const xml = Buffer.from(bytes).toString()
        return [
          name,
          strToU8(
            xml
              .replaceAll("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
              .replaceAll("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")
          )
        ]
      })
    )
    expect(cellsOf(await read(zipSync(strict)))).toEqual({ 1: ["甲", "2020-02-29", "2020-02-29"] })
  })

  it("does without texts, styles and rows", async () => {
    const file = await read({ sheets: "", parts: { "xl/_rels/workbook.xml.rels": relationships(["rId1", "worksheet", "worksheets/sheet1.xml"]) } })
    expect(cellsOf(file)).toEqual({})
  })

  it("makes rows as they are asked for", async () => {
    const rows = Array.from({ length: 50_000 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join("")
    const { sheets } = await read({ sheets: rows })
    const start = performance.now()
    for (const { row } of sheets[0]!.rows) if (row === 3) break
    const three = performance.now() - start
    const all = Array.from(sheets[0]!.rows)
    expect(all).toHaveLength(50_000)
    expect(three).toBeLessThan((performance.now() - start - three) / 3)
  })
})
