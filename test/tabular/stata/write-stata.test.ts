import { readFileSync } from "node:fs"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { legalNames } from "../../../src/tabular/stata/legal-names.ts"
import { readStata } from "../../../src/tabular/stata/read-stata.ts"
import type { StataColumn } from "../../../src/tabular/stata/stored-column.ts"
import { type StataTable, writeStata } from "../../../src/tabular/stata/write-stata.ts"
import { writtenTable } from "./written-table.ts"

const written = (table: StataTable): Uint8Array => Uint8Array.from(Buffer.concat([...writeStata(table).pieces]))
const readBack = async (table: StataTable) => {
  const [sheet] = (await readStata({ path: "x.dta", bytes: written(table) }, { labelled: "labels" })).sheets
  const [head, ...rows] = [...sheet.rows]
  return { sheet, names: head!.cells, rows: rows.map(({ cells }) => cells) }
}
/** What stands in Stata for the cell of a column. */
const expectedCell = ({ kind, valid, values }: StataColumn, row: number) => {
  const value = values[row]!
  if (valid !== undefined && valid[row] !== 1) return null
  if (kind === "text" || kind === "category") return value === "" ? null : value
  return Math.abs(value as number) < 2 ** 1023 ? (value as number) + 0 : null
}
const one = (columns: ReadonlyArray<Pick<StataColumn, "kind" | "values"> & Partial<StataColumn>>): StataTable => ({
  rows: columns[0]!.values.length,
  notes: [],
  columns: columns.map((column, i) => ({ name: `v${i}`, valid: undefined, unit: "", description: "", ...column }))
})

