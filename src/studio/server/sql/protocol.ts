/** What the thread that answers and the process that DuckDB runs in say to each other. */
import type { SqlFault, SqlFile, SqlResult } from "../../messages/sql.ts"

/** A table that a query can name. */
export interface Queryable {
  /** The node's name, or `node.output`. */
  readonly name: string
  readonly node: string
  readonly output: string
  /** The artifact's name. */
  readonly artifact: string
  readonly stale: boolean
}

/** What a query can name, and why a node has nothing to be queried. */
export interface Queryables {
  readonly tables: ReadonlyArray<Queryable>
  readonly without: ReadonlyArray<{ readonly name: string; readonly why: string }>
}

export interface Query extends Queryables {
  /** What it is a query of: tables that were loaded for another study, or for another run, are none of it. */
  readonly of: string
  readonly query: string
}

/** A result to be written to a folder, under a name that gets the format's ending. */
export interface FileWanted {
  readonly format: "csv" | "parquet"
  readonly folder: string
  readonly name: string
}

export interface Limits {
  /** Rows that are sent. */
  readonly rows: number
  readonly milliseconds: number
  /** Of one database, in bytes. */
  readonly memory: number
  readonly threads: number
}

/** How the process begins: its only argument, as JSON. */
export interface ProcessBeginning {
  readonly cache: string
  readonly limits: Limits
}

export type ToProcess = { readonly id: number; readonly query: Query; readonly file?: FileWanted } | { readonly cancel: number }
export type Outcome = SqlResult | SqlFile | SqlFault
export type FromProcess =
  | { readonly id: number; readonly outcome: Outcome }
  /** From now on it takes queries. */
  | { readonly ready: true }
  /** DuckDB cannot be loaded. */
  | { readonly unavailable: string }
