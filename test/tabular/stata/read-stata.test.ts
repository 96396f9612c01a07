import { readFileSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { readStata } from "../../../src/tabular/stata/read-stata.ts"
import { bytesOf, names, read } from "./files.ts"

interface Found {
  readonly label: string | null
  readonly names: ReadonlyArray<string>
  readonly columns: ReadonlyArray<{
    readonly label: string | null
    readonly format: string
    readonly labels: Readonly<Record<string, string>> | null
    /** Null for long texts of version 119, which it does not find. */
    readonly cells: ReadonlyArray<string | null> | null
  }>
}
/** What haven finds in each file. */
const found = JSON.parse(readFileSync(new URL("../../oracle/stata-files.json", import.meta.url), "utf8")).files as Readonly<Record<string, Found>>

/** What haven makes of a date: days since 1970 of `%td` (and `%d`), seconds of `%tc`. */
const sinceEpoch = (format: string, text: string): number => Date.parse(text.includes("T") ? `${text}Z` : text) / (/%t[cC]/.test(format) ? 1000 : 86_400_000)
const asDate = /^%-?\d*(?:t[dc]|d)/

describe("readStata", () => {
  it("has a file of every version, and of both byte orders", () => {
    const versions = names.map((name) => {
      const bytes = bytesOf(name)
      const text = new TextDecoder("latin1").decode(bytes.subarray(0, 80))
      return /<release>(\d+)<.*<byteorder>(...)/.exec(text)?.slice(1).join(" ") ?? `${bytes[0]} ${bytes[1] === 1 ? "MSF" : "LSF"}`
    })
    expect([...new Set(versions)].sort()).toEqual([
      "108 LSF",
      "110 LSF",
      "113 LSF",
      ...[114, 115, 117, 118, 119].flatMap((v) => (v === 115 ? ["115 LSF"] : [`${v} LSF`, `${v} MSF`]))
    ])
    expect(names.length).toBe(Object.keys(found).length)
  })

  it.each(names)("%s: names, labels, formats, value labels and every cell are those that haven finds", async (name) => {
    const expected = found[name]!
    // Of version 108, haven finds no value labels; foreign writes the same table as 110 too.
    const labelled = found[name.replace("-108-", "-110-")]!
    const { names: header, rows, sheet } = await read(name, { missingCodes: "letters" })
    expect(header).toEqual(expected.names)
    expect(sheet.label).toBe(expected.label?.trim() ?? "")
    expect(sheet.columns.map(({ format }) => format)).toEqual(expected.columns.map(({ format }) => format))
    expect(sheet.columns.map(({ label }) => label)).toEqual(expected.columns.map(({ label }) => label ?? ""))
    expect(sheet.columns.map(({ valueLabels }) => Object.fromEntries([...valueLabels].map(([value, label]) => [String(value), label])))).toEqual(
      labelled.columns.map(({ labels }) => labels ?? {})
    )
    for (const [c, { cells, format }] of expected.columns.entries()) {
      if (cells === null) continue
      expect(rows.length).toBe(cells.length)
      for (const [r, cell] of cells.entries()) {
        const { cells: ours, row } = rows[r]!
        expect(row).toBe(r + 2)
        const value = ours[c]
        if (cell === null || cell === "" || cell.startsWith(".") || !Number.isFinite(Number(cell))) expect(value).toBe(cell === "" ? null : cell)
        else if (typeof value === "number" && asDate.test(format)) expect(value - 3653).toBe(Number(cell))
        else if (typeof value === "number") expect(value).toBe(Number(cell))
        else if (asDate.test(format)) expect(sinceEpoch(format, String(value))).toBeCloseTo(Number(cell), 6)
        else expect(format).toMatch(/^%t[mqhwC]/)
      }
    }
  })

  it("reads dates of each kind as text that sorts, leap seconds, and years as numbers", async () => {
    const { names: header, rows, warnings } = await read("haven-118")
    const of = (name: string) => rows.map(({ cells }) => cells[header.indexOf(name)])
    expect(of("day")).toEqual(["1969-12-31", "1970-01-01", null, "2021-12-31", "2000-01-01"])
    expect(of("old")).toEqual(["1959-12-31", "1960-01-01", null, "2021-12-31", "2000-02-29"])
    expect(of("moment")).toEqual(["1969-12-31T23:59:59.999", "1970-01-01T00:00:00", null, "2021-12-31T23:59:59.999", "2000-02-29T00:00:00"])
    expect(of("month")).toEqual(["1959-12", "1960-01", null, "2021-12", "2000-01"])
    expect(of("quarter")).toEqual(["1959-Q4", "1960-Q1", null, "2021-Q4", "2000-Q1"])
    expect(of("half")).toEqual(["1959-H2", "1960-H1", null, "2021-H2", "2000-H1"])
    expect(of("week")).toEqual(["1959w52", "1960w1", null, "2021w52", "2000w1"])
    expect(of("year")).toEqual([1959, 1960, null, 2021, 2000])
    expect(of("leap")).toEqual(["1972-06-30T23:59:59", "1972-06-30T23:59:60", "1972-06-30T23:59:60.5", "1972-07-01T00:00:00", "2021-12-31T00:00:00"])
    expect(of("far")).toEqual(["1960-01-01", 10_000_000, null, -10_000_000, "1960-01-02"])
    expect(warnings.map(({ code, where }) => [code, where?.column, where?.row])).toEqual([
      ["no-date", "far", 3],
      ["business-date", "business", undefined]
    ])
  })

  it("reads long texts of version 119 as those of 118", async () => {
    const [older, newer] = await Promise.all([read("pandas-118-little"), read("pandas-119-little")])
    expect(newer.names.at(-1)).toBe("text")
    expect(newer.rows).toEqual(older.rows)
    expect(newer.rows.map(({ cells }) => cells.at(-1))).toEqual(["长".repeat(1500), "短", null, "短"])
  })

  it("gives labels for numbers only where they are asked for, and letters of missing codes likewise", async () => {
    const column = async (options: Parameters<typeof read>[1]) => {
      const { names: header, rows } = await read("haven-118", options)
      return rows.map(({ cells }) => cells[header.indexOf("code")])
    }
    expect(await column({})).toEqual([11, 12, null, null, null])
    expect(await column({ missingCodes: "letters" })).toEqual([11, 12, ".a", null, ".z"])
    for (const labelled of ["labels", ["code", "entity"]] as const) expect(await column({ labelled })).toEqual(["Beijing", "Tianjin", "refused", null, null])
    expect(await column({ labelled: ["entity"] })).toEqual([11, 12, null, null, null])
  })

  it("tells the encoding that it takes where the version has none and the texts are not UTF-8, and takes another that is said", async () => {
    const places = async (name: string, encoding?: string) => {
      const { rows, warnings } = await read(name, { encoding })
      return {
        first: rows[0]!.cells[0],
        said: warnings.filter(({ code }) => code === "encoding-guessed").map(({ message }) => /read as (\S+)\./.exec(message)?.[1])
      }
    }
    expect(await places("foreign-113-gb18030")).toEqual({ first: "内蒙古自治区", said: ["gb18030"] })
    expect(await places("foreign-114-utf-8")).toEqual({ first: "内蒙古自治区", said: [] })
    expect(await places("foreign-114-western")).toEqual({ first: "Åland", said: ["windows-1252"] })
    expect(await places("foreign-114-western", "iso-8859-2")).toEqual({ first: "Ĺland", said: [] })
    await expect(places("foreign-114-western", "latin-15")).rejects.toThrow('foreign-114-western.dta: there is no encoding "latin-15"')
  })

  it("takes a character that is cut short by the width of its field for no sign of another encoding", async () => {
    for (const [name, said] of [
      ["foreign-114-gb18030", [expect.stringContaining("read as gb18030.")]],
      ["foreign-114-utf-8", []]
    ] as const) {
      const bytes = bytesOf(name)
      // The last byte of the last value label, before its zero.
      bytes[bytes.length - 2] = 0
      const { rows, warnings } = await read(name, {}, bytes)
      expect(warnings.map(({ message }) => message)).toEqual(said)
      expect(rows[0]!.cells[0]).toBe("内蒙古自治区")
    }
  })

  it("passes over zeros behind the value labels", async () => {
    const bytes = bytesOf("haven-115")
    expect((await read("haven-115", {}, Uint8Array.from([...bytes, 0, 0, 0, 0, 0]))).rows).toEqual((await read("haven-115")).rows)
  })

  it("gives the rows again when they are asked for again", async () => {
    const { sheet } = await read("pandas-119-big")
    expect([...sheet.rows]).toEqual([...sheet.rows])
    expect([...sheet.rows].length).toBe(5)
  })

  it.each([
    ["an empty file", [], "truncated-file", /empty file/],
    ["a zip archive", [0x50, 0x4b, 3, 4], "not-stata", /begins with the bytes 50 4b 03 04/],
    ["Stata 5", [105, 2, 1, 0], "old-stata", /version 105.*haven::read_dta/],
    ["alias variables", [...new TextEncoder().encode("<stata_dta><header><release>120</release>")], "new-stata", /version 120.*alias/],
    ["an unheard-of byte order", [114, 7, 1, 0], "damaged-file", /byte order 7/],
    ["a first byte alone", [114], "damaged-file", /first byte/]
  ])("%s is one fault", async (_, bytes, code, message) => {
    const failure: unknown = await readStata({ path: "x.dta", bytes: Uint8Array.from(bytes) }).catch((error) => error)
    expect(failure).toBeInstanceOf(UnreadableFile)
    const { faults } = failure as UnreadableFile
    expect(faults).toEqual([{ code, message: expect.stringMatching(message), where: { file: "x.dta" } }])
  })
})
