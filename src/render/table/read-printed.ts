import type { StoredTable } from "../../artifact/column.ts"
import { numbersOf, textsOf } from "../stored.ts"
import { besideLayout } from "./beside-layout.ts"
import type { PrintedCell, PrintedColumn, PrintedLayout } from "./printed-layout.ts"

/** What stands in a table beside the run's numbers. */
export interface LayoutOptions {
  /** The paper's, where it prints any; they do by default. */
  readonly published?: boolean
  /** The same table of another run, in the place of the paper's numbers. */
  readonly beside?: { readonly table: StoredTable; readonly label: string } | undefined
}

const blank: PrintedCell = { text: "", value: Number.NaN, published: "", publishedValue: Number.NaN }

/** A PrintedTable artifact in two dimensions, with what is to stand beside the run's numbers. */
export const printedLayout = (table: StoredTable, { beside, published = true }: LayoutOptions = {}): PrintedLayout => {
  const layout = layoutOf(table)
  if (beside !== undefined) return besideLayout(layout, layoutOf(beside.table), beside.label)
  return published ? layout : { ...layout, columns: layout.columns.map((column) => ({ ...column, published: false })) }
}

const layoutOf = (table: StoredTable): PrintedLayout => {
  const part = textsOf(table, "part")
  const row = numbersOf(table, "row")
  const column = numbersOf(table, "column")
  const rowLabel = textsOf(table, "row_label")
  const group = textsOf(table, "column_group")
  const label = textsOf(table, "column_label")
  const value = numbersOf(table, "value")
  const text = textsOf(table, "text")
  const published = textsOf(table, "published")
  const publishedValue = numbersOf(table, "published_value")

  const columns = new Map<number, PrintedColumn>()
  const rows = new Map<number, { label: string; cells: Map<number, PrintedCell> }>()
  const title: Array<string> = []
  const notes: Array<string> = []
  for (let i = 0; i < table.rows; i++) {
    const content = text[i] ?? ""
    if (part[i] === "title") title.push(content)
    else if (part[i] === "note") notes.push(content)
    else {
      const known = columns.get(column[i]!)
      columns.set(column[i]!, {
        group: group[i] ?? "",
        label: label[i] ?? "",
        numeric: (known?.numeric ?? false) || Number.isFinite(value[i]),
        published: (known?.published ?? false) || (published[i] ?? "") !== ""
      })
      const line = rows.get(row[i]!) ?? { label: rowLabel[i] ?? "", cells: new Map() }
      line.cells.set(column[i]!, { text: content, value: value[i]!, published: published[i] ?? "", publishedValue: publishedValue[i]! })
      rows.set(row[i]!, line)
    }
  }
  const order = [...columns.keys()].sort((a, b) => a - b)
  const numbered = [...rows.keys()].sort((a, b) => a - b)
  return {
    title: title.join(" "),
    notes,
    sourceNotes: table.notes,
    runLabel: "run",
    besideLabel: "paper",
    columns: order.map((index) => columns.get(index)!),
    rows: numbered.map((index, i) => {
      const { label: rowText, cells } = rows.get(index)!
      return { label: rowText, ruled: i > 0 && index > numbered[i - 1]! + 1, cells: order.map((c) => cells.get(c) ?? blank) }
    })
  }
}
