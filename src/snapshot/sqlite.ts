/** SQLite: the file opened for reading, one transaction, rows as they are stepped through. */
import { setImmediate } from "node:timers/promises"
import { didYouMean } from "../dag/near-matches.ts"
import type { Address } from "./address.ts"
import { BATCH, BATCH_CHARACTERS, type Cell, type ColumnKind, charactersOf, type Database, type QuerySource, type ResultColumn } from "./database.ts"
import { SnapshotFailure } from "./failure.ts"
import { noSuch, refuse } from "./query-faults.ts"

type Sqlite = Extract<Address, { kind: "sqlite" }>
type Value = null | bigint | number | string | Uint8Array

/** `node:sqlite` says of itself that it is experimental, to whoever reads stderr. */
const withoutNotice = async <A>(load: () => Promise<A>): Promise<A> => {
  const emit = process.emitWarning
  process.emitWarning = ((warning: string | Error, ...rest: ReadonlyArray<never>) => {
    if (!/SQLite is an experimental feature/.test(String(warning))) (emit as (...args: ReadonlyArray<unknown>) => void).call(process, warning, ...rest)
  }) as typeof process.emitWarning
  try {
    return await load()
  } finally {
    process.emitWarning = emit
  }
}

const load = async () => {
  try {
    return await withoutNotice(() => import("node:sqlite"))
  } catch {
    throw new SnapshotFailure([{ code: "no-sqlite", message: `this is Node ${process.versions.node}, which has no SQLite: take Node 22.13 or newer` }])
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A value of any column may be of any type. */
const cellOf = (value: Value, kind: ColumnKind | undefined): Cell => {
  if (typeof value === "bigint") return kind === "number" ? Number(value) : String(value)
  if (typeof value === "number" && kind === "text") return String(value)
  return value instanceof Uint8Array ? `\\x${Buffer.from(value).toString("hex")}` : value
}

/** What all values of a column are. Whole numbers beside others are numbers; a text or bytes make it a text. */
const kindOf = (before: ColumnKind | undefined, value: Value): ColumnKind | undefined => {
  if (value === null || before === "text") return before
  if (typeof value === "bigint") return before ?? "integer"
  return typeof value === "number" ? "number" : "text"
}

export const openSqlite = async ({ path, shown }: Sqlite, query: QuerySource): Promise<Database> => {
  const { DatabaseSync } = await load()
  let db: InstanceType<typeof DatabaseSync>
  let version: string
  try {
    db = new DatabaseSync(path, { readOnly: true })
    version = String((db.prepare("SELECT sqlite_version() AS v").get() as { readonly v: string }).v)
    db.prepare("SELECT count(*) FROM sqlite_master").get()
  } catch (error) {
    throw new SnapshotFailure([
      { code: "no-database", message: `${shown}: it cannot be read as an SQLite database (${(error as Error).message})`, where: { file: path } }
    ])
  }
  const texts = (sql: string): ReadonlyArray<string> =>
    db
      .prepare(sql)
      .all()
      .map((row) => String(Object.values(row)[0]))
  const tables = () => texts("SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")
  const failure = (error: Error): SnapshotFailure => {
    if (/malformed|not a database|disk I\/O/.test(error.message))
      return new SnapshotFailure([
        { code: "no-database", message: `${shown}: the file is damaged (${error.message}); sqlite3's .recover saves what can be saved`, where: { file: path } }
      ])
    const [, what, name] = /no such (table|column): (.+)$/.exec(error.message) ?? []
    const at = (text: string | undefined) => (text === undefined ? undefined : query.text.toLowerCase().indexOf(text.toLowerCase()))
    if (what === "table") return noSuch(query, "table", name!, tables(), at(name))
    if (what === "column") {
      const columns = [...new Set(tables().flatMap((table) => texts(`SELECT name FROM pragma_table_info('${table.replaceAll("'", "''")}')`)))]
      return noSuch(query, "column", name!, columns, at(name))
    }
    const near = /^near "(.+)": syntax error$/.exec(error.message)?.[1]
    if (near !== undefined) return refuse(query, "sql-syntax", `SQLite does not understand the query near "${near}"`, at(near))
    return refuse(query, "query", error.message)
  }
  const prepare = (sql: string) => {
    try {
      const statement = db.prepare(sql)
      statement.setReadBigInts(true)
      statement.setReturnArrays(true)
      return statement
    } catch (error) {
      throw failure(error as Error)
    }
  }
  return {
    server: `SQLite ${version}`,
    open: async (text, key) => {
      // All passes over the rows see the same ones.
      db.exec("BEGIN")
      let statement = prepare(text)
      const names = statement.columns().map(({ name }) => name)
      const lacking = key.filter((name) => !names.includes(name))
      if (lacking.length > 0) {
        const near = didYouMean(lacking[0]!, names)
        throw refuse(query, "unknown-key", `--key ${lacking.join(",")}: the result has no such column; ${near}its columns are: ${names.join(", ")}`)
      }
      if (key.length > 0) statement = prepare(`SELECT * FROM (${text}\n) ORDER BY ${key.map((name) => `${quoted(name)} COLLATE BINARY`).join(", ")}`)
      const rows = function* (): Generator<ReadonlyArray<Value>> {
        try {
          yield* statement.iterate() as unknown as Iterable<ReadonlyArray<Value>>
        } catch (error) {
          throw failure(error as Error)
        }
      }
      const kinds: Array<ColumnKind | undefined> = names.map(() => undefined)
      let seen = 0
      for (const row of rows()) {
        row.forEach((value, i) => {
          kinds[i] = kindOf(kinds[i], value)
        })
        if (++seen % BATCH === 0) await setImmediate()
      }
      const declared = statement.columns().map(({ type }) => type ?? "")
      return {
        columns: names.map((name, i): ResultColumn => ({ name, kind: kinds[i] ?? "text", type: declared[i]! })),
        batches: async function* () {
          let batch: Array<ReadonlyArray<Cell>> = []
          let characters = 0
          for (const row of rows()) {
            const cells = row.map((value, i) => cellOf(value, kinds[i]))
            batch.push(cells)
            characters += charactersOf([cells])
            if (batch.length < BATCH && characters < BATCH_CHARACTERS) continue
            yield batch
            batch = []
            characters = 0
            // The driver waits for nothing: Ctrl-C has to come in between.
            await setImmediate()
          }
          if (batch.length > 0) yield batch
        }
      }
    },
    close: async () => {
      if (db.isOpen) db.close()
    }
  }
}
