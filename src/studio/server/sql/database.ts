import type { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from "@duckdb/node-api"
import { readArrow } from "../../../artifact/read.ts"
import { didYouMean } from "../../../dag/near-matches.ts"
import { asWritten, literal, loadTable, quoted } from "./load-table.ts"
import type { Limits, Queryable, Queryables } from "./protocol.ts"
import { faultOf, QueryFault } from "./query-fault.ts"

export type DuckDb = typeof import("@duckdb/node-api")
/** The bytes of an artifact, checked against its name. */
export type ReadObject = (artifact: string) => Promise<Uint8Array>

/**
 * What a database is opened with, in this order. A query can read and write no file, load no extension, reach no network, and have nothing put on the disk for want of memory;
 * when the last of these stands (`lock_configuration`, set below), it can change none of them either.
 */
const settings = ({ memory, threads }: Limits): Readonly<Record<string, string>> => ({
  threads: String(threads),
  memory_limit: `${Math.floor(memory / 1e6)}MB`,
  temp_directory: "",
  autoinstall_known_extensions: "false",
  autoload_known_extensions: "false",
  allow_community_extensions: "false",
  errors_as_json: "true"
})

/** A database in memory with the tables of one study, each loaded when a query names it. */
export class Database {
  readonly #duckdb: DuckDb
  readonly #instance: DuckDBInstance
  readonly #own: DuckDBConnection
  readonly #read: ReadObject
  readonly #loaded = new Map<string, { readonly artifact: string; readonly rows: number }>()
  readonly #schemas = new Set<string>()
  /** What loads now: two queries at once load a table once. */
  #loading: Promise<unknown> = Promise.resolve()

  private constructor(duckdb: DuckDb, instance: DuckDBInstance, own: DuckDBConnection, read: ReadObject) {
    this.#duckdb = duckdb
    this.#instance = instance
    this.#own = own
    this.#read = read
  }

  /** Opens an empty one. With `folder`, that folder, and nothing else, can be read and written: for a file of a result. */
  static async open(duckdb: DuckDb, limits: Limits, read: ReadObject, folder?: string): Promise<Database> {
    const instance = await duckdb.DuckDBInstance.create(":memory:", settings(limits))
    const own = await instance.connect()
    if (folder !== undefined) await own.run(`SET allowed_directories = [${literal(folder)}]`)
    await own.run("SET enable_external_access = false")
    await own.run("SET lock_configuration = true")
    return new Database(duckdb, instance, own, read)
  }

  connect(): Promise<DuckDBConnection> {
    return this.#instance.connect()
  }

  close(): void {
    this.#own.closeSync()
    this.#instance.closeSync()
  }

  /** Whether what is loaded is what these tables are today. */
  fits({ tables }: Queryables): boolean {
    const today = new Map(tables.map(({ artifact, name }) => [name, artifact]))
    return [...this.#loaded].every(([name, { artifact }]) => today.get(name) === artifact)
  }

  /** How many rows a table has that is loaded. */
  rowsOf(name: string): number | undefined {
    return this.#loaded.get(name)?.rows
  }

  /** Prepares with `prepare`, and loads each table that is found missing. */
  async prepare(prepare: () => Promise<DuckDBPreparedStatement>, tables: Queryables, onLoaded: (name: string) => void): Promise<DuckDBPreparedStatement> {
    for (;;) {
      try {
        return await prepare()
      } catch (error) {
        const fault = faultOf(error)
        const wanted = this.#wantedBy(fault, tables)
        if (wanted === undefined) throw fault
        await (this.#loading = this.#loading.then(() => this.#bring(wanted, onLoaded)))
      }
    }
  }

  /** What is to be loaded so that a fault does not come again; throws one in better words where there is no such table. */
  #wantedBy(fault: QueryFault, { tables, without }: Queryables): { readonly tables: ReadonlyArray<Queryable>; readonly schema?: string } | undefined {
    const { position, schema, table } = fault
    const same = (name: string) => (one: { readonly name: string }) => one.name.toLowerCase() === name.toLowerCase()
    if (schema !== undefined) {
      const outputs = tables.filter(({ name, node, output }) => node.toLowerCase() === schema.toLowerCase() && name === `${node}.${output}`)
      const node = outputs[0]?.node
      if (node !== undefined && !this.#schemas.has(node)) return { tables: outputs, schema: node }
    }
    const name = table ?? (schema === undefined ? undefined : schema)
    if (name === undefined) return undefined
    const found = tables.filter(same(name))
    if (found.length > 1)
      throw new QueryFault(
        "no-table",
        `DuckDB does not tell capital from small letters in names: "${name}" may be ${found.map((one) => one.name).join(" or ")}`,
        { position }
      )
    if (schema === undefined && found.length === 1 && !this.#loaded.has(found[0]!.name)) return { tables: found }
    const why = without.find(same(name))?.why
    if (why !== undefined) throw new QueryFault("no-table", why, { position })
    if (found.length === 1) return undefined
    const outputs = tables.filter(({ node }) => node.toLowerCase() === name.toLowerCase())
    if (outputs.length > 0)
      throw new QueryFault(
        "no-table",
        `${name} has several outputs: write ${outputs.map((one) => [one.node, one.output].map(asWritten).join(".")).join(" or ")}`,
        { position }
      )
    throw new QueryFault(
      "no-table",
      `there is no table "${name}"; ${didYouMean(
        name,
        tables.map((one) => one.name)
      )}the tables are the study's nodes`,
      { position }
    )
  }

  async #bring({ schema, tables }: { readonly tables: ReadonlyArray<Queryable>; readonly schema?: string }, onLoaded: (name: string) => void): Promise<void> {
    for (const table of tables) {
      if (!this.#loaded.has(table.name)) {
        const stored = readArrow(
          await this.#read(table.artifact).catch((error: unknown) => {
            throw new QueryFault("artifact", `${table.name}: ${error instanceof Error ? error.message : String(error)}`)
          })
        )
        await loadTable(this.#duckdb, this.#own, table.name, stored)
        this.#loaded.set(table.name, { artifact: table.artifact, rows: stored.rows })
      }
      // Of a node's schema all outputs are loaded, whichever is asked for.
      if (schema === undefined) onLoaded(table.name)
    }
    if (schema === undefined || this.#schemas.has(schema)) return
    await this.#own.run(`CREATE SCHEMA ${quoted(schema)}`)
    for (const { name, output } of tables) await this.#own.run(`CREATE VIEW ${quoted(schema)}.${quoted(output)} AS FROM main.${quoted(name)}`)
    this.#schemas.add(schema)
  }
}
