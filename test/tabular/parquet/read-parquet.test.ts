import { readFileSync } from "node:fs"
import { parquetWriteBuffer } from "hyparquet-writer"
import { describe, expect, it } from "vitest"
import { readParquet } from "../../../src/tabular/parquet/read-parquet.ts"
import { UnreadableFile } from "../../../src/tabular/sheet.ts"
import { bytesOf, names, read } from "./files.ts"

type Texts = { readonly names: ReadonlyArray<string>; readonly rows: ReadonlyArray<ReadonlyArray<string | null>> }
/** What DuckDB finds in each file, as text; of the long one, every 250th row. */
const found = JSON.parse(readFileSync(new URL("../../oracle/parquet-files.json", import.meta.url), "utf8")).files as Readonly<Record<string, Texts>>

/** A cell as DuckDB would have it, given what it has: moments with a space, decimals with all their zeros, floats as short as they may be. */
const sameAs = (text: string | null, cell: unknown): unknown => {
  if (text === null || text === "nan") return null
  if (typeof cell === "number") return Math.fround(cell) === cell && Math.fround(Number(text)) === cell ? cell : Number(text)
  if (typeof cell === "boolean") return text === "true"
  if (/^\d{4}-\d\d-\d\d /.test(text)) return text.replace(" ", "T").replace("+00", "Z")
  return text
}

const flat = names.filter((name) => !/nested|brotli/.test(name))

describe("readParquet", () => {
  it.each(flat)("%s: every cell is what DuckDB finds", async (name) => {
    const expected = found[name]!
    const { names: header, rows } = await read(name)
    expect(header).toEqual(expected.names)
    const shown = name.includes("long") ? rows.filter((_, i) => i % 250 === 7) : rows
    expect(shown.length).toBe(expected.rows.length)
    for (const [r, texts] of expected.rows.entries())
      for (const [c, text] of texts.entries()) expect(shown[r]!.cells[c]).toEqual(sameAs(text, shown[r]!.cells[c]))
  })

  it("counts rows over row groups, and gives them again when they are asked for again", async () => {
    const { rows, sheet } = await read("duckdb-long-v2")
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 2))
    expect([...sheet.rows].slice(1)).toEqual(rows)
  })

  it("tells whole numbers and decimals that a number does not hold, which are texts", async () => {
    const { names: header, rows, warnings } = await read("duckdb-zstd")
    expect(warnings.map(({ code, where }) => [code, where?.column])).toEqual([
      ["long-number", "large"],
      ["long-number", "uint64"],
      ["long-number", "decimal38"]
    ])
    const of = (name: string) => rows.slice(0, 3).map(({ cells }) => cells[header.indexOf(name)])
    expect(of("large")).toEqual(["9007199254740990", 9007199254740991, "9007199254740992"].map((x) => (x === "9007199254740990" ? 9007199254740990 : x)))
    expect(of("decimal4")).toEqual([0, 0.3, 0.6])
    expect(of("decimal38")).toEqual([0, "0.33333333333333331968", "0.66666666666666663936"])
    expect(of("utc")[0]).toBe("2000-02-29T00:00:00Z")
    expect(of("nanos")[1]).toBe("2021-12-31T00:00:00.000001")
  })

  it("gives units, descriptions and notes that sediment has written", async () => {
    const kvMetadata = [
      { key: "sediment.columns", value: '[{"name":"gdp","unit":"10^8 yuan","description":"gross regional product"}]' },
      { key: "sediment.notes", value: '["synthetic replica"]' }
    ]
    const buffer = parquetWriteBuffer({ columnData: [{ name: "gdp", type: "DOUBLE", data: [1, null, 3], nullable: true }], kvMetadata })
    const { rows, sheet } = await read("x", new Uint8Array(buffer))
    expect(rows.map(({ cells }) => cells)).toEqual([[1], [null], [3]])
    expect(sheet.notes).toEqual(["synthetic replica"])
    expect(sheet.columns[0]).toMatchObject({ name: "gdp", type: "DOUBLE", unit: "10^8 yuan", label: "gross regional product" })
  })

  const broken = (change: (bytes: Uint8Array) => Uint8Array | undefined) => () => {
    const bytes = bytesOf("duckdb-snappy")
    return change(bytes) ?? bytes
  }
  it.each([
    ["nested columns", () => bytesOf("duckdb-nested"), "nested-column", /nested columns.*: list, pair, expected one value a cell/],
    ["Brotli", () => bytesOf("duckdb-brotli"), "unknown-codec", /packed by BROTLI, expected Snappy, Zstandard/],
    ["an empty file", () => new Uint8Array(0), "truncated-file", /empty file/],
    ["a text", () => new TextEncoder().encode("entity,year\nHebei,2003\n"), "not-parquet", /begins with "enti", expected PAR1/],
    ["a file cut off", broken((bytes) => bytes.subarray(0, -1)), "truncated-file", /cut off/],
    ["an encrypted file", broken((bytes) => void bytes.set(new TextEncoder().encode("PARE"), bytes.length - 4)), "encrypted-file", /without encryption/],
    ["a footer of 2 GB", broken((bytes) => void bytes.set([0xff, 0xff, 0xff, 0x7f], bytes.length - 8)), "damaged-file", /footer has 2147483647 bytes/],
    ["a footer of nothing", broken((bytes) => void bytes.set([0, 0, 0, 0], bytes.length - 8)), "damaged-file", /footer/],
    ["a footer of noise", broken((bytes) => void bytes.fill(0x19, bytes.length - 400, bytes.length - 8)), "damaged-file", /footer/]
  ])("%s is one fault", async (_, make, code, message) => {
    const failure: unknown = await readParquet({ path: "x.parquet", bytes: make() }).catch((error) => error)
    expect(failure).toBeInstanceOf(UnreadableFile)
    expect((failure as UnreadableFile).faults).toMatchObject([{ code, message: expect.stringMatching(message), where: { file: "x.parquet" } }])
  })

  it("a page that is damaged is told with its column and row group", async () => {
    const bytes = bytesOf("duckdb-gzip")
    bytes.fill(0xff, 300, 700)
    const failure: unknown = await read("x", bytes).catch((error) => error)
    expect(failure).toBeInstanceOf(UnreadableFile)
    expect((failure as UnreadableFile).message).toMatch(/^x\.parquet: column "\w+", row group 1 of 1: .*damaged/)
  })
})
