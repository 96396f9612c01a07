import { Effect } from "effect"
import type { CliFailure } from "../../../workspace/failure.ts"
import type { RankRanges } from "../../messages/results.ts"
import type { Known } from "../answer.ts"
import { columnOf, findSource, openTable, orNull } from "./open-table.ts"
import { studyTables } from "./study-tables.ts"

/** Where the ranks of entities are over indices that were made otherwise. */
export const rankRanges = (asked: { readonly study: string; readonly node: string; readonly output: string }): Effect.Effect<RankRanges, CliFailure, Known> =>
  Effect.gen(function* () {
    const source = yield* findSource(yield* studyTables(asked.study, new Set(["RankIntervals"])), asked.node, asked.output)
    const table = yield* openTable(source)
    const numbers = (name: string) => Array.from(columnOf(table, name, "number").values, orNull)
    return {
      source,
      notes: table.notes,
      entities: columnOf(table, "entity", "category").values,
      reference: numbers("reference"),
      median: numbers("median"),
      low: numbers("rank_low"),
      high: numbers("rank_high"),
      best: numbers("best"),
      worst: numbers("worst"),
      unchanged: numbers("unchanged")
    }
  })
