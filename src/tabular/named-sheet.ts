import type { CellValue, Sheet, SheetFile } from "./sheet.ts"

/** What a format with named columns says of a column beside its cells. */
export interface NamedColumn {
  readonly name: string
  /** The file's own name of the type: `int`, `str20`, `INT64`, `Timestamp<ms>`. */
  readonly type: string
  /** A sentence or a word that describes it; "" where the file has none. */
  readonly label: string
  /** "" where the file has none. */
  readonly unit: string
  /** How the file's program displays it, such as `%9.2f`; "" where the file says nothing. */
  readonly format: string
  /** Labels of values; the keys are numbers, and letters such as `.a` of missing codes. Empty where there are none. */
  readonly valueLabels: ReadonlyMap<number | string, string>
}

/** A sheet of a format with named columns: their names are in row 1, what else the file tells of them is here, in the same order. */
export interface NamedSheet extends Sheet {
  /** What the file says of itself. */
  readonly label: string
  readonly notes: ReadonlyArray<string>
  readonly columns: ReadonlyArray<NamedColumn>
}

export interface NamedSheetFile extends SheetFile {
  readonly sheets: readonly [NamedSheet]
}

/** What a sheet tells of a column, from 0, if its format does. */
export const namedColumn = (sheet: Sheet, column: number): NamedColumn | undefined => ("columns" in sheet ? (sheet as NamedSheet).columns[column] : undefined)

/** A value by its label, where the file has one for it: Stata keeps names of entities so. */
export const labelled = (sheet: Sheet, column: number, value: CellValue): CellValue =>
  (typeof value === "number" ? namedColumn(sheet, column)?.valueLabels.get(value) : undefined) ?? value
