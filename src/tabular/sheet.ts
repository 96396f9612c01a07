import type { Fault } from "../dag/stage.ts"

/** What a cell holds: text, a number, a truth, or nothing. A formula has its stored result, an error cell its text (`#DIV/0!`), a date its ISO text. */
export type CellValue = string | number | boolean | null

/** A row that holds something. Rows count from 1, as the file's own program shows them; cells from the first column on, and those at the end that are empty may lack. */
export interface SheetRow {
  readonly row: number
  readonly cells: ReadonlyArray<CellValue>
}

/** Cells merged into one: rows count from 1, columns from 0, both ends within. Its value stands in the cell at the top left, the others are empty. */
export interface CellRange {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** A rectangle of cells of a file: a workbook's sheet, or a text file as a whole. A format with named columns (Parquet, Arrow, Stata) has their names in row 1. */
export interface Sheet {
  /** The sheet's own name; of a file that has no sheets "". */
  readonly name: string
  readonly merged: ReadonlyArray<CellRange>
  /** The rows in order, made as they are asked for; asking again begins again. May throw UnreadableFile on the way. */
  readonly rows: Iterable<SheetRow>
}

/** A file as its sheets, and what is worth telling about it though it could be read. */
export interface SheetFile {
  readonly sheets: ReadonlyArray<Sheet>
  readonly warnings: ReadonlyArray<Fault>
  /** How the file was taken, where its content or the options decide that: `encoding`, `delimiter` and the like, as the reader's options name them. */
  readonly understood?: Readonly<Record<string, string>>
}

/** What is wrong with a file: all of it together. Messages name the file, the row and column where they are known, what was found, what was expected and what to do. */
export class UnreadableFile extends Error {
  readonly faults: ReadonlyArray<Fault>
  constructor(faults: ReadonlyArray<Fault>) {
    super(faults.map(({ message }) => message).join("\n"))
    this.name = "UnreadableFile"
    this.faults = faults
  }
}
