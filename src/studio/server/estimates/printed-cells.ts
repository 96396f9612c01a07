/** The cells of a printed table in two dimensions, with where each stands in the artifact and which published thing stands beside it. */
import type { StoredTable } from "../../../artifact/column.ts"
import { numbers, texts } from "./table-columns.ts"

export interface PrintedCellAt {
  /** Of the artifact. */
  readonly artifactRow: number
  readonly text: string
  /** NaN where there is none. */
  readonly value: number
  readonly published: string
  readonly publishedValue: number
  /** "4.1 coagglo estimate"; empty where nothing is published. */
  readonly place: string
}

/** Rows of cells, top to bottom, as the layout of the table has them; undefined where the table has none. */
export const printedCells = (table: StoredTable): ReadonlyArray<ReadonlyArray<PrintedCellAt | undefined>> => {
  const [part, text, published, place] = [texts(table, "part"), texts(table, "text"), texts(table, "published"), texts(table, "published_place")]
  const [row, column, value, publishedValue] = [numbers(table, "row"), numbers(table, "column"), numbers(table, "value"), numbers(table, "published_value")]
  const rows = new Map<number, Map<number, PrintedCellAt>>()
  const columns = new Set<number>()
  for (let i = 0; i < table.rows; i++) {
    if (part(i) !== "cell") continue
    const [r, c] = [row(i) ?? 0, column(i) ?? 0]
    columns.add(c)
    const own = rows.get(r) ?? new Map<number, PrintedCellAt>()
    own.set(c, {
      artifactRow: i,
      text: text(i),
      value: value(i) ?? Number.NaN,
      published: published(i),
      publishedValue: publishedValue(i) ?? Number.NaN,
      place: place(i)
    })
    rows.set(r, own)
  }
  const order = [...columns].sort((a, b) => a - b)
  return [...rows].sort(([a], [b]) => a - b).map(([, own]) => order.map((at) => own.get(at)))
}
