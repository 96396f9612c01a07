import { describe, expect, it } from "vitest"
import { faults, read } from "./read.ts"

describe("cells", () => {
  it("are texts without spaces around them, or nothing", async () => {
    const { rows } = await read('a,b,c,d\n 1 ,\t2\t,　3　,\u00a04\u00a0\n"  x  ",," ",""\n')
    expect(rows).toEqual([
      [1, "a", "b", "c", "d"],
      [2, "1", "2", "3", "4"],
      [3, "x", null, null, null]
    ])
  })

  it("may be formulas of a text, which are that text", async () => {
    expect((await read('code,name\n="110000","=""北京 """\n="",=1+1\n')).rows).toEqual([
      [1, "code", "name"],
      [2, "110000", "北京"],
      [3, null, "=1+1"]
    ])
  })

  it("may be quoted, with delimiters, line breaks and quotes in them, and spaces around the quotes", async () => {
    const { rows } = await read('a,b\n "1,456.5" ,"two\r\nlines"\n"say ""hi""",5" pipe\n')
    expect(rows).toEqual([
      [1, "a", "b"],
      [2, "1,456.5", "two\r\nlines"],
      [3, 'say "hi"', '5" pipe']
    ])
    expect((await read("a,b\n'1,2',\"3\n", { quote: "'" })).rows[1]).toEqual([2, "1,2", '"3'])
    expect(await read('a\tb\n"1\t2\n', { quote: "" })).toEqual({
      understood: { encoding: "utf-8", delimiter: "tab", quote: "" },
      rows: [
        [1, "a", "b"],
        [2, '"1', "2"]
      ]
    })
  })

  it.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["CR", "\r"]
  ])("end a row with %s; blank rows count and are left out; the last needs no end", async (_, end) => {
    expect((await read(["a,b", "1,2", "", " , ", "3,4,5", "6"].join(end))).rows).toEqual([
      [1, "a", "b"],
      [2, "1", "2"],
      [5, "3", "4", "5"],
      [6, "6"]
    ])
  })

  it("may be 10,000 in a row", async () => {
    const names = Array.from({ length: 10_000 }, (_, i) => `v${i}`)
    expect((await read(`${names.join(",")}\n${names.join(",")}\n`)).rows).toEqual([
      [1, ...names],
      [2, ...names]
    ])
  })
})

