import type { StoredTable } from "../../artifact/column.ts"
import { numbersOf, textsOf } from "../stored.ts"

/** A PrintedTable in two dimensions: what all of its renderings start from. */
export interface PrintedLayout {
  readonly title: string
  /** The table's own notes, in order. */
  readonly notes: ReadonlyArray<string>
  /** What the sources carry ("synthetic replica"): under every table, always. */
  readonly sourceNotes: ReadonlyArray<string>
  /** The heading over the run's numbers and over those beside them. */
  readonly runLabel: string
  readonly besideLabel: string
  readonly columns: ReadonlyArray<PrintedColumn>
  readonly rows: ReadonlyArray<PrintedRow>
}
export interface PrintedColumn {
  readonly group: string
  readonly label: string
  /** Whether any cell of it has a number behind it: such a column is aligned at the decimal point. */
  readonly numeric: boolean
  /** Whether the paper prints anything in it: then it is shown beside the run's. */
  readonly published: boolean
}
export interface PrintedRow {
  readonly label: string
  /** A thin rule above: the table type leaves a row number out there. */
  readonly ruled: boolean
  /** A cell a column. */
  readonly cells: ReadonlyArray<PrintedCell>
}
interface PrintedCell {
  readonly text: string
  /** The number behind the text; NaN where there is none. */
  readonly value: number
  readonly published: string
  readonly publishedValue: number
}

const blank: PrintedCell = { text: "", value: Number.NaN, published: "", publishedValue: Number.NaN }

export const printedLayout = (table: StoredTable): PrintedLayout => {
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

/** Neighbouring columns under one heading: [heading, first, last]. A column without a heading is alone. */
export const columnGroups = (columns: ReadonlyArray<PrintedColumn>): ReadonlyArray<readonly [string, number, number]> => {
  const groups: Array<[string, number, number]> = []
  columns.forEach(({ group }, i) => {
    const last = groups.at(-1)
    if (last !== undefined && group !== "" && last[0] === group && last[2] === i - 1) last[2] = i
    else groups.push([group, i, i])
  })
  return groups
}

/** The notes as they are printed: the table's own, then what its data are. */
export const allNotes = (layout: Pick<PrintedLayout, "notes" | "sourceNotes">): ReadonlyArray<string> => [
  ...layout.notes,
  ...layout.sourceNotes.map((note) => `Data: ${note}`)
]
