import type { StoredTable } from "../../../src/artifact/column.ts"
import { PrintedTable, Published } from "../../../stages/table-types.ts"
import { printedTable } from "../../../stages/tables/printed-table.ts"
import { placeOf } from "../../../stages/tables/published-numbers.ts"
import { tableOf } from "../run-stage.ts"

/** A published number for the tests of comparisons; its value is read off the text. */
export interface Printed {
  readonly table?: string
  readonly column?: string
  readonly term: string
  readonly kind?: string
  readonly text: string
}
const placed = ({ column = "1", kind = "estimate", table = "4", term }: Printed) => ({ table, column, term, kind })
const numberIn = (text: string): number => Number(text.replace(/[()[\]{}*, ]/g, "") || Number.NaN)

export const publishedTable = (rows: ReadonlyArray<Printed>): StoredTable =>
  tableOf(Published, {
    table: rows.map((row) => placed(row).table),
    column: rows.map((row) => placed(row).column),
    column_label: rows.map(() => "ami"),
    term: rows.map(({ term }) => term),
    label: rows.map(({ term }) => term),
    kind: rows.map((row) => placed(row).kind),
    value: Float64Array.from(rows, ({ text }) => numberIn(text)),
    stars: rows.map(({ text }) => /\*+$/.exec(text)?.[0] ?? ""),
    text: rows.map(({ text }) => text)
  })

/** A run's table that shows a cell for each published number: by default what is printed, or what `run` gives for it. */
export const shownTable = (
  rows: ReadonlyArray<Printed>,
  run: (row: Printed) => { readonly value: number; readonly text: string } | undefined = ({ text }) => ({ value: numberIn(text), text })
): StoredTable =>
  tableOf(PrintedTable, {
    ...printedTable({
      title: "",
      columns: [{ label: "" }],
      rows: rows.map((row) => {
        const { column, kind, table, term } = placed(row)
        const published = { text: row.text, value: numberIn(row.text), place: placeOf(table, column, term, kind) }
        return { label: term, cells: [{ ...(run(row) ?? { text: "" }), published }] }
      }),
      notes: []
    })
  })
