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

/** Of a text that is sent: nobody reads more of it in a table. */
const LONGEST = 2000

/** A row as it is sent, and how long its values were. */
export interface CellRow {
  readonly cells: ReadonlyArray<SqlCell>
  readonly letters: number
}

/** The rows of a chunk, each read when it is asked for. */
export function* cellsOf({ JsonDuckDBValueConverter }: DuckDb, chunk: DuckDBDataChunk): Generator<CellRow> {
  for (let row = 0; row < chunk.rowCount; row++) {
    let letters = 0
    const cells = chunk.convertRowValues<Json>(row, JsonDuckDBValueConverter).map((value): SqlCell => {
      const text = typeof value === "object" && value !== null ? JSON.stringify(value) : value
      letters += typeof text === "string" ? text.length : 8
      return typeof text === "string" && text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text
    })
    yield { cells, letters }
  }
}
