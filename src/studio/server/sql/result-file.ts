import { statSync } from "node:fs"
import { join } from "node:path"
import type { DuckDBConnection } from "@duckdb/node-api"
import type { SqlFile } from "../../messages/sql.ts"
import { literal } from "./load-table.ts"
import type { FileWanted } from "./protocol.ts"
import type { RunningQuery } from "./run-query.ts"

const OPTIONS = { csv: "FORMAT csv, HEADER", parquet: "FORMAT parquet, COMPRESSION snappy" } as const

/** Writes a whole result to the folder that the connection may write to. DuckDB's function `query` takes one SELECT and nothing else, however it is written. */
export const writeResult = async (connection: DuckDBConnection, running: RunningQuery, query: string, wanted: FileWanted): Promise<SqlFile> => {
  const { folder, format, name } = wanted
  const file = `${name}.${format}`
  const text = `COPY (FROM query(${literal(query)})) TO ${literal(join(folder, file))} (${OPTIONS[format]})`
  const copied = await (await running.prepare(() => connection.prepare(text))).runAndReadAll()
  return { file, rows: Number(copied.getRows()[0]?.[0] ?? 0), bytes: statSync(join(folder, file)).size }
}
