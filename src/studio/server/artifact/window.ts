import type { CellValue, ColumnWindow } from "../../messages/artifact.ts"
import type { OpenedColumn, OpenedTable } from "./opened-table.ts"

/** Characters of a text that are told in a window of many cells. */
const LONGEST = 160

/** A cell as it is told: null where it is missing; a number that JSON does not have as its word; `longest` cuts a text. */
export const cellValue = ({ cells, kind }: OpenedColumn, row: number, longest = Number.POSITIVE_INFINITY): CellValue => {
  if (!cells.present(row)) return null
  if (kind === "flag") return cells.number(row) === 1
  if (kind === "number" || kind === "integer") {
    const x = cells.number(row)
    return Number.isFinite(x) ? x : String(x)
  }
  const text = cells.text(row)
  return text.length <= longest ? text : { begins: text.slice(0, longest), length: text.length }
}

/** Some rows of a column: its cells, and which of them were filled in (places in the window). */
export const columnWindow = (table: OpenedTable, column: OpenedColumn, rows: Uint32Array, whole = false): ColumnWindow => {
  const filled = table.filled(column.name)
  return {
    column: column.name,
    cells: Array.from(rows, (row) => cellValue(column, row, whole ? undefined : LONGEST)),
    filled: filled === undefined ? [] : [...rows.keys()].filter((i) => filled(rows[i]!))
  }
}
