import { spawnSync } from "node:child_process"
import { existsSync, writeFileSync } from "node:fs"
import fc from "fast-check"
import { strFromU8, unzipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { docxDocument } from "../../../src/render/docx-document.ts"
import { printedDocx } from "../../../src/render/table/printed-docx.ts"
import { numberFormat, printedXlsx } from "../../../src/render/table/printed-xlsx.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"
import { awkward, baseline, printed, weights } from "../tables.ts"

const tables = [baseline, awkward, weights]
const docx = () =>
  docxDocument(
    "tables",
    tables.map((table) => printedDocx(table))
  )
const xlsx = () => printedXlsx(tables.map((table, i) => ({ type: "PrintedTable", name: `table [${i}] / ${"long ".repeat(10)}`, table })))
const wellFormed = (xml: string) => {
  const open: Array<string> = []
  for (const [, close, name, alone] of xml.replace(/<\?.*?\?>/g, "").matchAll(/<(\/?)([\w:]+)[^<>]*?(\/?)>/g)) {
    if (alone === "/") continue
    if (close === "/") expect(open.pop()).toBe(name)
    else open.push(name!)
  }
  return open.length === 0
}

describe("printed tables as office files", () => {
  it("are the same bytes each time, and well-formed XML within", async () => {
    for (const make of [docx, xlsx]) {
      const bytes = await make()
      expect(Buffer.from(await make()).equals(Buffer.from(bytes))).toBe(true)
      for (const [name, content] of Object.entries(unzipSync(bytes))) if (/\.(xml|rels)$/.test(name)) expect(wellFormed(strFromU8(content))).toBe(true)
    }
  })

  it("Word: a caption that counts, headings that repeat, every number and note", async () => {
    const document = strFromU8(unzipSync(await docx())["word/document.xml"]!)
    expect(document).toContain('w:instr="SEQ Table \\* ARABIC \\r 4"')
    expect(document).toContain("<w:tblHeader/>")
    for (const text of ["0.770***", "(0.130)", "IV", "Provincial fixed effects", "synthetic replica", "内蒙古自治区", "x_y &lt;b&gt;"])
      expect(document).toContain(text)
    const without = strFromU8(unzipSync(await docxDocument("x", [printedDocx(baseline, { published: false })]))["word/document.xml"]!)
    expect(without).not.toContain("(0.130)")
  })

  it("Word: a wide table has a page on its side, and a narrow one after it does not", async () => {
    const wide = printed({
      title: "Wide",
      columns: Array.from({ length: 12 }, (_, i) => ({ label: `(${i + 1}) dependent` })),
      rows: [{ label: "x", cells: Array.from({ length: 12 }, (_, i) => ({ text: `${i}.123***`, value: i + 0.123 })) }],
      notes: []
    })
    const document = strFromU8(unzipSync(await docxDocument("x", [printedDocx(wide), printedDocx(baseline)]))["word/document.xml"]!)
    expect([...document.matchAll(/<w:pgSz [^>]*>/g)].map(([size]) => size.includes("landscape"))).toEqual([true, false])
  })

  it("mark in bold what differs from the run beside it", async () => {
    const cell = (text: string) => printed({ title: "", columns: [{ label: "x" }], rows: [{ label: "a", cells: [{ text, value: Number(text) }] }], notes: [] })
    const options = (text: string) => ({ beside: { table: cell(text), label: "latest~1" } })
    const inWord = async (text: string) => strFromU8(unzipSync(await docxDocument("x", [printedDocx(cell("1.50"), options(text))]))["word/document.xml"]!)
    expect(await inWord("2.50")).toMatch(/<w:b\/>(?:(?!<\/w:r>).)*1\.50/)
    expect(await inWord("1.50")).not.toContain("<w:b/>")
    const fonts = async (text: string) =>
      strFromU8(unzipSync(await printedXlsx([{ type: "PrintedTable", name: "x", table: cell("1.50"), options: options(text) }]))["xl/styles.xml"]!)
    expect((await fonts("2.50")).match(/<b\/>/g)!.length).toBeGreaterThan((await fonts("1.50")).match(/<b\/>/g)!.length)
  })

  it("Excel: numbers are numbers, with stars and brackets in their format; sheets have names that Excel takes", async () => {
    const files = unzipSync(await xlsx())
    const sheet = strFromU8(files["xl/worksheets/sheet1.xml"]!)
    expect(sheet).toMatch(/<v>0\.77<\/v>/)
    const styles = strFromU8(files["xl/styles.xml"]!)
    expect(styles).toContain("0.000&quot;***&quot;;-0.000&quot;***&quot;")
    const names = [...strFromU8(files["xl/workbook.xml"]!).matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name!)
    expect(names).toHaveLength(3)
    for (const name of names) expect(name).toMatch(/^[^\\/?*[\]:]{1,31}$/)
  })

  it("a number format says what the table prints, or there is none", () => {
    expect(numberFormat("(-0.130)", -0.1304)).toBe('"("0.000")";"("-0.000")"')
    expect(numberFormat("1,234.50†", 1234.5)).toBe('#,##0.00"†";-#,##0.00"†"')
    expect(numberFormat("(0.130)**", 0.1304)).toBe('"("0.000")""**";"("-0.000")""**"')
    expect(numberFormat("+12.3%", 0.1234)).toBe("+0.0%;-0.0%")
    for (const text of ["[0.20, 0.59]", "Yes", "<0.001", "", "0.131"]) expect(numberFormat(text, 0.1304)).toBeUndefined()
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.integer({ min: 0, max: 8 }), (value, places) => {
        expect(numberFormat(`${value.toFixed(places)}**`, value)).toBeDefined()
      })
    )
  })

  const soffice = spawnSync("soffice", ["--version"]).status === 0
  it.skipIf(!soffice)(`open in LibreOffice${soffice ? "" : " (skipped: there is none here)"}`, { timeout: 120_000 }, async () => {
    const folder = new TemporaryFolder({})
    for (const [name, bytes] of [["a.docx", await docx()] as const, ["b.xlsx", await xlsx()] as const]) {
      writeFileSync(folder.at(name), bytes)
      spawnSync("soffice", [`-env:UserInstallation=file://${folder.at("profile")}`, "--headless", "--convert-to", "pdf", name], { cwd: folder.path })
      expect(existsSync(folder.at(name.replace(/\..*/, ".pdf")))).toBe(true)
    }
    folder.remove()
  })
})