describe("writeStata", () => {
  it("makes the file that haven has read, and haven found in it what is in the table", () => {
    expect(Buffer.compare(written(writtenTable), readFileSync(new URL("written.dta", import.meta.url)))).toBe(0)
    const found = JSON.parse(readFileSync(new URL("../../oracle/stata-written.json", import.meta.url), "utf8"))
    expect(found.notes).toEqual(["2", ...writtenTable.notes])
    expect(found.columns.map(({ name }: { name: string }) => name)).toEqual(
      "entity year edge gdp gdp__filled coagglo_icc coagglo_icc_2 _2003 _double 省份名称 a_name_that_is_much_longer_than_ _long term".split(" ")
    )
    for (const [c, column] of writtenTable.columns.entries()) {
      const { cells, label, labels } = found.columns[c]
      expect(label ?? "").toBe(column.description.length > 80 ? "长".repeat(79) : column.description)
      for (let row = 0; row < writtenTable.rows; row++) {
        const cell = cells[row] === "" ? null : cells[row]
        const value = labels === null || cell === null ? cell : labels[cell]
        expect(typeof column.values[0] === "string" || value === null ? value : Number(value) + 0).toBe(expectedCell(column, row))
      }
    }
  })

  it("tells names that Stata does not allow, and numbers that it does not have", () => {
    const { lost, renamed, version } = writeStata(writtenTable)
    expect(version).toBe(118)
    expect(renamed.slice(0, 3)).toEqual([
      { from: "coagglo*icc", to: "coagglo_icc" },
      { from: "coagglo icc", to: "coagglo_icc_2" },
      { from: "2003", to: "_2003" }
    ])
    expect(lost).toEqual([{ column: "gdp", cells: 1 }])
  })

  it("keeps units, notes, long descriptions and first names as characteristics", async () => {
    const { sheet } = await readBack(writtenTable)
    expect(sheet.notes).toEqual(writtenTable.notes)
    expect(sheet.columns[3]).toMatchObject({ name: "gdp", unit: "10^8 yuan", label: "gross regional product", type: "double" })
    const text = new TextDecoder().decode(written(writtenTable))
    expect(text).toContain(`${writtenTable.columns[5]!.description}\0</ch>`)
    expect(text).toContain("coagglo*icc\0</ch>")
  })

  it("has a map that tells where each section begins, and where the file ends", () => {
    const bytes = Buffer.from(written(writtenTable))
    const at = bytes.indexOf("<map>") + 5
    const sections =
      "<stata_dta> <map> <variable_types> <varnames> <sortlist> <formats> <value_label_names> <variable_labels> <characteristics> <data> <strls> <value_labels> </stata_dta>"
    const places = Array.from({ length: 14 }, (_, i) => Number(bytes.readBigUInt64LE(at + 8 * i)))
    for (const [i, tag] of sections.split(" ").entries()) expect(bytes.toString("latin1", places[i], places[i]! + tag.length)).toBe(tag)
    expect(places[13]).toBe(bytes.length)
  })

  it("numbers long texts by variable and observation, in the order of the data", () => {
    const long = ["a".repeat(3000), "", "b".repeat(3000)]
    const bytes = Buffer.from(
      written(
        one([
          { kind: "number", values: [1, 2, 3] },
          { kind: "text", values: long },
          { kind: "text", values: [...long].reverse() }
        ])
      )
    )
    const found: Array<readonly [number, number, number]> = []
    for (let at = bytes.indexOf("GSO"); at >= 0; at = bytes.indexOf("GSO", at + 1))
      found.push([bytes.readUInt32LE(at + 3), Number(bytes.readBigUInt64LE(at + 7)), bytes[at + 15]!])
    expect(found).toEqual([
      [2, 1, 130],
      [3, 1, 130],
      [2, 3, 130],
      [3, 3, 130]
    ])
  })

  it("writes what its reader reads, whatever the table", async () => {
    const rows = 5
    const of = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: rows, maxLength: rows })
    const valid = fc.option(of(fc.constantFrom(0, 1)), { nil: undefined })
    const text = fc.string({ unit: "grapheme", maxLength: 30 }).filter((it) => !it.includes("\0"))
    const column = fc.oneof(
      fc.record({ kind: fc.constant("number" as const), values: of(fc.double({ noNaN: true, min: -8.9e307, max: 8.9e307 })), valid }),
      fc.record({ kind: fc.constant("integer" as const), values: of(fc.integer()), valid }),
      fc.record({ kind: fc.constant("flag" as const), values: of(fc.constantFrom(0, 1)), valid }),
      fc.record({
        kind: fc.constant("text" as const),
        values: of(
          fc.oneof(
            text,
            text.map((it) => it.repeat(200))
          )
        ),
        valid
      }),
      fc.record({ kind: fc.constant("category" as const), values: of(text), valid })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(column, { minLength: 1, maxLength: 6 }), fc.array(text, { maxLength: 3 }), async (columns, notes) => {
        const table = { ...one(columns), notes }
        const { rows: found, sheet } = await readBack(table)
        expect(found).toEqual(Array.from({ length: rows }, (_, row) => table.columns.map((it) => expectedCell(it, row))))
        expect(sheet.notes).toEqual(notes)
      }),
      { numRuns: 300 }
    )
  })

  it("writes texts with a zero in them as binary long texts, and wide rows with all texts long", async () => {
    const zero = one([{ kind: "text", values: ["a\0b", "c"] }])
    expect(Buffer.from(written(zero)).includes("GSO")).toBe(true)
    expect((await readBack(zero)).sheet.columns[0]!.type).toBe("strL")
    const wide = one(Array.from({ length: 520 }, () => ({ kind: "text" as const, values: ["y".repeat(2040)] })))
    const { rows, sheet } = await readBack(wide)
    expect(sheet.columns[0]!.type).toBe("strL")
    expect(rows[0]![519]).toBe("y".repeat(2040))
  })

  it("writes more than 32,767 variables as version 119", async () => {
    const table = one(Array.from({ length: 32_768 }, (_, i) => ({ kind: "flag" as const, values: [i % 2] })))
    expect(writeStata(table).version).toBe(119)
    const { names, rows } = await readBack(table)
    expect(names.length).toBe(32_768)
    expect(rows[0]!.at(-1)).toBe(1)
  })

  it("writes a table without rows", async () => {
    expect((await readBack(one([{ kind: "text", values: [] }]))).rows).toEqual([])
  })
})

describe("legalNames", () => {
  it("leaves legal names alone, also where another becomes one of them", () => {
    expect(legalNames(["a b", "a_b", "a-b"])).toEqual(["a_b_2", "a_b", "a_b_3"])
    expect(legalNames(["strL", "str12", "using", "", "9"])).toEqual(["_strL", "_str12", "_using", "_", "_9"])
  })

  it("gives as many names, all legal and all different", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme", maxLength: 40 }), { maxLength: 12 }).map((names) => [...new Set(names)]),
        (names) => {
          const legal = legalNames(names)
          expect(new Set(legal).size).toBe(names.length)
          for (const name of legal) {
            expect(name).toMatch(/^[\p{L}_][\p{L}0-9_]*$/u)
            expect([...name].length).toBeLessThanOrEqual(32)
          }
        }
      )
    )
  })
})
