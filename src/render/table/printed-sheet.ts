import { entriesOf } from "./entries.ts"
import { allNotes, columnGroups, levelOf, type PrintedLayout } from "./printed-layout.ts"

/**
 * A table as it is set on a page or in a sheet: the rectangle that HTML, LaTeX, Word and spreadsheets have in common. Where the paper prints something in a column,
 * it has a column of its own right of the run's.
 */
export interface PrintedSheet {
  readonly title: string
  readonly notes: ReadonlyArray<string>
  readonly columns: ReadonlyArray<SheetColumn>
  /** Lines of headings, top to bottom; the spans of each sum to the number of columns (the stub aside). */
  readonly heads: ReadonlyArray<ReadonlyArray<SheetHeading>>
  readonly lines: ReadonlyArray<SheetLine>
}
export interface SheetColumn {
  /** Of the layout. */
  readonly column: number
  /** Whether it holds what is printed elsewhere: the paper's numbers, or another run's. */
  readonly beside: boolean
  /** Numbers, aligned at the decimal point; words otherwise. */
  readonly numeric: boolean
}
export interface SheetHeading {
  readonly text: string
  readonly span: number
  /** Set over several columns as their common heading. */
  readonly group: boolean
}
export interface SheetLine {
  /** Without the spaces that set it under a heading. */
  readonly label: string
  /** Under how many headings it stands. */
  readonly level: number
  /** How many lines the label stands for: 2 where standard errors stand under it, 0 on these. */
  readonly lines: number
  /** A label alone, over what follows. */
  readonly heading: boolean
  /** A thin rule above. */
  readonly ruled: boolean
  /** A text a column. */
  readonly cells: ReadonlyArray<string>
  /** Whether the run beside it has another text. */
  readonly differs: ReadonlyArray<boolean>
  /** The number behind each text; NaN where there is none. */
  readonly values: ReadonlyArray<number>
}

export const printedSheet = (layout: PrintedLayout): PrintedSheet => {
  const hasBeside = (column: number) => layout.columns[column]!.published
  const columns = layout.columns.flatMap(({ numeric }, column) => [
    { column, numeric, beside: false },
    ...(hasBeside(column) ? [{ column, numeric, beside: true }] : [])
  ])
  const width = (column: number) => (hasBeside(column) ? 2 : 1)
  const heads: Array<ReadonlyArray<SheetHeading>> = []
  const groups = columnGroups(layout.columns)
  if (groups.some(([heading]) => heading !== ""))
    heads.push(
      groups.map(([text, first, last]) => {
        let span = 0
        for (let column = first; column <= last; column++) span += width(column)
        return { text, span, group: text !== "" }
      })
    )
  heads.push(layout.columns.map(({ label }, column) => ({ text: label, span: width(column), group: false })))
  if (columns.some(({ beside }) => beside))
    heads.push(columns.map(({ beside, column }) => ({ text: beside ? layout.besideLabel : hasBeside(column) ? layout.runLabel : "", span: 1, group: false })))
  const shown = (row: PrintedLayout["rows"][number]) => columns.some(({ beside, column }) => row.cells[column]![beside ? "published" : "text"] !== "")
  const lines = entriesOf(layout.rows, shown).flatMap(({ from, heading, to }) =>
    layout.rows.slice(from, to).map((row, i) => ({
      label: row.label.trimStart(),
      level: levelOf(row.label),
      lines: i === 0 ? to - from : 0,
      heading,
      ruled: row.ruled,
      cells: columns.map(({ beside, column }) => row.cells[column]![beside ? "published" : "text"]),
      differs: columns.map(({ column }) => row.cells[column]!.differs === true),
      values: columns.map(({ beside, column }) => row.cells[column]![beside ? "publishedValue" : "value"])
    }))
  )
  return { title: layout.title, notes: allNotes(layout), columns, heads, lines }
}
