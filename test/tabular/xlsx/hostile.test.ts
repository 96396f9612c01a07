import { strToU8, zipSync } from "fflate"
import { describe, expect, it } from "vitest"
import { faultsOf, read, relationships, sheetXml, stringsXml, workbookBytes, workbookParts } from "./workbook-file.ts"

const SHEET = "xl/worksheets/sheet1.xml"
const one = { sheets: "<row><c><v>1</v></c></row>" }
/** Where a file's entry stands in the zip's directory. */
const entryOf = (bytes: Uint8Array, name: string): number => {
  for (let at = Buffer.from(bytes).lastIndexOf(name); at >= 0; at = Buffer.from(bytes).lastIndexOf(name, at - 1)) {
    if (new DataView(bytes.buffer).getUint32(at - 46, true) === 0x02014b50) return at - 46
  }
  throw new Error(`no ${name}`)
}
const edited = (name: string, edit: (view: DataView, entry: number) => void, made: Parameters<typeof workbookBytes>[0] = one): Uint8Array => {
  const bytes = workbookBytes(made)
  edit(new DataView(bytes.buffer), entryOf(bytes, name))
  return bytes
}

describe("files that are no workbook", () => {
  const ole = (stream: string) =>
    Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(1000).fill(0), ...Buffer.from(stream, "utf16le"), 0, 0])
  it.each([
    ["an empty file", new Uint8Array(0), "empty-file: data/book.xlsx: the file is empty; get it again"],
    ["an encrypted workbook", ole("EncryptedPackage"), "encrypted-file: data/book.xlsx: the workbook is encrypted with a password; open it"],
    ["an old workbook", ole("Workbook"), "it is an old Excel file (.xls, of Excel 5 to 2003)"],
    ["an old document", ole("WordDocument"), "it is a file of old Office programs"],
    ["a workbook of Excel 4", Uint8Array.from([9, 4, 6, 0, 0, 0, 0x10, 0]), "it is an old Excel file (.xls, of Excel 2 to 4)"],
    ["a page of the web", strToU8("\n<html><body><table><tr><td>1"), "it is an HTML page that is named like a workbook"],
    ["XML of 2003", strToU8('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'), "it is an XML spreadsheet of Excel 2003"],
    ["CSV", strToU8("地区,年份\n北京,2020\n"), "it is a text file, such as CSV"],
    ["a PDF", strToU8("%PDF-1.7"), "it is a PDF"],
    ["gzip", Uint8Array.from([0x1f, 0x8b, 8]), "it is an archive (gzip, RAR or 7z)"],
    ["noise", Uint8Array.from({ length: 99 }, (_, i) => i), "it does not begin as an .xlsx file does"],
    ["any zip", zipSync({ "a.txt": strToU8("a") }), "it is a zip, but no workbook"],
    [
      "a binary workbook",
      workbookBytes({ ...one, parts: { "_rels/.rels": relationships(["a", "officeDocument", "xl/workbook.bin"]) } }),
      "it is a binary workbook (.xlsb)"
    ],
    [
      "a document",
      workbookBytes({ ...one, parts: { "_rels/.rels": relationships(["a", "officeDocument", "word/document.xml"]) } }),
      "it is a document of Word"
    ],
    ["Numbers", zipSync({ "Index/Document.iwa": strToU8("a") }), "it is a spreadsheet of Numbers"]
  ])("names %s", async (_, bytes, message) => {
    const faults = await faultsOf(bytes)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(message)
  })
})

