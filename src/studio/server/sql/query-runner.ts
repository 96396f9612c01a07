import { rmSync } from "node:fs"
import { join } from "node:path"
import { Database, type DuckDb, type ReadObject } from "./database.ts"
import type { FileWanted, Limits, Outcome, Query } from "./protocol.ts"
import { endedFault, faultOf, QueryFault } from "./query-fault.ts"
import { writeResult } from "./result-file.ts"
import { RunningQuery } from "./run-query.ts"

/** What a query that is wrong is refused with, by DuckDB's name: the database is as it was. */
const HARMLESS = new Set([
  "Parser",
  "Syntax",
  "Catalog",
  "Binder",
  "Conversion",
  "Invalid Input",
  "Out of Range",
  "Not implemented",
  "Dependency",
  "interrupted",
  "no-table",
  "several",
  "not-a-query"
])

/** Whoever calls one of these changes what later queries find. */
const LEAVES_TRACES = /\b(?:enable|disable)_(?:logging|profiling|peg_parser)\b|\bcheckpoint\b|_logs?\b/i

/** Runs queries, several at a time. The database of the last one is kept, so that an artifact is loaded once while it is asked about. */
export class QueryRunner {
  readonly #duckdb: DuckDb
  readonly #limits: Limits
  readonly #read: ReadObject
  readonly #ends = new Map<number, (kind: "time" | "cancelled") => void>()
  readonly #users = new Map<Database, number>()
  #kept: { readonly of: string; readonly database: Database } | undefined

  constructor(duckdb: DuckDb, limits: Limits, read: ReadObject) {
    this.#duckdb = duckdb
    this.#limits = limits
    this.#read = read
  }

  cancel(id: number): void {
    this.#ends.get(id)?.("cancelled")
  }

  /** Never rejects: what goes wrong is an outcome. */
  async run(id: number, query: Query, file: FileWanted | undefined): Promise<Outcome> {
    let ended: "time" | "cancelled" | undefined
    let interrupt = () => {}
    let again: NodeJS.Timeout | undefined
    const end = (kind: "time" | "cancelled") => {
      ended ??= kind
      interrupt()
      // One that is told before it has begun to run does not hear it.
      again ??= setInterval(() => interrupt(), 50)
    }
    const clock = setTimeout(() => end("time"), this.#limits.milliseconds)
    this.#ends.set(id, end)
    // What asks for an end before the query runs is heard when it begins to.
    const onConnection = (stop: () => void) => {
      interrupt = stop
      if (ended !== undefined) throw new QueryFault("interrupted", "")
    }
    try {
      return file === undefined ? await this.#rows(query, onConnection) : await this.#file(query, file, onConnection)
    } catch (error) {
      if (file !== undefined) rmSync(join(file.folder, `${file.name}.${file.format}`), { force: true })
      const fault = faultOf(error)
      return (ended === undefined ? fault : endedFault(ended, this.#limits.milliseconds)).told(query.query)
    } finally {
      clearTimeout(clock)
      clearInterval(again)
      this.#ends.delete(id)
    }
  }

  async #rows(query: Query, onConnection: (interrupt: () => void) => void): Promise<Outcome> {
    const kept = this.#kept !== undefined && this.#kept.of === query.of && this.#kept.database.fits(query) ? this.#kept.database : undefined
    try {
      return await this.#rowsOf(query, kept, onConnection)
    } catch (error) {
      // What an earlier query has left behind is no fault of this one.
      if (kept === undefined || HARMLESS.has(faultOf(error).kind)) throw error
      return await this.#rowsOf(query, undefined, onConnection)
    }
  }

  async #rowsOf(query: Query, kept: Database | undefined, onConnection: (interrupt: () => void) => void): Promise<Outcome> {
    const database = kept ?? (await Database.open(this.#duckdb, this.#limits, this.#read))
    this.#users.set(database, (this.#users.get(database) ?? 0) + 1)
    const connection = await database.connect()
    const running = new RunningQuery(this.#duckdb, database, connection, query)
    let keep = false
    try {
      onConnection(() => connection.interrupt())
      const result = await running.rows(query.query, this.#limits)
      keep = true
      return result
    } catch (error) {
      keep = HARMLESS.has(faultOf(error).kind)
      throw error
    } finally {
      connection.closeSync()
      this.#users.set(database, this.#users.get(database)! - 1)
      this.#keepOrClose(query.of, database, keep && !running.wrote && !LEAVES_TRACES.test(query.query))
    }
  }

  /** Of two that were begun at once the later one stays. */
  #keepOrClose(of: string, database: Database, keep: boolean): void {
    const before = this.#kept?.database
    if (keep) this.#kept = { of, database }
    else if (before === database) this.#kept = undefined
    for (const one of new Set([before, database])) {
      if (one === undefined || one === this.#kept?.database || (this.#users.get(one) ?? 0) > 0) continue
      this.#users.delete(one)
      one.close()
    }
  }

  /** In a database of its own, which may write to one folder. */
  async #file(query: Query, file: FileWanted, onConnection: (interrupt: () => void) => void): Promise<Outcome> {
    const database = await Database.open(this.#duckdb, this.#limits, this.#read, file.folder)
    const connection = await database.connect()
    try {
      const running = new RunningQuery(this.#duckdb, database, connection, query)
      onConnection(() => connection.interrupt())
      return await writeResult(connection, running, query.query, file)
    } finally {
      connection.closeSync()
      database.close()
    }
  }
}
