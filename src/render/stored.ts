import type { Kind, StoredColumn, StoredTable } from "../artifact/column.ts"
import { filledName, sourceName } from "../artifact/column.ts"

/** A column of an artifact by name; an error where the table is of another type than the renderer was told. */
const columnOf = (table: StoredTable, name: string): StoredColumn => {
  const found = table.columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`there is no column "${name}" to render; the columns are: ${table.columns.map((c) => c.name).join(", ")}`)
  return found
}

/** Whether the cell holds a value. */
export const present = (column: StoredColumn, row: number): boolean => column.valid === undefined || column.valid[row] === 1

/** Texts of a text or category column; undefined where missing. */
export const textsOf = (table: StoredTable, name: string): ReadonlyArray<string | undefined> => {
  const column = columnOf(table, name)
  return Array.from(column.values as ReadonlyArray<string>, (value, row) => (present(column, row) ? value : undefined))
}

/** Numbers of a number or integer column; NaN where missing. */
export const numbersOf = (table: StoredTable, name: string): ReadonlyArray<number> => numbersIn(columnOf(table, name))
export const numbersIn = (column: StoredColumn): ReadonlyArray<number> =>
  Array.from(column.values as ArrayLike<number>, (value, row) => (present(column, row) ? value : Number.NaN))

/** The columns that a person asks about: all but those that tell of another. */
export const visibleColumns = (table: StoredTable): ReadonlyArray<StoredColumn<Kind>> => {
  const companions = new Set(table.columns.flatMap(({ name }) => [filledName(name), sourceName(name)]))
  return table.columns.filter((column) => !companions.has(column.name))
}

/** 1 where a cell of the column was filled in; undefined where none was. */
export const filledMask = (table: StoredTable, name: string): Uint8Array | undefined =>
  table.columns.find((column) => column.name === filledName(name))?.values as Uint8Array | undefined
