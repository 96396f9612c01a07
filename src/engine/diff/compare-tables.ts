import type { StoredTable } from "../../artifact/column.ts"
import type { ColumnSummary, TableSummary } from "../../artifact/hash.ts"
import { aboutRow, type Cell, cellOf, type MatchedRows } from "./match-rows.ts"

/** A row by what it is about. */
export type RowKey = Readonly<Record<string, Cell>>

export interface CellChange {
  readonly row: RowKey
  readonly before: Cell
  readonly after: Cell
}
/** A column whose cells differ in rows that both tables have. */
export interface ColumnChange {
  readonly column: string
  readonly cells: number
  /** The largest change of a number; the first change of anything else, or where nothing but missing cells differs. */
  readonly largest: CellChange
}

export interface ColumnsChange {
  readonly added: ReadonlyArray<string>
  readonly removed: ReadonlyArray<string>
  /** Those whose data differ in any way, rows that came and went included. */
  readonly changed: ReadonlyArray<string>
  /** Those of which unit or description differ. */
  readonly described: ReadonlyArray<string>
}
export interface RowsChange {
  readonly before: number
  readonly after: number
  readonly key: ReadonlyArray<string>
  readonly added: ReadonlyArray<RowKey>
  readonly removed: ReadonlyArray<RowKey>
  /** Rows that both have and in which a cell differs. */
  readonly changed: number
}

/** What differs as far as the column hashes tell. */
export const compareColumns = (before: TableSummary, after: TableSummary): ColumnsChange => {
  const old = new Map(before.columns.map((column) => [column.name, column]))
  const now = new Map(after.columns.map((column) => [column.name, column]))
  const both = after.columns.flatMap((column): ReadonlyArray<readonly [ColumnSummary, ColumnSummary]> => {
    const was = old.get(column.name)
    return was === undefined ? [] : [[was, column]]
  })
  return {
    added: [...now.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !now.has(name)),
    changed: both.flatMap(([was, is]) => (was.data === is.data ? [] : [is.name])),
    described: both.flatMap(([was, is]) => (was.metadata === is.metadata ? [] : [is.name]))
  }
}

const sizeOf = (before: Cell, after: Cell): number =>
  typeof before === "number" && typeof after === "number" ? Math.abs(after - before) : Number.NEGATIVE_INFINITY

/** What differs in the rows of two tables; of their columns only those that are `changed` are looked at. */
export const compareRows = (
  before: StoredTable,
  after: StoredTable,
  { added, key, pairs, removed }: MatchedRows,
  changed: ReadonlyArray<string>
): { readonly rows: RowsChange; readonly cells: ReadonlyArray<ColumnChange> } => {
  const changedRows = new Set<number>()
  const cells = changed.flatMap((name): ReadonlyArray<ColumnChange> => {
    const old = before.columns.find((column) => column.name === name)!
    const now = after.columns.find((column) => column.name === name)!
    let count = 0
    let largest: { readonly size: number; readonly row: number; readonly before: Cell; readonly after: Cell } | undefined
    for (const [from, to] of pairs) {
      const [was, is] = [cellOf(old, from), cellOf(now, to)]
      if (Object.is(was, is)) continue
      count++
      changedRows.add(to)
      const size = sizeOf(was, is)
      if (largest === undefined || size > largest.size) largest = { size, row: to, before: was, after: is }
    }
    if (largest === undefined) return []
    return [{ column: name, cells: count, largest: { row: aboutRow(after, key, largest.row), before: largest.before, after: largest.after } }]
  })
  return {
    rows: {
      before: before.rows,
      after: after.rows,
      key,
      added: added.map((row) => aboutRow(after, key, row)),
      removed: removed.map((row) => aboutRow(before, key, row)),
      changed: changedRows.size
    },
    cells
  }
}
