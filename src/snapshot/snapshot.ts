/** Takes the result of a query into a file that a study reads: the same data give the same bytes. */
import { createHash, randomBytes } from "node:crypto"
import { closeSync, existsSync, openSync, readFileSync, readSync, renameSync, rmSync } from "node:fs"
import { basename, dirname, extname } from "node:path"
import type { Fault } from "../dag/stage.ts"
import { makeFolder } from "../store/folder.ts"
import { replaceFile } from "../store/replace-file.ts"
import type { Address } from "./address.ts"
import { arrowSink } from "./arrow-sink.ts"
import { csvSink } from "./csv-sink.ts"
import type { Cell, Database, QuerySource, ResultColumn } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { parquetSink } from "./parquet-sink.ts"
import { queryFault } from "./query-faults.ts"
import { type QueryText, readQuery } from "./query-text.ts"
import { rowOrder } from "./row-order.ts"
import type { MakeSink } from "./sink.ts"

const SINKS: Readonly<Record<string, MakeSink>> = { ".csv": csvSink, ".parquet": parquetSink, ".arrow": arrowSink }

export interface SnapshotRequest {
  readonly address: Address
  readonly query: QuerySource
  /** Columns of the result that tell its rows apart, and by which they are ordered; none where the query has an ORDER BY of its own. */
  readonly key: ReadonlyArray<string>
  readonly output: string
  readonly signal?: AbortSignal
}

/** What stands beside the file, as `<file>.snapshot.json`. */
export interface SnapshotRecord {
  readonly version: 1
  readonly file: string
  readonly sha256: string
  readonly rows: number
  /** When the data were first found to be these. */
  readonly at: string
  /** Without user and password. */
  readonly database: string
  readonly server: string
  readonly query: QuerySource
  readonly key: ReadonlyArray<string>
  readonly columns: ReadonlyArray<ResultColumn>
}
export interface Snapshot {
  readonly record: SnapshotRecord
  readonly recordFile: string
  /** Whether a file with these bytes, of this query, stood there before: then both are left as they were. */
  readonly unchanged: boolean
  readonly warnings: ReadonlyArray<Fault>
}

const checkQuery = (query: QuerySource, { count, order, statement, verb }: QueryText, key: ReadonlyArray<string>): ReadonlyArray<Fault> => {
  if (statement === "") return [queryFault(query, "no-query", "there is no query in it")]
  if (count > 1) return [queryFault(query, "several-statements", `there are ${count} statements in it: a snapshot is of one query`)]
  if (!["select", "with", "values", "table"].includes(verb))
    return [
      queryFault(query, "no-query", `it begins with "${verb}": a snapshot is of a query, SELECT or WITH … SELECT`, query.text.toLowerCase().indexOf(verb))
    ]
  if (key.length === 0 && order === undefined)
    return [
      queryFault(
        query,
        "no-order",
        "without ORDER BY a database gives rows in any order, and the next snapshot may have another: end the query with ORDER BY and the columns that tell rows apart, or name these with --key COLUMN,…"
      )
    ]
  return []
}

const checkColumns = (query: QuerySource, columns: ReadonlyArray<ResultColumn>): ReadonlyArray<Fault> => {
  if (columns.length === 0) return [queryFault(query, "no-columns", "it gives no table")]
  const unnamed = columns.flatMap(({ name }, i) => (name === "" || name === "?column?" ? [i + 1] : []))
  const twice = [...new Set(columns.map(({ name }) => name).filter((name, i, all) => all.indexOf(name) !== i && name !== "?column?"))]
  return [
    ...unnamed.map((position) => queryFault(query, "unnamed-column", `column ${position} of the result has no name: give it one with AS`)),
    ...twice.map((name) => queryFault(query, "two-columns", `two columns of the result are called ${name}: give one another name with AS`))
  ]
}

