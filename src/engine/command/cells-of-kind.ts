import type { Data, Kind } from "../../artifact/column.ts"
import type { ReadCell } from "./read-table.ts"

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/
const INFINITE = /^([+-]?)inf(inity)?$/i
/** How a program says that there is nothing: R's NA, nothing at all, Stata's point where a number is expected. */
const isMissing = (cell: ReadCell, kind: Kind, { isText, nullable }: Cells): boolean => {
  if (typeof cell === "number") return Number.isNaN(cell)
  if (cell === null) return true
  if (!isText || typeof cell !== "string") return false
  // Not every program quotes an empty text.
  if (kind === "text" || kind === "category") return cell === "NA" || (cell === "" && nullable)
  return cell === "" || /^\s*(|NA|\.|nan)\s*$/i.test(cell)
}

const asNumber = (cell: ReadCell, isText: boolean): number | undefined => {
  if (typeof cell === "number") return cell
  if (typeof cell !== "string" || !isText) return undefined
  const text = cell.trim()
  if (NUMBER.test(text)) return Number(text.replace(/[dD]/, "e"))
  const infinite = INFINITE.exec(text)
  return infinite === null ? undefined : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

const asFlag = (cell: ReadCell, isText: boolean): number | undefined => {
  if (typeof cell === "boolean") return cell ? 1 : 0
  if (typeof cell === "number") return cell === 0 || cell === 1 ? cell : undefined
  const text = typeof cell === "string" && isText ? cell.trim().toLowerCase() : ""
  return text === "true" || text === "1" ? 1 : text === "false" || text === "0" ? 0 : undefined
}

const asText = (cell: ReadCell): string | undefined => (typeof cell === "string" ? cell : typeof cell === "object" ? cell?.quoted : undefined)

const asInteger = (cell: ReadCell, isText: boolean): number | undefined => {
  const value = asNumber(cell, isText)
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined
}

const EXPECTED: Readonly<Record<Kind, string>> = {
  number: "a number",
  integer: "a whole number below 2,147,483,648",
  flag: "true or false",
  text: "a text",
  category: "a text"
}

const shown = (cell: ReadCell): string => {
  if (typeof cell === "number" || typeof cell === "boolean") return String(cell)
  const text = asText(cell) ?? ""
  return text === "" ? "nothing" : `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`
}

/** The cells of a column, as they were read. */
export interface Cells {
  readonly cells: ReadonlyArray<ReadCell>
  readonly isText: boolean
  readonly nullable: boolean
}

/** Converts the cells of a column to its kind. `wrong` is told each that is not of it, and each that is missing where none may be, by its position. */
export const cellsOf = (kind: Kind, column: Cells, wrong: (row: number, found: string, expected: string) => void): Data => {
  const { cells, isText, nullable } = column
  const valid = new Uint8Array(cells.length)
  const converted = <T>(as: (cell: ReadCell, isText: boolean) => T | undefined, absent: T, into: (i: number, value: T) => void) => {
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i]!
      // Most cells are of their kind; of a text alone it must be asked first whether it is one.
      const likely = kind === "text" || kind === "category" ? undefined : as(cell, isText)
      if (likely !== undefined && !Number.isNaN(likely)) {
        valid[i] = 1
        into(i, likely)
        continue
      }
      if (isMissing(cell, kind, column)) {
        if (!nullable) wrong(i, shown(cell), `${EXPECTED[kind]} in every row`)
        into(i, absent)
        continue
      }
      const value = as(cell, isText)
      if (value === undefined) wrong(i, shown(cell), EXPECTED[kind])
      else valid[i] = 1
      into(i, value ?? absent)
    }
  }
  if (kind === "text" || kind === "category") {
    const values = new Array<string | null>(cells.length)
    converted<string | null>(asText, null, (i, value) => (values[i] = value))
    return { values }
  }
  const values = kind === "number" ? new Float64Array(cells.length) : kind === "integer" ? new Int32Array(cells.length) : new Uint8Array(cells.length)
  converted(kind === "number" ? asNumber : kind === "integer" ? asInteger : asFlag, kind === "number" ? Number.NaN : 0, (i, value) => (values[i] = value))
  return { values, valid }
}
