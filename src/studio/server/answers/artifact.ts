import { Effect } from "effect"
import { CliFailure } from "../../../workspace/failure.ts"
import type { artifactQuestions } from "../../messages/artifact.ts"
import type { AnswersTo } from "../answer.ts"
import { artifactFile } from "../artifact/artifact-file.ts"
import { artifactHead } from "../artifact/artifact-head.ts"
import { artifactOrigin } from "../artifact/artifact-origin.ts"
import { artifactPicture } from "../artifact/artifact-picture.ts"
import { columnSummary } from "../artifact/column-summary.ts"
import { listedArtifacts } from "../artifact/listed-artifacts.ts"
import { unknownColumn } from "../artifact/matching-rows.ts"
import { oneCell } from "../artifact/one-cell.ts"
import type { OpenedColumn, OpenedTable } from "../artifact/opened-table.ts"
import { filteredRows, selectedRows } from "../artifact/selected-rows.ts"
import { tableOf } from "../artifact/table-of.ts"
import { columnWindow } from "../artifact/window.ts"
import { breathe } from "../breathe.ts"

/** The columns of these names; fails with all that there are not. */
const columnsOf = (table: OpenedTable, names: ReadonlyArray<string>): Effect.Effect<ReadonlyArray<OpenedColumn>, CliFailure> => {
  const found = names.map((name) => table.column(name) ?? name)
  const unknown = found.filter((one) => typeof one === "string")
  return unknown.length === 0
    ? Effect.succeed(found as ReadonlyArray<OpenedColumn>)
    : Effect.fail(new CliFailure({ exitCode: 2, errors: unknown.map((name) => ({ code: "unknown-column", message: unknownColumn(table, name) })) }))
}

export const artifactAnswers: AnswersTo<typeof artifactQuestions> = {
  artifact: artifactHead,
  rows: ({ artifact, columns: names, count, filter, find, from, sort, whole }) =>
    Effect.gen(function* () {
      const table = yield* tableOf(artifact)
      const columns = yield* columnsOf(table, names)
      const all = yield* selectedRows(table, filter, sort)
      const rows = all.subarray(from, from + count)
      return {
        matching: all.length,
        rows: [...rows],
        columns: columns.map((column) => columnWindow(table, column, rows, whole)),
        ...(find === undefined ? {} : { position: all.indexOf(find) })
      }
    }),
  columnSummaries: ({ artifact, columns: names, filter }) =>
    Effect.gen(function* () {
      const table = yield* tableOf(artifact)
      const columns = yield* columnsOf(table, names)
      const rows = yield* filteredRows(table, filter)
      const summaries = yield* Effect.forEach(columns, (column) =>
        Effect.andThen(
          breathe,
          Effect.sync(() => columnSummary(table, column, rows, filter))
        )
      )
      return { summaries }
    }),
  cell: oneCell,
  "artifact-origin": artifactOrigin,
  "artifact-file": artifactFile,
  "artifact-picture": artifactPicture,
  artifacts: ({ study }) => Effect.map(listedArtifacts(study), (artifacts) => ({ artifacts }))
}
