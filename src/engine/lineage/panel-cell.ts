/** A cell of a panel by its key. */
import { filledName, type StoredColumn, type StoredTable, sourceName } from "../../artifact/column.ts"

export interface CellKey {
  readonly entity: string
  readonly year: number
}
/** What a table says of one entity's year in a column. */
export interface PanelCell {
  /** Null where it is missing. */
  readonly value: number | string | boolean | null
  readonly unit: string
  readonly filled: boolean
  /** Where it was read, or how it was made, if the table says so. */
  readonly source: string | undefined
}

const columnOf = (table: StoredTable, name: string): StoredColumn | undefined => table.columns.find((column) => column.name === name)
const textAt = (column: StoredColumn | undefined, row: number): string | undefined =>
  column === undefined || column.valid?.[row] === 0 ? undefined : String(column.values[row])

/** The names of a table's variables, where it is one of entities and years; undefined where it is none. */
export const variablesOf = (table: StoredTable): ReadonlyArray<string> | undefined => {
  const entity = columnOf(table, "entity")
  const year = columnOf(table, "year")
  if (entity === undefined || year?.kind !== "integer") return undefined
  const companions = new Set(table.columns.flatMap(({ name }) => [filledName(name), sourceName(name)]))
  return table.columns.map(({ name }) => name).filter((name) => name !== "entity" && name !== "year" && !companions.has(name))
}

/** The row of a key (the first, where a table has several, of the units inside an entity); -1 where there is none. */
export const rowOf = (table: StoredTable, { entity, year }: CellKey): number => {
  const names = columnOf(table, "entity")
  const years = columnOf(table, "year")
  for (let row = 0; row < table.rows; row++) if (years?.values[row] === year && names?.values[row] === entity) return row
  return -1
}

export const cellAt = (table: StoredTable, name: string, row: number): PanelCell | undefined => {
  const column = columnOf(table, name)
  if (column === undefined || row === -1) return undefined
  const raw = column.values[row]!
  const missing = column.valid?.[row] === 0 || (typeof raw === "number" && Number.isNaN(raw))
  return {
    value: missing ? null : column.kind === "flag" ? raw === 1 : raw,
    unit: column.unit,
    filled: columnOf(table, filledName(name))?.values[row] === 1,
    source: textAt(columnOf(table, sourceName(name)), row)
  }
}

/** The entities and years of a table, each once, in order. */
export const keysOf = (table: StoredTable): { readonly entities: ReadonlyArray<string>; readonly years: ReadonlyArray<number> } => ({
  entities: [...new Set(columnOf(table, "entity")!.values as ReadonlyArray<string>)],
  years: [...new Set(Array.from(columnOf(table, "year")!.values as Int32Array))].sort((a, b) => a - b)
})
