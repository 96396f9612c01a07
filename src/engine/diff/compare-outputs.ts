import { Effect } from "effect"
import { summarize, type TableSummary } from "../../artifact/hash.ts"
import { readArrow } from "../../artifact/read.ts"
import type { StoreFailure } from "../../store/failure.ts"
import { ObjectStore } from "../../store/objects.ts"
import { compareEstimates, type EstimateChange, hasEstimates } from "./compare-estimates.ts"
import type { NodeDifference, Recorded } from "./compare-states.ts"
import { type ColumnChange, type ColumnsChange, compareColumns, compareRows, type RowsChange } from "./compare-tables.ts"
import { matchRows } from "./match-rows.ts"

/** An output whose artifact is not what it was. */
export interface OutputDiff {
  readonly output: string
  /** The artifact's name; null where the node had no such output. */
  readonly before: string | null
  readonly after: string | null
  readonly columns: ColumnsChange | null
  readonly rows: RowsChange | null
  readonly cells: ReadonlyArray<ColumnChange>
  /** Null where the table has none. */
  readonly estimates: ReadonlyArray<EstimateChange> | null
  /** Why rows and cells could not be compared. */
  readonly unread: ReadonlyArray<string>
}

const sideOf = (artifact: string, known: TableSummary | undefined) =>
  Effect.gen(function* () {
    const bytes = yield* (yield* ObjectStore).get(artifact).pipe(
      Effect.catchTags({
        ObjectMissing: () => Effect.succeed(`the artifact ${artifact.slice(0, 12)}… is no longer in the store`),
        ObjectDamaged: ({ message }) => Effect.succeed(message)
      })
    )
    if (typeof bytes === "string") return { summary: known, table: undefined, unread: [bytes] }
    const table = readArrow(bytes)
    return { summary: known ?? summarize(table), table, unread: [] }
  })

const uncompared = { columns: null, rows: null, cells: [], estimates: null, unread: [] }

/** What differs in a node's outputs, read from the store and verified. */
export const compareOutputs = (
  { after, before }: Pick<NodeDifference, "before" | "after">,
  { summary }: Recorded
): Effect.Effect<ReadonlyArray<OutputDiff>, StoreFailure, ObjectStore> => {
  if (before === undefined || after === undefined) return Effect.succeed([])
  const names = [...new Set([...Object.keys(after.artifacts), ...Object.keys(before.artifacts)])]
  const differing = names.filter((output) => before.artifacts[output] !== after.artifacts[output])
  return Effect.forEach(differing, (output) =>
    Effect.gen(function* () {
      const [was, is] = [before.artifacts[output], after.artifacts[output]]
      if (was === undefined || is === undefined) return { output, before: was ?? null, after: is ?? null, ...uncompared }
      const old = yield* sideOf(was, summary(before, output))
      const now = yield* sideOf(is, summary(after, output))
      const found = { output, before: was, after: is, ...uncompared, unread: [...old.unread, ...now.unread] }
      if (old.summary === undefined || now.summary === undefined) return found
      const columns = compareColumns(old.summary, now.summary)
      if (old.table === undefined || now.table === undefined) return { ...found, columns }
      const matched = matchRows(old.table, now.table)
      const estimates = hasEstimates(old.table) && hasEstimates(now.table) ? compareEstimates(old.table, now.table, matched) : null
      return { ...found, columns, ...compareRows(old.table, now.table, matched, columns.changed), estimates }
    })
  )
}
