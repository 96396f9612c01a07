import type { SqlColumn, SqlTable } from "../../messages/sql.ts"

/** Tables that are shown as one: those of a map's items have the same columns. */
export interface TableGroup {
  /** `imputed[…].fills` for several. */
  readonly title: string
  readonly tables: ReadonlyArray<SqlTable>
  readonly columns: ReadonlyArray<SqlColumn>
  readonly stale: boolean
}

/** The tables whose name, or one of whose columns, has the words that are looked for; items of a map together. */
export const groupTables = (tables: ReadonlyArray<SqlTable>, lists: ReadonlyArray<ReadonlyArray<SqlColumn>>, sought: string): ReadonlyArray<TableGroup> => {
  const words = sought
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
  const found = (table: SqlTable) => {
    const text = [table.name, ...lists[table.columns]!.map(({ description, name }) => `${name} ${description}`)].join(" ").toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const groups = new Map<string, Array<SqlTable>>()
  for (const table of tables) {
    if (!found(table)) continue
    const key = JSON.stringify([table.name.replace(/\[.*\]/s, "[…]"), table.columns])
    groups.set(key, [...(groups.get(key) ?? []), table])
  }
  return [...groups.values()].map((own) => ({
    title: own.length === 1 ? own[0]!.name : own[0]!.name.replace(/\[.*\]/s, "[…]"),
    tables: own,
    columns: lists[own[0]!.columns]!,
    stale: own.some(({ stale }) => stale)
  }))
}
