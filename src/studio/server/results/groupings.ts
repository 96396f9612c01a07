import { Effect } from "effect"
import type { StoredTable } from "../../../artifact/column.ts"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { Grouping } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, openTable } from "./open-table.ts"
import type { StudyTables } from "./study-tables.ts"

/** So many groups are told apart by a look. */
const MOST = 12

/** The dictionary of the study that knows most of these entities; undefined where none knows any. */
export const dictionaryOf = (tables: StudyTables, entities: ReadonlyArray<string>): Effect.Effect<StoredTable | undefined, CliFailure, Known> =>
  Effect.gen(function* () {
    let best: { readonly table: StoredTable; readonly known: number } | undefined
    for (const source of tables.sources) {
      if (source.type !== "Entities") continue
      const table = yield* openTable(source)
      const names = new Set(columnOf(table, "entity", "category").values)
      const known = entities.filter((entity) => names.has(entity)).length
      if (known > (best?.known ?? 0)) best = { table, known }
    }
    return best?.table
  })

/** The ways in which a dictionary groups entities: its columns with a few values that some entities share. */
export const groupingsOf = (dictionary: StoredTable, entities: ReadonlyArray<string>): ReadonlyArray<Grouping> => {
  const rows = new Map(columnOf(dictionary, "entity", "category").values.map((entity, row) => [entity, row]))
  return dictionary.columns.flatMap((column): ReadonlyArray<Grouping> => {
    if (column.kind !== "category" || column.name === "entity" || column.name.includes("__")) return []
    const values = column.values as ReadonlyArray<string>
    const of = entities.map((entity) => values[rows.get(entity) ?? -1] ?? "")
    const groups = new Set(of.filter((group) => group !== ""))
    const named = of.filter((group) => group !== "").length
    return groups.size >= 2 && groups.size <= MOST && groups.size < named && named >= entities.length / 2 ? [{ name: column.name, of }] : []
  })
}
