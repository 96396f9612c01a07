/** The header rows of a sheet: what they call each of its columns. */
import type { CellRange, CellValue, Sheet } from "../../src/tabular/sheet.ts"
import { shown } from "./shown.ts"
import { splitUnit } from "./unit.ts"

/** A column of a sheet, from 0, as its header rows name it: their texts from the top down, each once. */
export interface Head {
  readonly column: number
  readonly parts: ReadonlyArray<string>
}

/** A cell as text: what is compared with names. */
export const cellText = (value: CellValue | undefined): string => (value === null || value === undefined ? "" : String(value).trim())

/** Texts that differ in nothing but spaces and full-width characters have one such form. */
export const squeezed = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "")

/** The rows of a sheet up to `last`, by their number. */
export const rowsUpTo = (sheet: Sheet, last: number): ReadonlyMap<number, ReadonlyArray<CellValue>> => {
  const rows = new Map<number, ReadonlyArray<CellValue>>()
  for (const { cells, row } of sheet.rows) {
    if (row > last) break
    rows.set(row, cells)
  }
  return rows
}

const rangeAt = (merged: ReadonlyArray<CellRange>, row: number, column: number): CellRange | undefined =>
  merged.find(({ bottom, left, right, top }) => row >= top && row <= bottom && column >= left && column <= right)

/**
 * The texts of a header row over all columns. A merged cell's text stands over all its columns; where the row has no such cells (text files lose them), an empty
 * cell with something below it, in the header rows `below`, belongs to the text on its left.
 */
export const spreadRow = (
  rows: ReadonlyMap<number, ReadonlyArray<CellValue>>,
  row: number,
  below: ReadonlyArray<number>,
  merged: ReadonlyArray<CellRange>,
  width: number
): ReadonlyArray<string> => {
  const cells = rows.get(row) ?? []
  const lost = !merged.some(({ bottom, left, right, top }) => right > left && row >= top && row <= bottom)
  const holds = (column: number) => below.some((one) => cellText(rows.get(one)?.[column]) !== "")
  let left = ""
  return Array.from({ length: width }, (_, column) => {
    const own = cellText(cells[column])
    const range = own === "" ? rangeAt(merged, row, column) : undefined
    if (range !== undefined) {
      const text = cellText(rows.get(range.top)?.[range.left])
      if (range.top === row) left = text
      return text
    }
    if (own !== "") return (left = own)
    return lost && holds(column) ? left : ""
  })
}

/** Names the columns by those of their header rows, given from the top down, that `named` takes. */
export const headsOf = (
  rows: ReadonlyMap<number, ReadonlyArray<CellValue>>,
  headers: ReadonlyArray<number>,
  merged: ReadonlyArray<CellRange>,
  named: (row: number) => boolean = () => true
): ReadonlyArray<Head> => {
  const width = Math.max(0, ...headers.map((row) => rows.get(row)?.length ?? 0))
  const texts = headers.flatMap((row, i) => (named(row) ? [spreadRow(rows, row, headers.slice(i + 1), merged, width)] : []))
  return Array.from({ length: width }, (_, column) => ({ column, parts: [...new Set(texts.map((row) => row[column]!).filter((text) => text !== ""))] }))
}

/** A column's headers as one text, as messages have it. */
export const headText = ({ parts }: Head): string => parts.map((part) => shown(part)).join(" / ")

/** How a header may be called: without its unit; of a bilingual one also either of its lines. */
const namesOf = (part: string): ReadonlyArray<string> => [part, ...part.split(/[\r\n]+/)].flatMap((one) => [squeezed(one), squeezed(splitUnit(one).name)])

/**
 * The columns that a header (or several texts, of several header rows) names: those that have it as their whole header; or else those of which it is one header
 * row; or else those that have it with a unit behind it, or as one of several lines.
 */
export const columnsNamed = (heads: ReadonlyArray<Head>, wanted: string | ReadonlyArray<string>): ReadonlyArray<Head> => {
  const texts = (typeof wanted === "string" ? [wanted] : wanted).map(squeezed)
  const whole = heads.filter(({ parts }) => squeezed(parts.join("")) === texts.join(""))
  if (whole.length > 0) return whole
  const named = heads.filter(({ parts }) => texts.every((text) => parts.some((part) => squeezed(part) === text)))
  if (named.length > 0) return named
  return heads.filter(({ parts }) => texts.every((text) => parts.some((part) => namesOf(part).includes(text))))
}

/** The unit that a column's headers have in brackets, the lowest first. */
export const unitOfHead = ({ parts }: Head): string | undefined => {
  for (const part of [...parts].reverse()) {
    const { unit } = splitUnit(part)
    if (unit !== undefined) return unit
  }
  return undefined
}
