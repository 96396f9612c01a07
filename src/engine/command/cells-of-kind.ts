import type { Data, Kind } from "../../artifact/column.ts"

/** A cell that a command has written: of a text file as it stands there, of any other as its format has it. */
export type TextCell = { readonly text: string; readonly quoted: boolean } | string | number | boolean | null

/** A row of a file, with its place there: a line of text, a row of any other. */
export interface ReadRow {
  readonly place: number
  readonly cells: ReadonlyArray<TextCell>
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?$/
const INFINITE = /^([+-]?)inf(inity)?$/i
/** How a program says that there is nothing: R, and nobody in particular. Stata's `.` too, where a number is expected. */
const isMissing = (cell: TextCell, kind: Kind, nullable: boolean): boolean => {
  if (cell === null) return true
  if (typeof cell !== "object") return typeof cell === "number" && Number.isNaN(cell)
  if (kind !== "text" && kind !== "category") return /^(|NA|\.|nan)$/i.test(cell.text.trim())
  // Not every program quotes an empty text.
  return !cell.quoted && (cell.text === "NA" || (cell.text === "" && nullable))
}

const asNumber = (cell: TextCell): number | undefined => {
  if (typeof cell === "number") return cell
  const text = typeof cell === "object" && cell !== null ? cell.text.trim() : undefined
  if (text === undefined) return undefined
  if (NUMBER.test(text)) return Number(text.replace(/[dD]/, "e"))
  const infinite = INFINITE.exec(text)
  return infinite === null ? undefined : infinite[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

const asFlag = (cell: TextCell): number | undefined => {
  if (typeof cell === "boolean") return cell ? 1 : 0
  if (typeof cell === "number") return cell === 0 || cell === 1 ? cell : undefined
  const text = typeof cell === "object" && cell !== null ? cell.text.trim().toLowerCase() : ""
  return text === "true" || text === "1" ? 1 : text === "false" || text === "0" ? 0 : undefined
}

const asText = (cell: TextCell): string | undefined => (typeof cell === "string" ? cell : typeof cell === "object" && cell !== null ? cell.text : undefined)

const asInteger = (cell: TextCell): number | undefined => {
  const value = asNumber(cell)
  return value !== undefined && Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : undefined
}

const EXPECTED: Readonly<Record<Kind, string>> = {
  number: "a number",
  integer: "a whole number below 2,147,483,648",
  flag: "true or false",
  text: "a text",
  category: "a text"
}

const shown = (cell: TextCell): string => {
  if (cell === null) return "nothing"
  const text = typeof cell === "object" ? cell.text : String(cell)
  if (text === "") return "nothing"
  return typeof cell === "string" || typeof cell === "object" ? `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"` : text
}

/** The cells of a column, converted to its kind. `wrong` is told each that is not of it, and each that is missing where none may be. */
export const cellsOf = (
  kind: Kind,
  nullable: boolean,
  cells: ReadonlyArray<{ readonly place: number; readonly cell: TextCell }>,
  wrong: (place: number, found: string, expected: string) => void
): Data => {
  const valid = new Uint8Array(cells.length)
  const converted = <T>(as: (cell: TextCell) => T | undefined, absent: T, into: (i: number, value: T) => void) => {
    for (const [i, { cell, place }] of cells.entries()) {
      if (isMissing(cell, kind, nullable)) {
        if (!nullable) wrong(place, shown(cell), `${EXPECTED[kind]} in every row`)
        into(i, absent)
        continue
      }
      const value = as(cell)
      if (value === undefined) wrong(place, shown(cell), EXPECTED[kind])
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
