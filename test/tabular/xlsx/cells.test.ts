import { describe, expect, it } from "vitest"
import { cellsOf, faultsOf, read, sheetXml, stringsXml, stylesXml } from "./workbook-file.ts"

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

describe("cells", () => {
  it("holds each type as stored: numbers to the last digit, texts, truths, errors, ISO dates", async () => {
    const file = await read({
      sheets: `<row r="1"><c r="A1"><v>0.1</v></c><c r="B1" t="n"><v>123456789012345680</v></c><c r="C1"><v>1.0000000000000002E-3</v></c><c r="D1"><v>-0.30000000000000004</v></c></row>
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="str"><v>007</v></c><c r="C2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="b"><v>0</v></c></row>
        <row r="3"><c r="A3" t="e"><v>#N/A</v></c><c r="B3" t="d"><v>2020-02-29T00:00:00</v></c><c r="C3" t="d"><v>2020-02-29T12:30:00</v></c><c r="D3" s="0"/><c r="E3" t="s"><v>1</v></c></row>`,
      strings: stringsXml("<t>北京 &amp; 天津 &#x4E2D;</t>", "<t/>")
    })
    expect(cellsOf(file)).toEqual({
      1: [0.1, 123456789012345680, 1.0000000000000002e-3, -0.30000000000000004],
      2: ["北京 & 天津 中", "007", " a ", true, false],
      3: ["#N/A", "2020-02-29", "2020-02-29T12:30:00"]
    })
    expect(file.warnings).toEqual([])
  })

  it("joins the runs of rich text, leaves phonetic hints out, and reads escaped characters", async () => {
    const file = await read({
      sheets: `<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><rPr><b/></rPr><t>年末</t></r><r><t>人口</t></r><rPh sb="0" eb="1"><t>ねん</t></rPh></is></c></row>`,
      strings: stringsXml(
        '<r><t>万</t></r><r><rPr><rFont val="宋体"/></rPr><t xml:space="preserve"> 元</t></r><rPh sb="0" eb="1"><t>まん</t></rPh><phoneticPr fontId="1"/>',
        "<t>a_x000A_b _x005F_x0041_ _x00</t>"
      )
    })
    expect(cellsOf(file)).toEqual({ 1: ["万 元", "a\nb _x0041_ _x00", "年末人口"] })
  })

  it("counts on where rows and cells have no names, passes over what is empty, and does not believe the dimension", async () => {
    const file = await read({
      sheets: `<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row r="7"><c r="C7"><v>3</v></c><c><v>4</v></c><c r="XFD7" s="1"/></row><row><c><v>5</v></c></row><row r="1048576"><c r="B1048576"><v>6</v></c></row>`
    })
    expect(cellsOf(file)).toEqual({ 1: [1, null, 2], 7: [null, null, 3, 4], 8: [5], 1048576: [null, 6] })
    expect(Array.from(file.sheets[0]!.rows)).toEqual(Array.from(file.sheets[0]!.rows))
  })

  it.each([
    ["a prefix", (xml: string) => xml.replaceAll(/<(\/?)(?=\w)/g, "<$1x:").replace("xmlns=", "xmlns:x=")],
    ["the strict namespace", (xml: string) => xml.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")],
    ["UTF-16", (xml: string) => Uint8Array.from(Buffer.from(`\uFEFF${xml.replace("UTF-8", "UTF-16")}`, "utf16le"))],
    [
      "a byte order mark, comments, CDATA and elements of others",
      (xml: string) => `\uFEFF${xml.replace("<v>12</v>", "<!-- 9 --><v>1<![CDATA[2]]></v><o:v xmlns:o='o'>3</o:v><extLst><v>4</v></extLst>")}`
    ]
  ])("reads a sheet with %s", async (_, change) => {
    const xml = sheetXml(
      '<row r="2"><c r="B2"><v>12</v></c><c r="C2" t="inlineStr"><is><t>地区</t></is></c></row>',
      '<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>'
    )
    const file = await read({ sheets: "", parts: { "xl/worksheets/sheet1.xml": change(xml) } })
    expect(cellsOf(file)).toEqual({ 2: [null, 12, "地区"] })
    expect(file.sheets[0]!.merged).toEqual([{ top: 1, left: 0, bottom: 1, right: 1 }])
  })

  it("has a formula's stored result, also of an empty text, and refuses one without, naming the cells", async () => {
    const sheets =
      '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="D1"><f t="shared" si="0"/><v>4</v></c></row>'
    expect(cellsOf(await read({ sheets }))).toEqual({ 1: [2, null, "#DIV/0!", 4] })
    expect(await faultsOf({ sheets: `${sheets}<row><c><f>A1</f></c><c><f>A1</f><v/></c></row>` })).toEqual([
      'no-stored-result: data/book.xlsx: sheet "Sheet1", A2 and B2: formula without a stored result; open the file in a spreadsheet program, which calculates it, and save it'
    ])
    const many = Array.from({ length: 1000 }, (_, i) => `<row><c><v>${i}</v></c><c><f>A1</f></c></row>`).join("")
    expect((await faultsOf({ sheets: many }))[0]).toContain("B1, B2, B3, B4, B5 and 995 more: formula without")
  })

  it("warns of formulas that the program which wrote them did not calculate", async () => {
    const made = { sheets: "<row><c><f>1+1</f><v>0</v></c></row>", after: '<calcPr calcId="124519" fullCalcOnLoad="1"/>' }
    const { warnings } = await read(made)
    expect(warnings.map(({ message }) => message)).toEqual([
      'data/book.xlsx: sheet "Sheet1": the program that wrote the file wants its 1 formulas calculated when it is opened, so their stored results may be none (0, say); open it in a spreadsheet program and save it'
    ])
    expect((await read({ ...made, sheets: "<row><c><v>0</v></c></row>" })).warnings).toEqual([])
  })

  it.each([
    ['<c r="A1"><v>abc</v></c>', 'not-a-number: data/book.xlsx: sheet "Sheet1", A1 (found "abc"): declared a number, but holding none'],
    ['<c r="A1"><v>1e999</v></c>', "not-a-number"],
    ['<c r="A1"><v>NaN</v></c>', "not-a-number"],
    ['<c r="A1"><v>0x10</v></c>', "not-a-number"],
    ['<c r="A1" t="b"><v>2</v></c>', "not-a-truth"],
    ['<c r="A1" t="s"><v>3</v></c>', 'unknown-text: data/book.xlsx: sheet "Sheet1", A1 (found "3")'],
    ['<c r="A1" t="s"><v>-1</v></c>', "unknown-text"],
    ['<c r="A1" t="q"><v>1</v></c>', "unknown-cell-type"],
    ['<c r="1A"><v>1</v></c>', 'bad-reference: data/book.xlsx: sheet "Sheet1", 1A: no place of a sheet'],
    ['<c r="XFE1"><v>1</v></c>', "bad-reference"],
    ['<c r="AAAAAAAAAAAAAAAAAAAAAAAAAAAA1"><v>1</v></c>', "bad-reference"],
    ['<c r="A2"><v>1</v></c>', "wrong-row"],
    ['<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>', 'out-of-order: data/book.xlsx: sheet "Sheet1", A1: standing in the file behind'],
    ['<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', "duplicate-cell"],
    ['<c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="A1"><v>2</v></c>', "out-of-order"],
    ['<c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>1</v></c>', "duplicate-cell"],
    ['</row><row r="3"/><row r="2"><c><v>1</v></c>', 'out-of-order: data/book.xlsx: sheet "Sheet1", row 2'],
    ['</row><row r="1048577"><c><v>1</v></c>', "bad-reference"],
    ['</row><row r="99999999999999999999"><c><v>1</v></c>', "bad-reference"],
    ['</row><row r="1048576"/><row><c><v>1</v></c>', "bad-reference"],
    ['</row><row r="0"><c><v>1</v></c>', "bad-reference"]
  ])("refuses %s", async (cells, fault) => {
    const faults = await faultsOf({ sheets: `<row r="1">${cells}</row>` })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(fault)
  })

  it("tells all that is wrong together", async () => {
    const faults = await faultsOf({ sheets: '<row r="1"><c r="A1"><v>x</v></c><c r="B1" t="s"><v>9</v></c><c r="C1"><f>A1</f></c></row>' })
    expect(faults.map((fault) => fault.split(":")[0])).toEqual(["not-a-number", "unknown-text", "no-stored-result"])
  })
})

describe("merged cells", () => {
  const merged = (...ranges: ReadonlyArray<string>) => `<mergeCells>${ranges.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`

  it("leaves out, and tells, values that merged cells cover", async () => {
    const rows = `<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c></row><row><c r="C3"><v>6</v></c></row>`
    const file = await read({ sheets: { S: sheetXml(rows, merged("C2:C3", "A1:B2", "E9")) } })
    expect(cellsOf(file)).toEqual({ 1: [1], 2: [null, null, 5] })
    expect(file.sheets[0]!.merged).toEqual([
      { top: 2, left: 2, bottom: 3, right: 2 },
      { top: 1, left: 0, bottom: 2, right: 1 }
    ])
    expect(file.warnings.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'covered-cells: data/book.xlsx: sheet "S": values of 4 cells that merged cells cover, the first of them B1, are left out, as no program shows them; unmerge them to have these'
    ])
  })

  it("refuses ranges over each other and ranges that are none", async () => {
    const faults = await faultsOf({ sheets: { S: sheetXml("", merged("A1:B2", "B2:C3")) } })
    expect(faults[0]).toContain('sheet "S", B2:C3: merged over a range that shares cells')
    expect((await faultsOf({ sheets: { S: sheetXml("", merged("B2:A1", "A0", "")) } }))[0]).toContain('sheet "S", B2:A1, A0 and : no range of a sheet')
  })

  it("takes tall and wide ranges in no time", async () => {
    const columns = Array.from({ length: 16_000 }, (_, i) => i + 1).map((i) => {
      const letters = (n: number): string => (n === 0 ? "" : letters(Math.floor((n - 1) / 26)) + String.fromCharCode(65 + ((n - 1) % 26)))
      return `${letters(i)}1:${letters(i)}1048576`
    })
    const rows = Array.from({ length: 20_000 }, (_, i) => `<row><c><v>${i}</v></c></row>`).join("")
    const start = performance.now()
    expect(cellsOf(await read({ sheets: { S: sheetXml(rows, merged(...columns)) } }))).toEqual({ 1: [0] })
    expect(performance.now() - start).toBeLessThan(5000)
  })
})