describe("zips", () => {
  it("says that a file is cut off, wherever it is", async () => {
    const bytes = workbookBytes(one)
    for (let length = 2; length < bytes.length; length += 37) expect((await faultsOf(bytes.subarray(0, length)))[0]).toMatch(/^truncated-file: /)
  })

  it("reads a zip with a comment, and one with its sizes in eight bytes", async () => {
    const bytes = workbookBytes(one)
    const commented = Uint8Array.from([...bytes, 65, 66])
    new DataView(commented.buffer).setUint16(bytes.length - 2, 2, true)
    expect((await read(commented)).sheets).toHaveLength(1)

    const entry = entryOf(bytes, SHEET)
    const view = new DataView(bytes.buffer)
    const nameEnd = entry + 46 + SHEET.length
    const extra = new DataView(new ArrayBuffer(20))
    extra.setUint16(0, 1, true)
    extra.setUint16(2, 16, true)
    extra.setBigUint64(4, BigInt(view.getUint32(entry + 24, true)), true)
    extra.setBigUint64(12, BigInt(view.getUint32(entry + 20, true)), true)
    view.setUint32(entry + 20, 0xffffffff, true)
    view.setUint32(entry + 24, 0xffffffff, true)
    view.setUint16(entry + 30, 20, true)
    view.setUint32(bytes.length - 10, view.getUint32(bytes.length - 10, true) + 20, true)
    const wide = Uint8Array.from([...bytes.subarray(0, nameEnd), ...new Uint8Array(extra.buffer), ...bytes.subarray(nameEnd)])
    expect((await read(wide)).sheets).toHaveLength(1)
    wide[nameEnd + 4 + 7] = 0xff
    expect((await faultsOf(wide))[0]).toMatch(/^(too-|damaged-file)/)
  })

  it("finds a byte that is another, by the check sum", async () => {
    const bytes = zipSync(workbookParts(one), { level: 0 })
    const at = Buffer.from(bytes).indexOf("<v>1</v>") + 3
    bytes[at] = "2".charCodeAt(0)
    expect(await faultsOf(bytes)).toEqual([
      `damaged-file: data/book.xlsx: sheet "Sheet1": the part ${SHEET} is damaged: its check sum is not that of its bytes; get the file again, or save it anew`
    ])
  })

  it.each([
    ["encrypted", (view: DataView, at: number) => view.setUint16(at + 8, 1, true), "encrypted-file: "],
    [
      "packed otherwise",
      (view: DataView, at: number) => view.setUint16(at + 10, 9, true),
      `unknown-compression: data/book.xlsx: "${SHEET}" in the zip is packed by method 9`
    ],
    ["somewhere else", (view: DataView, at: number) => view.setUint32(at + 42, 5, true), "damaged-file: "],
    ["too long for the file", (view: DataView, at: number) => view.setUint32(at + 20, 1e9, true), "damaged-file: "],
    [
      "not declared as large as it is",
      (view: DataView, at: number) => view.setUint32(at + 24, 10, true),
      "it has more than the 10 bytes that the zip's directory says"
    ],
    ["declared larger than it is", (view: DataView, at: number) => view.setUint32(at + 24, 1e5, true), "it should have 100000 bytes, but has "]
  ])("refuses a part that is %s", async (_, edit, message) => {
    const faults = await faultsOf(edited(SHEET, edit))
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(message)
  })

  it("refuses names that stand twice or lead out of the zip, all together", async () => {
    const bytes = workbookBytes({ ...one, parts: { [SHEET.toUpperCase()]: "", "../../etc/passwd": "", "/root": "", "c:\\x": "", "a/../b": "" } })
    expect((await faultsOf(bytes)).map((fault) => fault.replace(/; .*/, ""))).toEqual([
      `duplicate-part: data/book.xlsx: "${SHEET.toUpperCase()}" in the zip stands twice, so that it is not known which counts`,
      ...["../../etc/passwd", "/root", "c:\\x", "a/../b"].map(
        (name) => `unsafe-part-name: data/book.xlsx: "${name}" in the zip has a name that leads out of the zip`
      )
    ])
  })

  it("refuses parts over each other", async () => {
    const bytes = workbookBytes({ ...one, parts: { "b.xml": "a", "c.xml": "a" } })
    const view = new DataView(bytes.buffer)
    view.setUint32(entryOf(bytes, "c.xml") + 42, view.getUint32(entryOf(bytes, "b.xml") + 42, true), true)
    expect((await faultsOf(bytes))[0]).toMatch(/^overlapping-parts: data\/book\.xlsx: "[bc]\.xml" and "[bc]\.xml" share bytes of the zip, as in a zip bomb/)
  })

  it("tells as many faults as the limit allows, and how many more there are", async () => {
    const sheets = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`S${i}`, sheetXml("<row><c><f>A1</f></c></row>")]))
    const faults = await faultsOf({ sheets })
    expect(faults).toHaveLength(101)
    expect(faults[100]).toBe("more-faults: data/book.xlsx: 30 more faults are not told; correct these first")
    expect((await faultsOf({ sheets, parts: { "../a": "", "../b": "" } }, { limits: { faults: 1 } })).length).toBe(1)
  })
})

