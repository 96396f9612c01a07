import { readFileSync } from "node:fs"
import { Effect } from "effect"
import { count } from "../engine/wording.ts"
import type { Snapshot } from "../snapshot/snapshot.ts"
import { CliFailure, usage } from "../workspace/failure.ts"
import { styleFor } from "../workspace/style.ts"
import { printDocument } from "./document.ts"

/** What `sediment ingest --sql` was typed with. */
interface SqlFlags {
  readonly sql: string
  readonly query: string | undefined
  readonly key: ReadonlyArray<string>
  readonly output: string
  readonly json: boolean
}

const readQueryFile = (file: string): Effect.Effect<string, CliFailure> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)),
    catch: (error) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT")
        return usage("missing-file", `there is no file ${file}: --query names a file with the query`, { file })
      return usage("query", `${file}: ${error instanceof TypeError ? "not UTF-8" : (error as Error).message}`, { file })
    }
  })

const tell = ({ record, recordFile, unchanged, warnings }: Snapshot, output: string): void => {
  const style = styleFor(process.stderr)
  const lines = [
    `${style("bold", output)}: ${count(record.rows, "row")}, ${count(record.columns.length, "column")}, from ${record.database} (${record.server}); sha256 ${record.sha256.slice(0, 16)}…`,
    unchanged
      ? `the same as on ${record.at.slice(0, 19).replace("T", " ")} UTC: nothing was written`
      : `${recordFile} has the query, the time, the server and the columns`,
    ...warnings.map(({ message }) => `${style("yellow", "warning:")} ${message}`),
    style("dim", `in dag.ts: dag.source(${JSON.stringify(output)})`)
  ]
  process.stderr.write(`${lines.join("\n")}\n`)
}

/** `sediment ingest --sql URL --query FILE.sql -o FILE`: takes a query's result into a file that a study reads. */
export const ingestSql = ({ json, key, output, query, sql }: SqlFlags) =>
  Effect.gen(function* () {
    if (query === undefined) return yield* usage("usage", "--sql needs --query FILE.sql, a file with the query")
    if (output === "") return yield* usage("usage", "--sql needs -o FILE: .csv, .parquet or .arrow")
    const text = yield* readQueryFile(query)
    // The drivers are loaded by this command alone.
    const { takeSnapshot } = yield* Effect.promise(() => import("../snapshot/snapshot.ts"))
    const { readAddress } = yield* Effect.promise(() => import("../snapshot/address.ts"))
    const { SnapshotFailure } = yield* Effect.promise(() => import("../snapshot/failure.ts"))
    const failure = (error: unknown): CliFailure => {
      if (error instanceof SnapshotFailure) return new CliFailure({ exitCode: 2, errors: error.faults })
      const { code, message } = error as NodeJS.ErrnoException
      if (code !== undefined && /^E[A-Z]+$/.test(code)) return usage("output", `cannot write ${output}: ${message.replace(/\.[0-9a-f]{12}\.tmp\b/g, "")}`)
      throw error
    }
    const address = yield* Effect.try({ try: () => readAddress(sql), catch: failure })
    // Ctrl-C waits until what was begun is taken back.
    const snapshot = yield* Effect.callback<Snapshot, CliFailure>((resume) => {
      const ending = new AbortController()
      const done = takeSnapshot({ address, query: { file: query, text }, key, output, signal: ending.signal }).then(
        (taken) => resume(Effect.succeed(taken)),
        (error) => resume(Effect.suspend(() => Effect.fail(failure(error))))
      )
      return Effect.promise(() => {
        ending.abort()
        return done
      })
    })
    if (!json) return tell(snapshot, output)
    const { record, recordFile, unchanged, warnings } = snapshot
    printDocument({
      ok: true,
      output,
      record: recordFile,
      unchanged,
      rows: record.rows,
      sha256: record.sha256,
      server: record.server,
      columns: record.columns,
      warnings
    })
  })
