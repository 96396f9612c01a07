/** The cells of a printed table in two dimensions, with where each stands in the artifact and which published thing stands beside it. */
import type { StoredTable } from "../../../artifact/column.ts"
import { numbersOf, textsOf } from "../../../render/stored.ts"

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
  const [part, text, published, place] = (["part", "text", "published", "published_place"] as const).map((name) => textsOf(table, name)) as [
    ReadonlyArray<string | undefined>,
    ReadonlyArray<string | undefined>,
    ReadonlyArray<string | undefined>,
    ReadonlyArray<string | undefined>
  ]
  const [row, column, value, publishedValue] = (["row", "column", "value", "published_value"] as const).map((name) => numbersOf(table, name)) as [
    ReadonlyArray<number>,
    ReadonlyArray<number>,
    ReadonlyArray<number>,
    ReadonlyArray<number>
  ]
  const rows = new Map<number, Map<number, PrintedCellAt>>()
  const columns = new Set<number>()
  for (let i = 0; i < table.rows; i++) {
    if (part[i] !== "cell") continue
    columns.add(column[i]!)
    const own = rows.get(row[i]!) ?? new Map<number, PrintedCellAt>()
    own.set(column[i]!, {
      artifactRow: i,
      text: text[i] ?? "",
      value: value[i]!,
      published: published[i] ?? "",
      publishedValue: publishedValue[i]!,
      place: place[i] ?? ""
    })
    rows.set(row[i]!, own)
  }
  const order = [...columns].sort((a, b) => a - b)
  return [...rows].sort(([a], [b]) => a - b).map(([, own]) => order.map((at) => own.get(at)))
}
