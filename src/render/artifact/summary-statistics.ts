import type { StoredColumn, StoredTable } from "../../artifact/column.ts"
import { filledMask, numbersIn, present, visibleColumns } from "../stored.ts"

/** What a person asks first about a column. */
export interface ColumnSummary {
  readonly column: StoredColumn
  readonly missing: number
  /** Cells that were filled in (interpolated, say). */
  readonly filled: number
  /** Of a number or integer column with at least one value; sd is NaN where there is but one. */
  readonly numbers: NumberSummary | undefined
  /** Distinct values of a text, category or flag column with their counts, the most frequent first. */
  readonly levels: ReadonlyArray<readonly [level: string, count: number]> | undefined
}
interface NumberSummary {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly median: number
  readonly max: number
}

/** Mean, standard deviation (n - 1), minimum, median (the mean of the middle two) and maximum of the values that are there; undefined where none is. */
export const summariseNumbers = (values: ReadonlyArray<number>): NumberSummary | undefined => {
  const sorted = values.filter((x) => !Number.isNaN(x)).sort((a, b) => a - b)
  const n = sorted.length
  if (n === 0) return undefined
  // Two passes: the deviations are taken from the mean, so that a large mean costs no digits; equal values have no rounding error for a deviation.
  const mean = sorted[0] === sorted[n - 1] ? sorted[0]! : sorted.reduce((sum, x) => sum + x, 0) / n
  const squares = sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0)
  return {
    mean,
    sd: n === 1 ? Number.NaN : Math.sqrt(squares / (n - 1)),
    min: sorted[0]!,
    median: (sorted[Math.floor((n - 1) / 2)]! + sorted[Math.ceil((n - 1) / 2)]!) / 2,
    max: sorted[n - 1]!
  }
}

const countLevels = (column: StoredColumn, rows: number): ReadonlyArray<readonly [string, number]> => {
  const counts = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    if (!present(column, row)) continue
    const level = column.kind === "flag" ? (column.values[row] === 1 ? "true" : "false") : String(column.values[row])
    counts.set(level, (counts.get(level) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])
}

export const summarise = (table: StoredTable): ReadonlyArray<ColumnSummary> =>
  visibleColumns(table).map((column) => {
    const numeric = column.kind === "number" || column.kind === "integer"
    let missing = 0
    for (let row = 0; row < table.rows; row++) if (!present(column, row)) missing++
    const mask = filledMask(table, column.name)
    return {
      column,
      missing,
      filled: mask === undefined ? 0 : mask.reduce((sum, cell) => sum + cell, 0),
      numbers: numeric ? summariseNumbers(numbersIn(column)) : undefined,
      levels: numeric ? undefined : countLevels(column, table.rows)
    }
  })
