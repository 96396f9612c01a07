/** Queries in SQL on what the nodes made. They only read, so they are asked in a studio that is read-only too. */
import { Schema } from "effect"
import { question } from "./question.ts"

const SqlColumn = Schema.Struct({
  name: Schema.String,
  kind: Schema.Literals(["number", "integer", "text", "category", "flag"]),
  unit: Schema.String,
  description: Schema.String
})
export type SqlColumn = typeof SqlColumn.Type

/** An output of a node, as a table that a query can name. */
const SqlTable = Schema.Struct({
  /** The node's name, or `node.output`. */
  name: Schema.String,
  node: Schema.String,
  output: Schema.String,
  rows: Schema.Int,
  /** Which of the lists of columns is its own: most items of a map have the same. */
  columns: Schema.Int,
  /** It is the artifact of before: the node would be made anew. */
  stale: Schema.Boolean
})
export type SqlTable = typeof SqlTable.Type

const SqlRun = Schema.Struct({ run: Schema.String, at: Schema.Number, tag: Schema.NullOr(Schema.String), outcome: Schema.String })
export type SqlRun = typeof SqlRun.Type

/** A study's artifacts: today's, or with a run's name those of that run. */
const ofStudy = { study: Schema.String, run: Schema.NullOr(Schema.String) }
export const SqlAsked = Schema.Struct({ ...ofStudy, query: Schema.String })
export type SqlAsked = typeof SqlAsked.Type

/** A value of a result: what has no place in JSON (large integers, dates, lists) as DuckDB writes it. */
const Cell = Schema.Union([Schema.Null, Schema.Number, Schema.String, Schema.Boolean])
export type SqlCell = typeof Cell.Type

const ResultColumn = Schema.Struct({
  name: Schema.String,
  /** DuckDB's name of its type. */
  type: Schema.String,
  kind: Schema.Literals(["number", "text", "flag"])
})
export type SqlResultColumn = typeof ResultColumn.Type

export const SqlResult = Schema.Struct({
  columns: Schema.Array(ResultColumn),
  /** The first rows, as many as are sent (`LIMITS.rows` in server/sql/query-process.ts). */
  rows: Schema.Array(Schema.Array(Cell)),
  count: Schema.Int,
  /** Counting was given up: there are more rows than `count`. */
  more: Schema.Boolean,
  /** Milliseconds: artifacts made tables, and the query itself. */
  loading: Schema.Number,
  running: Schema.Number,
  /** The tables that it read. */
  read: Schema.Array(Schema.Struct({ name: Schema.String, rows: Schema.Int, stale: Schema.Boolean }))
})
export type SqlResult = typeof SqlResult.Type

/** What is wrong with a query, or became of it. */
export const SqlFault = Schema.Struct({
  fault: Schema.Struct({
    /** DuckDB's: "Parser", "Binder", …; or "time", "cancelled", "several", "not-a-query", "no-table", "process". */
    kind: Schema.String,
    message: Schema.String,
    /** Where in the query: the index of a character. */
    at: Schema.NullOr(Schema.Int)
  })
})
export type SqlFault = typeof SqlFault.Type

/** A whole result as a file, to be had at `/sql/FILE` for a while. */
export const SqlFile = Schema.Struct({ file: Schema.String, rows: Schema.Int, bytes: Schema.Int })
export type SqlFile = typeof SqlFile.Type

export const sqlQuestions = {
  /** What can be queried, and what has no artifact. */
  "sql-tables": question(
    Schema.Struct(ofStudy),
    Schema.Struct({
      tables: Schema.Array(SqlTable),
      columns: Schema.Array(Schema.Array(SqlColumn)),
      without: Schema.Array(Schema.Struct({ name: Schema.String, why: Schema.String })),
      /** Newest first. */
      runs: Schema.Array(SqlRun)
    })
  ),
  sql: question(SqlAsked, Schema.Union([SqlResult, SqlFault])),
  "sql-file": question(Schema.Struct({ ...SqlAsked.fields, format: Schema.Literals(["csv", "parquet"]) }), Schema.Union([SqlFile, SqlFault]))
}