describe("bombs", () => {
  const timed = async (bytes: Uint8Array, options?: Parameters<typeof faultsOf>[1]) => {
    const start = performance.now()
    const faults = await faultsOf(bytes, options)
    expect(performance.now() - start).toBeLessThan(2000)
    return faults
  }

  it("stops a part that is declared to expand too far before inflating it", async () => {
    const zeros = new Uint8Array(100 * 2 ** 20).fill(32)
    const bytes = workbookBytes({ ...one, parts: { [SHEET]: zeros } })
    expect((await timed(bytes))[0]).toMatch(
      /^too-expanded: .* the part xl\/worksheets\/sheet1\.xml is 10\d\d times its size in the zip \(104857600 bytes\), as in a zip bomb; the limit `expansion` is 250 times/
    )
    const lying = Uint8Array.from(bytes)
    new DataView(lying.buffer).setUint32(entryOf(lying, SHEET) + 24, 5000, true)
    expect((await timed(lying))[0]).toContain("it has more than the 5000 bytes that the zip's directory says")
  })

  it.each([
    ["bytes of all parts", { expandedBytes: 1000 }, "too-large: "],
    ["parts", { parts: 5 }, "too-many-parts: data/book.xlsx: the zip has 7 files"],
    ["texts", { sharedStrings: 2 }, "more texts than the limits `sharedStrings` (2)"],
    ["characters of texts", { sharedCharacters: 2 }, "and `sharedCharacters` (2)"],
    ["cells", { cells: 3 }, "more cells than the limit `cells` of 3"],
    ["merged ranges", { mergedRanges: 1 }, "more merged ranges than the limit `mergedRanges` of 1"]
  ])("stops at the limit of %s", async (_, limits, message) => {
    const sheets = { S: sheetXml('<row r="1"><c r="D1"><v>1</v></c></row>', '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/></mergeCells>') }
    const made = { sheets, strings: stringsXml("<t>a</t>", "<t>b</t>", "<t>c</t>") }
    expect((await read(made)).sheets).toHaveLength(1)
    expect((await timed(workbookBytes(made), { limits }))[0]).toContain(message)
  })

  it("does not expand entities, and refuses any DOCTYPE", async () => {
    const entities = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`).join("")
    const bomb = `<!DOCTYPE worksheet [<!ENTITY e0 "ha">${entities}]>`
    for (const name of [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]) {
      const xml = Buffer.from(workbookParts(one)[name]!).toString().replace("?>", `?>${bomb}`)
      expect((await timed(workbookBytes({ ...one, parts: { [name]: xml } })))[0]).toMatch(/^broken-xml: .*it has a DOCTYPE/)
    }
    expect((await timed(workbookBytes({ sheets: "<row><c><v>&e20;</v></c></row>" })))[0]).toContain("undefined entity")
  })

  it("bounds the depth and the length of markup", async () => {
    expect((await timed(workbookBytes({ sheets: "<a>".repeat(1e6) })))[0]).toContain("more than 200 deep")
    const long = "a".repeat(5e6)
    for (const rows of [`<row><c><v>${long}</v></c></row>`, `<!--${long}-->`, `<row ${long}="1"/>`, `<${long}/>`, `<row r="${long}"/>`, `<?${long}?>`])
      expect((await timed(workbookBytes({ sheets: rows })))[0]).toContain("more than 4194304 characters")
  })

  it("takes cells far to the right of many rows, and 10,000 columns", async () => {
    const wide = `<row>${"<c><v>1</v></c>".repeat(10_000)}</row>`
    const [row] = (await read({ sheets: wide })).sheets[0]!.rows
    expect(row!.cells).toHaveLength(10_000)
    const far = Array.from({ length: 50_000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join("")
    expect((await timed(workbookBytes({ sheets: far })))[0]).toContain("more cells than the limit `cells` of 200000000")
  })
})

describe("parts", () => {
  it.each([
    ["xl/workbook.xml", "missing-part: data/book.xlsx: the part xl/workbook.xml is not in the file, though the workbook names it"],
    ["xl/_rels/workbook.xml.rels", 'missing-part: data/book.xlsx: the file does not say where the cells of "Sheet1" are'],
    [SHEET, `missing-part: data/book.xlsx: sheet "Sheet1": the part ${SHEET} is not in the file`],
    ["xl/sharedStrings.xml", "missing-part: data/book.xlsx: the part xl/sharedStrings.xml is not in the file"],
    ["xl/styles.xml", "missing-part: data/book.xlsx: the part xl/styles.xml is not in the file"],
    ["_rels/.rels", "not-xlsx: data/book.xlsx: it is a zip, but no workbook"]
  ])("misses %s", async (name, message) => {
    expect((await faultsOf({ ...one, parts: { [name]: undefined } }))[0]).toContain(message)
  })

  it.each([
    ["broken off", sheetXml("<row><c><v>1</v></c>").slice(0, -30), "it is not well-formed XML in line 1"],
    ["without an end", sheetXml("").replace("</worksheet>", ""), "unclosed tag: worksheet"],
    ["with tags across", sheetXml("<row><c></row></c>"), "it is not well-formed XML in line 1"],
    ["empty", "", "document must contain a root element"],
    [
      "of another vocabulary",
      sheetXml("").replace("spreadsheetml", "wordprocessingml"),
      'it begins with the element "worksheet" of the namespace "http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ],
    ["with another root", '<html xmlns="a"/>', 'it begins with the element "html"'],
    ["in GBK", sheetXml("").replace("UTF-8", "GBK"), 'its encoding is "GBK", expected UTF-8 or UTF-16'],
    ["that is not UTF-8", Uint8Array.from([...strToU8(sheetXml("<row/>").slice(0, -50)), 0xff, 0x41]), "its bytes are not UTF-8"],
    ["with two attributes of one name", sheetXml('<row r="1" r="2"/>'), "duplicate attribute: r"]
  ])("refuses a sheet %s", async (_, xml, message) => {
    const faults = await faultsOf({ sheets: "", parts: { [SHEET]: xml } })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(/^broken-xml: data\/book\.xlsx: sheet "Sheet1": the part xl\/worksheets\/sheet1\.xml cannot be read: /)
    expect(faults[0]).toContain(message)
  })

  it("refuses workbooks whose sheets cannot be told apart or found", async () => {
    const two = { A: sheetXml(""), a: sheetXml("") }
    expect((await faultsOf({ sheets: two }))[0]).toContain('duplicate-sheet: data/book.xlsx: two sheets are named "a"; rename one')
    const same = relationships(["rId1", "worksheet", "worksheets/sheet1.xml"], ["rId2", "worksheet", "worksheets/../worksheets/sheet1.xml"])
    expect((await faultsOf({ sheets: { A: "", B: "" }, parts: { "xl/_rels/workbook.xml.rels": same } }))[0]).toContain(
      "two sheets of the workbook have the same part"
    )
    const away = relationships(["rId1", "worksheet", "../../sheet1.xml"])
    expect((await faultsOf({ sheets: { A: "" }, parts: { "xl/_rels/workbook.xml.rels": away } }))[0]).toContain('does not say where the cells of "A" are')
    expect((await faultsOf({ sheets: {} }))[0]).toContain("no sheet with cells")
  })
})