/** Numbers that are none: what reads the file takes them as missing, or refuses them. */
const oddNumbers = (columns: ReadonlyArray<ResultColumn>) => {
  const counts = columns.map(() => 0)
  const isOdd = (value: Cell, i: number) =>
    (columns[i]!.kind === "number" && typeof value === "number" && !Number.isFinite(value)) ||
    (columns[i]!.kind === "decimal" && typeof value === "string" && /[NI]/.test(value))
  return {
    see: (rows: ReadonlyArray<ReadonlyArray<Cell>>) => {
      for (const row of rows)
        row.forEach((value, i) => {
          if (isOdd(value, i)) counts[i]!++
        })
    },
    told: () =>
      columns.flatMap(({ name }, i) =>
        counts[i] === 0
          ? []
          : [
              `${name}: ${counts[i]} of its numbers ${counts[i] === 1 ? "is" : "are"} NaN or infinite, which is not the same as missing; NULLIF(${name}, 'NaN') makes it so`
            ]
      )
  }
}

const hashFile = (path: string): string => {
  const hash = createHash("sha256")
  const file = openSync(path, "r")
  const piece = new Uint8Array(1 << 20)
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest("hex")
}

const recorded = (path: string): SnapshotRecord | undefined => {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as SnapshotRecord
  } catch {
    return undefined
  }
}

const connect = async ({ address, query }: SnapshotRequest): Promise<Database> =>
  address.kind === "postgres" ? (await import("./postgres.ts")).openPostgres(address, query) : (await import("./sqlite.ts")).openSqlite(address, query)

/** Takes a snapshot. Memory does not grow with the rows, but for an Arrow file. Rejects with SnapshotFailure, and then what stood there before stands there still. */
export const takeSnapshot = async (request: SnapshotRequest): Promise<Snapshot> => {
  const { address, key, output, query, signal } = request
  const makeSink = SINKS[extname(output).toLowerCase()]
  if (makeSink === undefined)
    throw new SnapshotFailure([
      { code: "output", message: `${output}: a snapshot is a file that ends in ${Object.keys(SINKS).join(", ")}`, where: { file: output } }
    ])
  const parsed = readQuery(query.text)
  const faults = checkQuery(query, parsed, key)
  if (faults.length > 0) throw new SnapshotFailure(faults)
  const database = await connect(request)
  // A server may be long at work before there is anything to look at the signal between.
  signal?.addEventListener("abort", () => void database.close(), { once: true })
  const temporary = `${output}.${randomBytes(6).toString("hex")}.tmp`
  try {
    signal?.throwIfAborted()
    const { batches, columns } = await database.open(parsed.statement, key)
    const wrong = checkColumns(query, columns)
    if (wrong.length > 0) throw new SnapshotFailure(wrong)
    const order = rowOrder(query, key, parsed.order, columns)
    const odd = oddNumbers(columns)
    makeFolder(dirname(output))
    const sink = await makeSink(temporary, columns)
    let rows = 0
    let told: ReadonlyArray<string>
    try {
      for await (const batch of batches()) {
        signal?.throwIfAborted()
        rows += batch.length
        order.see(batch)
        odd.see(batch)
        await sink.write(batch)
      }
      if (rows === 0) throw new SnapshotFailure([queryFault(query, "no-rows", "the query gives no row: a study would have nothing to read")])
      const ambiguous = order.faults()
      if (ambiguous.length > 0) throw new SnapshotFailure(ambiguous)
      told = await sink.finish()
    } catch (error) {
      sink.abandon()
      throw error
    }
    const record: SnapshotRecord = {
      version: 1,
      file: basename(output),
      sha256: hashFile(temporary),
      rows,
      at: new Date().toISOString(),
      database: address.shown,
      server: database.server,
      query,
      key,
      columns
    }
    const recordFile = `${output}.snapshot.json`
    const before = recorded(recordFile)
    const unchanged =
      before !== undefined &&
      before.sha256 === record.sha256 &&
      JSON.stringify([before.query, before.key]) === JSON.stringify([query, key]) &&
      existsSync(output) &&
      hashFile(output) === record.sha256
    if (!unchanged) {
      renameSync(temporary, output)
      replaceFile(recordFile, `${JSON.stringify(record, null, 2)}\n`)
    }
    const warnings = [
      ...order.warnings(),
      ...[...odd.told(), ...told].map((message): Fault => ({ code: "snapshot", message: `${output}: ${message}`, where: { file: output } }))
    ]
    return { record: unchanged ? before! : record, recordFile, unchanged, warnings }
  } finally {
    rmSync(temporary, { force: true })
    await database.close()
  }
}
