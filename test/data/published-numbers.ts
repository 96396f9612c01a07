import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"

/** A row of data/published: a printed thing. */
export interface PrintedRow {
  readonly table: string
  readonly column: string
  readonly term: string
  readonly label: string
  readonly kind: string
  readonly value: string
  readonly stars: string
  readonly text: string
}
export const printedRows = (table: number | "text"): ReadonlyArray<PrintedRow> =>
  parse(readFileSync(`data/published/${table === "text" ? table : `table-${String(table).padStart(2, "0")}`}.csv`), { columns: true })

/** A number by table and column, as "4.1". */
export const printedValue = (id: string, term: string, kind: string): number => {
  const [table, column] = id.split(".")
  const row = printedRows(Number(table)).find((one) => one.column === column && one.term === term && one.kind === kind)
  if (row === undefined) throw new Error(`Table ${id} prints no ${kind} of ${term}`)
  return Number(row.value)
}