describe("the delimiter", () => {
  it.each([
    [",", "a,b\n1,2\n"],
    [",", '表1 各地区人口,,\n单位：万人,,\n地区,2003,2004\n北京,"1,456","2,000"\n注：a，b，c；d\n'],
    [",", "id,tags\n1,a;b\n2,c;d\n3,e\n"],
    [",", "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n"],
    [";", "a;b\n1,5;2,5\n3,1;4,2\n"],
    [";", "年;值\n2003;1,5\n2004;2,25\n"],
    [";", '"a";"b"\n"x, y";"1,2"\n"z, w";"1,3"\n'],
    ["tab", "name\tnote\nx\tone, two\ny\tthree, four; five\n"],
    ["|", "a|b|c\n1|2,3|4\n"],
    ["，", "地区，年份，值\n北京，2003，1.5\n天津，2003，2.5\n"],
    [",", "地区,说明\n北京,甲，乙，丙\n天津,丁，戊，己\n"]
  ])("is told to be %s", async (delimiter, text) => {
    expect((await read(text)).understood).toEqual({ encoding: "utf-8", delimiter })
  })

  it("is what a first line sep= says, which is no row", async () => {
    for (const line of ["sep=;", '"sep=;"', "SEP=;"])
      expect(await read(`${line}\r\na;b,c\r\n1;2,3\r\n`)).toEqual({
        understood: { encoding: "utf-8", delimiter: ";" },
        rows: [
          [1, "a", "b,c"],
          [2, "1", "2,3"]
        ]
      })
    expect((await read("\ufeffsep=\t\na\tb")).rows).toEqual([[1, "a", "b"]])
    expect((await read("sep=;\na,b;c", { delimiter: "," })).rows).toEqual([[1, "a", "b;c"]])
  })

  it("of a table with one column is what its name says", async () => {
    for (const [path, delimiter] of [
      ["x.csv", ","],
      ["x.TSV", "tab"]
    ] as const)
      expect(await read("省份\n北京\n", {}, path)).toEqual({
        understood: { encoding: "utf-8", delimiter },
        rows: [
          [1, "省份"],
          [2, "北京"]
        ]
      })
  })

  it("may be said", async () => {
    expect((await read("a b\n1 2\n", { delimiter: " " })).rows[1]).toEqual([2, "1", "2"])
    expect((await read("省份\n北京\n", { delimiter: "," })).rows).toEqual([
      [1, "省份"],
      [2, "北京"]
    ])
    expect(await faults("a,b", { delimiter: "||", quote: "\n" })).toMatchObject([
      { code: "bad-option", where: { parameter: "delimiter" } },
      { code: "bad-option", where: { parameter: "quote" } }
    ])
  })

  it("is not guessed: the fault says the candidates", async () => {
    expect(await faults("a,b;c\nx,y;z\n")).toMatchObject([
      {
        code: "unknown-delimiter",
        message: expect.stringContaining("found commas (2 of 2 rows with 2 cells); semicolons (2 of 2 rows with 2 cells); say which one it is")
      }
    ])
    expect(await faults("hello\nworld\n", {}, "x.txt")).toMatchObject([
      { code: "unknown-delimiter", message: expect.stringContaining("found none of commas, tabs") }
    ])
    expect(await faults("One sentence.\nTwo, three.\nFour.\nFive\nSix\n")).toMatchObject([{ code: "unknown-delimiter" }])
  })
})

describe("a text that is broken", () => {
  it("that is a web page is told to be one", async () => {
    for (const text of ["<html><body><table><tr><td>a,b</td></tr></table>", '\ufeff<?xml version="1.0"?>\n<Workbook a="1,2">', " <table>\n"])
      expect(await faults(text)).toMatchObject([{ code: "not-text", message: expect.stringContaining("a web page or XML") }])
    expect((await read("<5,>=5\n1,2\n")).rows).toEqual([
      [1, "<5", ">=5"],
      [2, "1", "2"]
    ])
  })

  it("without anything in it is told to be empty", async () => {
    for (const text of ["", "\ufeff", " \n\r\n\t", "sep=;\n"]) expect(await faults(text)).toMatchObject([{ code: "empty-file" }])
  })

  it("names the row and the cell where a quote opens that is not closed, or is followed by text", async () => {
    const blank = "a,b\n\n1,2\n"
    expect(await faults(`${blank}x,"y\n3,4\n`)).toMatchObject([
      { code: "open-quote", where: { row: 4 }, message: expect.stringContaining('row 4, cell 2: a quote opens and never closes: "\\"y\\n3,4\\n"') }
    ])
    expect(await faults(`${blank}x,"y" z\n3,4\n`)).toMatchObject([
      { code: "bad-quote", where: { row: 4 }, message: expect.stringContaining("row 4, cell 2: text follows a closing quote") }
    ])
  })

  it("is refused where a cell or a row is beyond all bounds, and a quote that swallows the file is told", async () => {
    const much = "x".repeat(17 << 20)
    expect(await faults(`a,b\n1,${much}\n`)).toMatchObject([
      { code: "too-long", where: { row: 2 }, message: expect.stringContaining("row 2, cell 2: has more than") }
    ])
    expect(await faults(`a,b\n1,"${`${"1,2\n".repeat(10)}`.repeat(1 << 20)}`)).toMatchObject([
      { code: "too-long", where: { row: 2 }, message: expect.stringContaining("row 2, cell 2: a quote opens here") }
    ])
    expect(await faults(`a,b\n${",".repeat(100_001)}\n`)).toMatchObject([{ code: "too-many-cells", where: { row: 2 } }])
  })
})
