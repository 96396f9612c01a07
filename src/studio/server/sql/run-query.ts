import type { DuckDBConnection, DuckDBPreparedStatement } from "@duckdb/node-api"
import type { SqlCell, SqlResult } from "../../messages/sql.ts"
import { cellsOf, resultColumn } from "./cells.ts"
import type { Database, DuckDb } from "./database.ts"
import type { Limits, Queryables } from "./protocol.ts"
import { faultOf, QueryFault } from "./query-fault.ts"

/** Of all values that are sent, before long texts are cut. */
const MOST_LETTERS = 3e7

/** How long rows are counted that are not sent. */
const COUNTING = 3000

const READS = "only what reads is run here: SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, EXPLAIN"

/** One query on its way: what it read, and how long that took. */
export class RunningQuery {
  readonly #duckdb: DuckDb
  readonly #database: Database
  readonly #connection: DuckDBConnection
  readonly #tables: Queryables
  readonly #brought = new Set<string>()
  #loading = 0
  /** It did something else than read: the database is of no further use. */
  wrote = false

  constructor(duckdb: DuckDb, database: Database, connection: DuckDBConnection, tables: Queryables) {
    this.#duckdb = duckdb
    this.#database = database
    this.#connection = connection
    this.#tables = tables
  }

  /** The first rows, and how many there are. */
  async rows(query: string, limits: Limits): Promise<SqlResult> {
    const began = performance.now()
    const statement = await this.#only(query)
    const result = await statement.stream()
    const columns = result.columnNames().map((name, i) => resultColumn(name, result.columnType(i)))
    const rows: Array<ReadonlyArray<SqlCell>> = []
    let count = 0
    let letters = 0
    let full = false
    let more = false
    let counting: number | undefined
    for (;;) {
      const chunk = await result.fetchChunk()
      if (chunk === null || chunk.rowCount === 0) break
      if (!full) {
        for (const row of cellsOf(this.#duckdb, chunk)) {
          rows.push(row.cells)
          letters += row.letters
          if ((full = rows.length === limits.rows || letters > MOST_LETTERS)) break
        }
      }
      count += chunk.rowCount
      if (!full) continue
      counting ??= performance.now()
      if ((more = performance.now() - counting > COUNTING)) break
    }
    return { columns, rows, count, more, loading: this.#loading, running: performance.now() - began - this.#loading, read: this.#read(query) }
  }

  /** The tables that it read: those that were loaded for it, and of those that were loaded before the ones that it mentions. */
  #read(query: string): SqlResult["read"] {
    const mentions = (name: string) => new RegExp(`(?<![\\w\\]-])${name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}(?![\\w[-])`, "i").test(query)
    return this.#tables.tables.flatMap(({ name, node, output, stale }) => {
      const rows = this.#database.rowsOf(name)
      return rows !== undefined && (this.#brought.has(name) || mentions(name) || (mentions(node) && mentions(output))) ? [{ name, rows, stale }] : []
    })
  }

  /** The one statement of a query, ready to run. */
  async #only(query: string): Promise<DuckDBPreparedStatement> {
    const { StatementType } = this.#duckdb
    const statement = await this.prepare(() => this.#last(query))
    const { statementType: type } = statement
    // EXPLAIN ANALYZE carries out what it explains.
    if (type === StatementType.EXPLAIN) this.wrote = true
    else if (type !== StatementType.SELECT) throw new QueryFault("not-a-query", `${READS}; this is ${StatementType[type] ?? "something else"}`)
    return statement
  }

  /** Prepares the last of the statements that DuckDB makes of a query. A PIVOT is two, of which the first makes a type of the values that there are: it is run. */
  async #last(query: string): Promise<DuckDBPreparedStatement> {
    const statements = await this.#connection.extractStatements(query).catch((error: unknown) => {
      throw query.replace(/--.*|\/\*[\s\S]*?\*\/|;|\s/g, "") === ""
        ? new QueryFault("not-a-query", "there is no query: write one, such as SELECT * FROM a node's name")
        : faultOf(error)
    })
    const last = statements.count - 1
    for (let i = 0; i < last; i++) {
      const before = await statements.prepare(i)
      if (before.statementType !== this.#duckdb.StatementType.CREATE || !/\bpivot/i.test(query))
        throw new QueryFault("several", `one query is run at a time, and these are ${statements.count}: leave one, without a semicolon between`)
      this.wrote = true
      await before.run()
    }
    return statements.prepare(last)
  }

  /** Prepares, and notes what had to be loaded for it. */
  async prepare(prepare: () => Promise<DuckDBPreparedStatement>): Promise<DuckDBPreparedStatement> {
    const began = performance.now()
    const prepared = await this.#database.prepare(prepare, this.#tables, (name) => {
      this.#brought.add(name)
    })
    this.#loading += performance.now() - began
    return prepared
  }
}