describe("number formats", () => {
  const shownAs = async (format: string | number, value: number, properties = "") => {
    const file = await read({ sheets: `<row><c s="1"><v>${value}</v></c></row>`, styles: stylesXml(0, format), properties })
    return [cellsOf(file)[1]![0], ...file.warnings.map(({ code }) => code)]
  }

  it.each([
    [14, 1, "1900-01-01"],
    [14, 59, "1900-02-28"],
    [14, 61, "1900-03-01"],
    [14, 43890, "2020-02-29"],
    [14, 2958465, "9999-12-31"],
    [22, 43890.75, "2020-02-29T18:00:00"],
    [21, 0.5, "12:00:00"],
    [20, 0.322916666666667, "07:45:00"],
    [31, 43890, "2020-02-29"],
    [57, 43890, "2020-02-29"],
    ['yyyy"年"m"月"d"日"', 43890, "2020-02-29"],
    ["yyyy\\年", 43831, "2020"],
    ["yyyy", 44196, "2020"],
    ["yyyy", 44195, "2020-12-30"],
    ["[$-804]e\\年", 43831, "2020"],
    ["[$-F800]dddd, mmmm dd, yyyy;@", 43831, "2020-01-01"],
    ["mmm", 43831, "2020-01-01"],
    ["[Red]hh:mm:ss.000", 0.123456789, "02:57:46.667"],
    ['上午/下午h"时"mm"分"', 0.25, "06:00:00"]
  ])("format %s of %s is the date %s", async (format, value, text) => {
    expect(await shownAs(format, value)).toEqual([text])
  })

  it.each([
    [0, 5],
    [1, 43890],
    [4, 1234.5],
    [11, 1e10],
    [37, -3],
    [49, 7],
    ["General", 12],
    ['General"年"', 2020],
    ["G/通用格式", 3],
    ['0"年"', 2020],
    ["0.00E+00", 12],
    ["#,##0.00_);[Red](#,##0.00)", 12],
    ['_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 12],
    ["¥#,##0", 12],
    ['0.0"万元"', 12],
    ["@", 1],
    ["# ?/?", 0.5],
    ['0"%"', 25.3],
    ["0\\%", 25.3],
    ["[DBNum1][$-804]General", 3],
    ["[<1]0.00;0.0", 3]
  ])("format %s of %s leaves the number, without a word", async (format, value) => {
    expect(await shownAs(format, value)).toEqual([value])
  })

  it.each([
    [9, "percent-numbers"],
    [10, "percent-numbers"],
    ["0.0%", "percent-numbers"],
    ["[Blue]0.00 %;-0.00 %", "percent-numbers"],
    ["0.0,", "scaled-numbers"],
    ['#,##0,,"百万"', "scaled-numbers"],
    ['0!.0,"万"', "scaled-numbers"],
    ["#,##0,.0", "scaled-numbers"],
    [46, "elapsed-numbers"],
    ["[h]:mm", "elapsed-numbers"]
  ])("format %s leaves the number and tells how it is shown", async (format, code) => {
    expect(await shownAs(format, 0.253)).toEqual([0.253, code])
  })

  it("names the columns of percents, with an example", async () => {
    const file = await read({
      sheets: '<row><c><v>1</v></c><c s="1"><v>0.253</v></c></row><row r="9"><c r="D9" s="1"><v>0.1</v></c></row>',
      styles: stylesXml(0, "0.0%")
    })
    expect(file.warnings).toEqual([
      {
        code: "percent-numbers",
        message:
          'data/book.xlsx: sheet "Sheet1": columns B and D have numbers that are shown as percents (B1 is stored, and given, as 0.253 and shown as 25.3%); say the unit that the stored numbers have',
        where: { file: "data/book.xlsx", row: 1, column: "B", value: "0.253" }
      }
    ])
  })

  it("counts from 1904 where the workbook does", async () => {
    const from1904 = '<workbookPr date1904="1"/>'
    expect(await shownAs(14, 0, from1904)).toEqual(["1904-01-01"])
    expect(await shownAs(14, 60, from1904)).toEqual(["1904-03-01"])
    expect(await shownAs(14, 42428, from1904)).toEqual(["2020-02-29"])
  })

  it.each([0, 0.5, 60, 60.5, -1, 2958466, 1e300])("leaves %s, which is no day of 1900 to 9999, and tells it", async (value) => {
    expect(await shownAs(14, value)).toEqual([value, "undated-numbers"])
  })
})
