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
  readonly before: string
  readonly after: string
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

/** What differs in the outputs that a node has on both sides, read from the store and verified. */
export const compareOutputs = (
  { after, before }: NodeDifference,
  { summary }: Recorded
): Effect.Effect<ReadonlyArray<OutputDiff>, StoreFailure, ObjectStore> => {
  if (before === undefined || after === undefined) return Effect.succeed([])
  const both = Object.keys(after.artifacts).filter((output) => before.artifacts[output] !== undefined && before.artifacts[output] !== after.artifacts[output])
  return Effect.forEach(both, (output) =>
    Effect.gen(function* () {
      const [was, is] = [before.artifacts[output]!, after.artifacts[output]!]
      const old = yield* sideOf(was, summary(before, output))
      const now = yield* sideOf(is, summary(after, output))
      const columns = old.summary && now.summary ? compareColumns(old.summary, now.summary) : null
      const none = { rows: null, cells: [], estimates: null }
      const compared = () => {
        if (old.table === undefined || now.table === undefined || columns === null) return none
        const matched = matchRows(old.table, now.table)
        const estimates = hasEstimates(old.table) && hasEstimates(now.table) ? compareEstimates(old.table, now.table, matched) : null
        return { ...compareRows(old.table, now.table, matched, columns.changed), estimates }
      }
      return { output, before: was, after: is, columns, ...compared(), unread: [...old.unread, ...now.unread] }
    })
  )
}
