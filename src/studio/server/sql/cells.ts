import type { DuckDBDataChunk, DuckDBType, Json } from "@duckdb/node-api"
import type { SqlCell, SqlResultColumn } from "../../messages/sql.ts"
import type { DuckDb } from "./database.ts"

const NUMBERS = new Set([
  "TINYINT",
  "SMALLINT",
  "INTEGER",
  "BIGINT",
  "HUGEINT",
  "UTINYINT",
  "USMALLINT",
  "UINTEGER",
  "UBIGINT",
  "UHUGEINT",
  "BIGNUM",
  "FLOAT",
  "DOUBLE"
])

/** A column of a result. */
export const resultColumn = (name: string, type: DuckDBType): SqlResultColumn => {
  const text = String(type)
  return { name, type: text, kind: NUMBERS.has(text) || text.startsWith("DECIMAL") ? "number" : text === "BOOLEAN" ? "flag" : "text" }
}

const cell = (value: Json | null): SqlCell => (typeof value === "object" && value !== null ? JSON.stringify(value) : value)

/** The first rows of a chunk. */
export const cellsOf = ({ JsonDuckDBValueConverter }: DuckDb, chunk: DuckDBDataChunk, most: number): ReadonlyArray<ReadonlyArray<SqlCell>> =>
  chunk
    .convertRows<Json>(JsonDuckDBValueConverter)
    .slice(0, most)
    .map((row) => row.map(cell))
