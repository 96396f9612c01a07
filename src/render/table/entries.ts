import type { PrintedRow } from "./printed-layout.ts"

/** The lines of one thing in a table: a row with a label and those without one under it. */
export interface Entry {
  readonly from: number
  readonly to: number
  /** A label alone that no column has a cell for. */
  readonly heading: boolean
}

/** The rows of a table by what they are of; `filled` tells whether a row has a cell. */
export const entriesOf = (rows: ReadonlyArray<PrintedRow>, filled: (row: PrintedRow) => boolean): ReadonlyArray<Entry> => {
  const starts = rows.flatMap((row, r) => (r === 0 || row.ruled || row.label !== "" ? [r] : []))
  return starts.map((from, i) => {
    const to = starts[i + 1] ?? rows.length
    return { from, to, heading: to === from + 1 && rows[from]!.label !== "" && !filled(rows[from]!) }
  })
}
