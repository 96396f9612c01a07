import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { columnLetters } from "../../../src/tabular/a1.ts"
import type { CellValue } from "../../../src/tabular/sheet.ts"
import { cellsOf, read, sheetXml, stringsXml } from "./workbook-file.ts"

const escaped = (text: string): string =>
  text
    .replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_")
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, (letter) => `_x${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")

const texts = fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: fc.constantFrom("_", "x", "0", "A", "省", "\n", "\t", " ", "<", "]]>", "&", '"') }))
const values: fc.Arbitrary<CellValue> = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer(), texts, fc.boolean(), fc.constant(null))

/** Rows of cells at any places: gaps between, empty ones too. */
const sheets = fc.uniqueArray(fc.record({ row: fc.integer({ min: 1, max: 60 }), cells: fc.array(values, { maxLength: 8 }) }), {
  selector: ({ row }) => row,
  maxLength: 12
})

interface Style {
  readonly named: boolean
  readonly shared: boolean
  readonly empty: boolean
}

const written = (rows: ReadonlyArray<{ readonly row: number; readonly cells: ReadonlyArray<CellValue> }>, { empty, named, shared }: Style) => {
  const strings: Array<string> = []
  const cell = (value: CellValue, column: number, row: number): string => {
    const at = named ? ` r="${columnLetters(column)}${row}"` : ""
    if (value === null) return empty || !named ? `<c${at}/>` : ""
    if (typeof value === "boolean") return `<c${at} t="b"><v>${value ? 1 : 0}</v></c>`
    if (typeof value === "number") return `<c${at}><v>${value}</v></c>`
    if (!shared) return `<c${at} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`
    const [first = "", ...rest] = value
    strings.push(`<r><t>${escaped(first)}</t></r><r><t xml:space="preserve">${escaped(rest.join(""))}</t></r>`)
    return `<c${at} t="s"><v>${strings.length - 1}</v></c>`
  }
  const xml = rows.map(({ cells, row }) => `<row r="${row}">${cells.map((value, column) => cell(value, column, row)).join("")}</row>`).join("")
  return { sheets: { S: sheetXml(xml) }, strings: stringsXml(...strings) }
}

describe("readXlsx", () => {
  it("finds in any sheet the cells that were written", () =>
    fc.assert(
      fc.asyncProperty(sheets, fc.record({ named: fc.boolean(), shared: fc.boolean(), empty: fc.boolean() }), async (drawn, style) => {
        const rows = drawn.toSorted((a, b) => a.row - b.row)
        const expected = rows.flatMap(({ cells, row }) => {
          const held = cells.map((cell) => (cell === "" ? null : Object.is(cell, -0) ? 0 : cell))
          while (held.length > 0 && held[held.length - 1] === null) held.pop()
          return held.length === 0 ? [] : [[String(row), held]]
        })
        expect(cellsOf(await read(written(rows, style)))).toEqual(Object.fromEntries(expected))
      }),
      { numRuns: 300 }
    ))
})
