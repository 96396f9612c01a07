import type { SheetRow } from "../../tabular/sheet.ts"

/**
 * A cell of a file. Of CSV, where all is text, it is that text; one in quotes that means something else without them (NA, nothing) is told apart. Of any other
 * format it is what the format has.
 */
export type ReadCell = string | number | boolean | null | { readonly quoted: string }

/** The names of the columns of a file, and their cells. */
export interface ReadTable {
  /** Whether all cells are texts, whatever they stand for. */
  readonly isText: boolean
  readonly names: ReadonlyArray<string>
  readonly columns: ReadonlyArray<ReadonlyArray<ReadCell>>
  /** Where each row stands in the file: its line, or its number below the names, which are row 1. */
  readonly places: ReadonlyArray<number>
  /** Rows that have more cells than there are names. */
  readonly tooLong: ReadonlyArray<{ readonly place: number; readonly cells: number }>
}

/** Gathers rows by column; the first one has the names. Undefined where there is none. */
export const gatherColumns = (rows: Iterable<{ readonly place: number; readonly cells: ReadonlyArray<ReadCell> }>, isText: boolean): ReadTable | undefined => {
  let names: ReadonlyArray<string> | undefined
  let columns: ReadonlyArray<Array<ReadCell>> = []
  const places: Array<number> = []
  const tooLong: Array<{ place: number; cells: number }> = []
  for (const { cells, place } of rows) {
    if (names === undefined) {
      names = cells.map((cell) => (typeof cell === "object" ? (cell?.quoted ?? "") : String(cell)))
      columns = names.map(() => [])
      continue
    }
    if (cells.length > names.length) tooLong.push({ place, cells: cells.length })
    for (let i = 0; i < columns.length; i++) columns[i]!.push(i < cells.length ? cells[i]! : null)
    places.push(place)
  }
  return names && { isText, names, columns, places, tooLong }
}

/** The rows of a sheet of another format. */
export function* sheetRows(rows: Iterable<SheetRow>): Generator<{ readonly place: number; readonly cells: ReadonlyArray<ReadCell> }> {
  for (const { cells, row } of rows) yield { place: row, cells }
}
