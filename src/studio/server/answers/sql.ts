import { randomBytes } from "node:crypto"
import { Effect, Option } from "effect"
import { RunHistory } from "../../../store/runs.ts"
import { runsOf } from "../../../workspace/history.ts"
import { outcomeInWords } from "../../../workspace/outcome.ts"
import type { SqlAsked, SqlColumn, SqlTable, sqlQuestions } from "../../messages/sql.ts"
import type { AnswersTo } from "../answer.ts"
import { columnNames } from "../sql/load-table.ts"
import { LIMITS, QueryProcess } from "../sql/query-process.ts"
import { forgetOldResults } from "../sql/result-files.ts"
import { type StudyTable, studyTables } from "../sql/study-tables.ts"
import { Studies } from "../studies.ts"
import { readTable } from "../today/read-table.ts"

/** Runs that can be chosen. */
const MOST_RUNS = 100

let queries: QueryProcess | undefined

/** A query with what it can name, and the process to run it. */
const prepared = ({ query, run, study }: SqlAsked) =>
  Effect.gen(function* () {
    const { cache, installation } = yield* Studies
    queries ??= new QueryProcess(new URL("studio-sql.mjs", installation.cli), { cache, limits: LIMITS })
    const { of, tables, without } = yield* studyTables(study, run)
    return { queries, query: { of, query, tables: tables.map(({ summary: _, ...table }) => table), without } }
  })

/** Rows and columns of a table: as its trace tells, or else as the artifact does; undefined where neither is there. */
const headOf = ({ artifact, summary }: StudyTable) =>
  Effect.gen(function* () {
    if (summary !== undefined) return summary
    return Option.getOrUndefined(yield* Effect.option(readTable(artifact)))
  })

export const sqlAnswers: AnswersTo<typeof sqlQuestions> = {
  "sql-tables": ({ run, study }) =>
    Effect.gen(function* () {
      const found = yield* studyTables(study, run)
      const columns = new Map<string, { readonly index: number; readonly own: ReadonlyArray<SqlColumn> }>()
      const tables: Array<SqlTable> = []
      const without = [...found.without]
      const told = new Set<string>()
      for (const table of found.tables) {
        // Of an output's two names the first is the shorter one.
        const key = JSON.stringify([table.node, table.output])
        if (told.has(key)) continue
        told.add(key)
        const head = yield* headOf(table)
        if (head === undefined) {
          without.push({ name: table.name, why: `the artifact of ${table.name} is not in the cache any more` })
          continue
        }
        const names = columnNames(head.columns)
        const own = head.columns.map(({ description, kind, unit }, i) => ({ name: names[i]!, kind, unit, description }))
        const text = JSON.stringify(own)
        const { index } = columns.get(text) ?? { index: columns.size }
        columns.set(text, { index, own })
        tables.push({ name: table.name, node: table.node, output: table.output, rows: head.rows, columns: index, stale: table.stale })
      }
      const { runs, tags } = runsOf(yield* RunHistory, (one) => one === study)
      return {
        tables,
        columns: [...columns.values()].map(({ own }) => own),
        without,
        runs: runs.slice(0, MOST_RUNS).map((one) => ({ run: one.run, at: one.at, tag: tags.get(one.run) ?? null, outcome: outcomeInWords(one) }))
      }
    }),
  sql: (asked) => Effect.flatMap(prepared(asked), ({ queries, query }) => queries.run(query)),
  "sql-file": ({ format, ...asked }) =>
    Effect.gen(function* () {
      const { results: folder } = yield* Studies
      forgetOldResults(folder)
      const { queries, query } = yield* prepared(asked)
      return yield* queries.run(query, { format, folder, name: randomBytes(16).toString("hex") })
    })
}
