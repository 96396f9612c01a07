import { strFromU8, unzipSync } from "fflate"
import { describe, expect, it } from "vitest"
import type { Kind, StoredColumn, StoredTable } from "../../../src/artifact/column.ts"
import { dataFiles } from "../../../src/render/artifact/data-file.ts"

const column = <K extends Kind>(name: string, kind: K, values: StoredColumn<K>["values"], more: Partial<StoredColumn> = {}): StoredColumn => ({
  name,
  kind,
  values,
  valid: undefined,
  unit: "",
  description: "",
  ...more
})
const panel: StoredTable = {
  rows: 3,
  notes: ["synthetic <replica>"],
  columns: [
    column("entity", "category", ["河北", 'A "b", c', ""], { valid: Uint8Array.of(1, 1, 0), description: "province" }),
    column("year", "integer", Int32Array.of(2003, 2004, 0), { valid: Uint8Array.of(1, 1, 0) }),
    column("gdp", "number", Float64Array.of(0.1, Number.NaN, Number.POSITIVE_INFINITY), { valid: Uint8Array.of(1, 0, 1), unit: "10^8 yuan" }),
    column("gdp__filled", "flag", Uint8Array.of(0, 1, 0)),
    column("remark", "text", ["a & b\u0007", " x ", "y".repeat(40_000)])
  ]
}

const filesOf = async (table: StoredTable, file: string) => {
  const made = await dataFiles(table, Uint8Array.of(1, 2, 3), file)
  if (made === undefined || "why" in made) throw new Error(made?.why ?? "no such format")
  return made
}
const bytesOf = async (table: StoredTable, file: string): Promise<Buffer> => {
  const content = (await filesOf(table, file)).files.get(file)!
  return Buffer.concat([...(typeof content === "string" || content instanceof Uint8Array ? [content] : content)].map((piece) => Buffer.from(piece as string)))
}
const sheetOf = async (table: StoredTable, n: number) => strFromU8(unzipSync(await bytesOf(table, "x.xlsx"))[`xl/worksheets/sheet${n}.xml`]!)
/** Cells of a sheet by their places: the type that the sheet says, and what is in it. */
const cellsOf = (xml: string) =>
  new Map(
    [...xml.matchAll(/<c r="([A-Z]+\d+)"(?: s="\d")?(?: t="(\w+)")?>(?:<v>|<is><t xml:space="preserve">)(.*?)<\//gs)].map(([, at, type, text]) => [
      at!,
      [type, text]
    ])
  )

describe("dataFiles", () => {
  it(".csv: quoted where it must be, missing cells empty, metadata beside it", async () => {
    expect((await bytesOf(panel, "x.csv")).toString().split("\n").slice(0, 3)).toEqual([
      "entity,year,gdp,gdp__filled,remark",
      "河北,2003,0.1,false,a & b\u0007",
      '"A ""b"", c",2004,,true, x '
    ])
    expect([...(await filesOf(panel, "a/x.csv")).files.keys()]).toEqual(["a/x.csv", "a/x.csv-metadata.json"])
  })

  it(".xlsx: cells of each kind, missing ones left out, letters that XML does not allow too", async () => {
    const xml = await sheetOf(panel, 1)
    const cells = cellsOf(xml)
    expect(cells.get("A1")).toEqual(["inlineStr", "entity"])
    expect(["A2", "B2", "C2", "D2", "E2"].map((at) => cells.get(at))).toEqual([
      ["inlineStr", "河北"],
      [undefined, "2003"],
      [undefined, "0.1"],
      ["b", "0"],
      ["inlineStr", "a &amp; b"]
    ])
    expect(["A3", "C3", "D3", "E3"].map((at) => cells.get(at))).toEqual([["inlineStr", "A &quot;b&quot;, c"], undefined, ["b", "1"], ["inlineStr", " x "]])
    expect(["A4", "B4", "C4"].map((at) => cells.get(at))).toEqual([undefined, undefined, ["inlineStr", "Infinity"]])
    expect(cells.get("E4")![1]!.length).toBe(32_767)
    expect(xml).toContain('<pane ySplit="1"')
  })

  it(".xlsx: the second sheet has types, units, descriptions, how many are missing and filled, and the notes", async () => {
    const cells = cellsOf(await sheetOf(panel, 2))
    const row = (n: number) => ["A", "B", "C", "D", "E", "F"].map((letter) => cells.get(`${letter}${n}`)?.[1])
    expect(row(2)).toEqual(["entity", "category", undefined, "province", "1", "0"])
    expect(row(4)).toEqual(["gdp", "number", "10^8 yuan", undefined, "1", "1"])
    expect(row(7)).toEqual(["note", undefined, undefined, "synthetic &lt;replica&gt;", undefined, undefined])
  })

  it(".xlsx: texts that are too long for a cell are told", async () => {
    expect((await filesOf(panel, "x.xlsx")).told).toEqual(["remark: 1 text has more than 32,767 characters and is cut, as Excel cuts them"])
  })

  it(".xlsx and .dta: the same table makes the same file", async () => {
    for (const file of ["x.xlsx", "x.dta"]) expect((await bytesOf(panel, file)).equals(await bytesOf(panel, file))).toBe(true)
  })

  it(".xlsx: what Excel has no room for is refused with another format", async () => {
    expect(await dataFiles({ ...panel, rows: 1_048_576 }, new Uint8Array(), "x.xlsx")).toEqual({ why: expect.stringMatching(/1048576 rows.*\.parquet/) })
    const many = { ...panel, columns: Array.from({ length: 16_385 }, () => panel.columns[0]!) }
    expect(await dataFiles(many, new Uint8Array(), "x.xlsx")).toEqual({ why: expect.stringMatching(/16384 columns/) })
  })

  it("large tables are made piece by piece", async () => {
    const rows = 60_000
    const wide = {
      rows,
      notes: [],
      columns: ["a", "b", "c"].map((name) =>
        column(
          name,
          "number",
          Float64Array.from({ length: rows }, (_, i) => i / 7)
        )
      )
    }
    for (const [file, least] of [
      ["x.csv", 10],
      ["x.xlsx", 10],
      ["x.dta", 2]
    ] as const) {
      const pieces = [...((await filesOf(wide, file)).files.get(file) as Iterable<string | Uint8Array>)]
      expect(pieces.length).toBeGreaterThan(least)
      for (const piece of pieces) expect(piece.length).toBeLessThan(1.1e6)
    }
  })

  it(".dta: what Stata has no name or no number for is told", async () => {
    const { told } = await filesOf({ ...panel, columns: [...panel.columns, column("a/b", "number", Float64Array.of(1, 2, 3))] }, "x.dta")
    expect(told).toEqual(["names that Stata does not allow: a/b is a_b", "gdp: 1 number is more than Stata can hold, and missing there"])
    expect(await dataFiles({ rows: 0, columns: [], notes: [] }, new Uint8Array(), "x.dta")).toEqual({ why: expect.stringContaining("a variable at least") })
  })

  it(".arrow: the artifact itself; another ending is none of ours", async () => {
    expect([...(await bytesOf(panel, "x.ARROW"))]).toEqual([1, 2, 3])
    expect(dataFiles(panel, new Uint8Array(), "x.sav")).toBeUndefined()
  })
})
