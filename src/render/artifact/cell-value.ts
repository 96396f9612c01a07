import type { StoredColumn } from "../../artifact/column.ts"

/** The cell of a column as a JSON value: a missing one is null, a flag true or false. JSON has no infinity: the word is what R and pandas read back. */
export const cellValue = (column: StoredColumn, row: number): string | number | boolean | null => {
  if (column.valid !== undefined && column.valid[row] !== 1) return null
  const value = column.values[row]!
  if (column.kind === "flag") return value === 1
  if (Number.isNaN(value)) return null
  return typeof value === "number" && !Number.isFinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : value
}

/** The first cells of a column, likewise. */
export const cellValues = (column: StoredColumn, rows: number): ReadonlyArray<ReturnType<typeof cellValue>> =>
  Array.from({ length: rows }, (_, row) => cellValue(column, row))
