/** Columns of a table, where they may be there or not. */
import type { StoredTable } from "../../../artifact/column.ts"
import { numbersOf, textsOf } from "../../../render/stored.ts"

const has = (table: StoredTable, name: string): boolean => table.columns.some((column) => column.name === name)

/** The texts of a column; empty ones where it is not there, or they are missing. */
export const texts = (table: StoredTable, name: string): ((row: number) => string) => {
  if (!has(table, name)) return () => ""
  const values = textsOf(table, name)
  return (row) => values[row] ?? ""
}

/** The numbers of a column; null where it is not there, or they are missing. */
export const numbers = (table: StoredTable, name: string): ((row: number) => number | null) => {
  if (!has(table, name)) return () => null
  const values = numbersOf(table, name)
  return (row) => (Number.isFinite(values[row]) ? values[row]! : null)
}

export const rowsIn = <A>(table: StoredTable, each: (row: number) => A): ReadonlyArray<A> => Array.from({ length: table.rows }, (_, row) => each(row))
