/** Where in a file something stands, for faults and for the origin of a cell. */
import type { Fault } from "@sediment/sediment"
import { cellName, columnLetters } from "../../src/tabular/a1.ts"
import { shown } from "./shown.ts"

/** A sheet of a file, as messages call it; `sheet` is "" where the file has none. */
export interface SheetOf {
  readonly path: string
  readonly sheet: string
  /** How far what is read here stands from where the description has it: in a further one of several areas. */
  readonly shift?: { readonly rows: number; readonly columns: number } | undefined
}

/** The row and the column that a row and a column of the description are in the file. */
export const rowIn = ({ shift }: SheetOf, row: number): number => row + (shift?.rows ?? 0)
export const lettersIn = ({ shift }: SheetOf, column: number): string => columnLetters(column + (shift?.columns ?? 0))

/** `data/a.xlsx, sheet "Table 1"`. */
export const sheetInWords = ({ path, sheet }: SheetOf): string => (sheet === "" ? path : `${path}, sheet "${sheet}"`)

const whereOf = ({ path, sheet }: SheetOf): { readonly file: string; readonly sheet?: string } => (sheet === "" ? { file: path } : { file: path, sheet })

/** A column in words: by its header, and in a workbook by its letter too. */
export const columnInWords = (of: SheetOf, column: number, head: string): string => {
  const letters = lettersIn(of, column)
  return head === "" ? `column ${letters}` : of.sheet === "" ? `column "${head}"` : `column ${letters} ("${head}")`
}

/** A fault of one cell: where it is, what it holds, what it should hold, and what to do. `more` stands behind what was found. */
export const faultAt = (
  of: SheetOf,
  code: string,
  place: { readonly row: number; readonly column: number; readonly head: string },
  value: string,
  expected: string,
  remedy: string,
  more = ""
): Fault => ({
  code,
  message: `${sheetInWords(of)}, row ${rowIn(of, place.row)}, ${columnInWords(of, place.column, place.head)}: found "${shown(value)}"${more}, expected ${expected}; ${remedy}`,
  where: { ...whereOf(of), row: rowIn(of, place.row), column: place.head === "" ? lettersIn(of, place.column) : place.head, value: shown(value), expected }
})

/** A fault of a row, or of a whole sheet. */
export const sheetFault = (of: SheetOf, code: string, row: number | undefined, message: string, where: NonNullable<Fault["where"]> = {}): Fault => ({
  code,
  message: `${sheetInWords(of)}${row === undefined ? "" : `, row ${rowIn(of, row)}`}: ${message}`,
  where: { ...whereOf(of), ...(row === undefined ? {} : { row: rowIn(of, row) }), ...where }
})

/** `data/a.xlsx!Table 1!C7`: where a value was read. */
export const originOf = (of: SheetOf, column: number, row: number): string =>
  `${of.path}!${of.sheet === "" ? "" : `${of.sheet}!`}${cellName(column + (of.shift?.columns ?? 0), rowIn(of, row))}`
