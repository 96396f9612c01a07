import { isCompanion, type StoredColumn, type StoredTable } from "../../artifact/column.ts"

export type Cell = string | number | boolean | null

/** A cell as a value: a missing one is null, a flag true or false. */
export const cellOf = (column: StoredColumn, row: number): Cell => {
  if (column.valid !== undefined && column.valid[row] !== 1) return null
  const value = column.values[row]!
  return column.kind === "flag" ? value === 1 : value
}

/** Rows of two tables, matched by what they are about. */
export interface MatchedRows {
  /** The columns that tell what a row is about; none where rows are matched by their position. */
  readonly key: ReadonlyArray<string>
  /** Positions in the table of before and in the one of after. */
  readonly pairs: ReadonlyArray<readonly [before: number, after: number]>
  readonly added: ReadonlyArray<number>
  readonly removed: ReadonlyArray<number>
}

const textsOf = (table: StoredTable, columns: ReadonlyArray<StoredColumn>): ReadonlyArray<string> =>
  Array.from({ length: table.rows }, (_, row) => JSON.stringify(columns.map((column) => cellOf(column, row))))

const named = (table: StoredTable, names: ReadonlyArray<string>): ReadonlyArray<StoredColumn> =>
  names.map((name) => table.columns.find((column) => column.name === name)!)

const isNumber = ({ kind }: StoredColumn): boolean => kind === "number"
const isKey = ({ kind, name }: StoredColumn): boolean => kind !== "number" && kind !== "flag" && !isCompanion(name)

/** The columns that may tell what a row is about: those before the first number, or, where a number comes first, all that are none. */
const candidates = ({ columns }: StoredTable): ReadonlyArray<string> => {
  const first = columns.findIndex(isNumber)
  const leading = columns.slice(0, first === -1 ? columns.length : first).filter(isKey)
  return (leading.length > 0 ? leading : columns.filter(isKey)).map(({ name }) => name)
}

/** The columns that tell what a row is about: the fewest of the candidates (the last are left out first) that tell as many rows apart, in either table, as all do. */
const keyColumns = (before: StoredTable, after: StoredTable): ReadonlyArray<string> => {
  const inBoth = new Set(candidates(after))
  let key = candidates(before).filter((name) => inBoth.has(name))
  const told = (names: ReadonlyArray<string>) => [before, after].map((table) => new Set(textsOf(table, named(table, names))).size)
  const all = told(key)
  for (const name of [...key].reverse()) {
    const without = key.filter((one) => one !== name)
    if (told(without).every((count, i) => count === all[i])) key = without
  }
  return key
}

/** Matches by key; of rows with one key, the first goes with the first. */
export const matchRows = (before: StoredTable, after: StoredTable): MatchedRows => {
  const key = keyColumns(before, after)
  const waiting = new Map<string, Array<number>>()
  for (const [row, text] of textsOf(before, named(before, key)).entries()) {
    const same = waiting.get(text)
    if (same === undefined) waiting.set(text, [row])
    else same.push(row)
  }
  for (const rows of waiting.values()) rows.reverse()
  const pairs: Array<readonly [number, number]> = []
  const added: Array<number> = []
  for (const [row, text] of textsOf(after, named(after, key)).entries()) {
    const match = waiting.get(text)?.pop()
    if (match === undefined) added.push(row)
    else pairs.push([match, row])
  }
  return { key, pairs, added, removed: [...waiting.values()].flat().sort((a, b) => a - b) }
}

/** What a row is about, by column; without key columns, its number from 1. */
export const aboutRow = (table: StoredTable, key: ReadonlyArray<string>, row: number): Readonly<Record<string, Cell>> =>
  key.length === 0 ? { row: row + 1 } : Object.fromEntries(named(table, key).map((column) => [column.name, cellOf(column, row)]))
