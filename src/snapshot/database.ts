/** A database as a snapshot needs it. */

/** What a column of a result can hold. `integer` are whole numbers of 64 bits, `decimal` numbers with exact digits; both come as their digits. */
export type ColumnKind = "integer" | "number" | "decimal" | "flag" | "text"

/** A value: null where there is none, a text for integers, decimals and texts, a number (NaN and infinities too), a truth. */
export type Cell = string | number | boolean | null

export interface ResultColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** What the database calls its type; "" where it has none. */
  readonly type: string
}

/** A query that is open: its rows are those of one moment, whatever others write meanwhile. */
export interface OpenQuery {
  readonly columns: ReadonlyArray<ResultColumn>
  /** The rows, some at a time. May be asked for once. */
  readonly batches: () => AsyncIterable<ReadonlyArray<ReadonlyArray<Cell>>>
}

export interface Database {
  /** `PostgreSQL 15.8`. */
  readonly server: string
  /** Opens a query, ordered by these of its columns if there are any. Throws SnapshotFailure, of which places in the query are told. */
  readonly open: (statement: string, key: ReadonlyArray<string>) => Promise<OpenQuery>
  readonly close: () => Promise<void>
}

/** The rows that are held at a time, and about how many characters. */
export const BATCH = 1000
export const BATCH_CHARACTERS = 4e6

/** About how many characters rows hold. */
export const charactersOf = (rows: ReadonlyArray<ReadonlyArray<unknown>>): number =>
  rows.reduce((sum, row) => sum + row.reduce((own: number, cell) => own + (typeof cell === "string" ? cell.length : 8), 0), 0)

/** A query's text, and the file that it is from, for messages. */
export interface QuerySource {
  readonly file: string
  readonly text: string
}
