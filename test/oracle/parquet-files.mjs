// Parquet files as DuckDB and polars write them: every codec and encoding of either, both page versions, all types, and what DuckDB finds in each, as text.
// Writes test/tabular/parquet/files/*.parquet and parquet-files.json. The two packages are no dependencies: npm install --no-save @duckdb/node-api@1.5.6-r.1 nodejs-polars@0.26.1, in any folder.
// NODE_MODULES=FOLDER/node_modules node test/oracle/parquet-files.mjs
import { mkdirSync, readdirSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import path from "node:path"
import { fileURLToPath } from "node:url"

const here = path.dirname(fileURLToPath(import.meta.url))
const from = createRequire(path.join(path.resolve(process.env.NODE_MODULES ?? path.join(here, "..", "..", "node_modules")), "x.js"))
const { DuckDBInstance } = from("@duckdb/node-api")
const polars = from("nodejs-polars").default
const folder = path.join(here, "..", "tabular", "parquet", "files")
mkdirSync(folder, { recursive: true })
const duckdb = await (await DuckDBInstance.create()).connect()

const types = `SELECT
  i AS row, ['河北', '内蒙古自治区', '', NULL, 'Xi''an'][i % 5 + 1] AS entity, (i % 7 = 0) AS flag, i::TINYINT AS int8, (i * 100)::SMALLINT AS int16, (i * i - 50)::INTEGER AS int32,
  CASE WHEN i % 3 = 0 THEN NULL ELSE i::BIGINT * 1000003 END AS int64, 9007199254740990::BIGINT + i AS large, (4294967295 - i)::UINTEGER AS uint32, (18446744073709551615 - i)::UBIGINT AS uint64,
  (i / 10)::FLOAT AS single, CASE WHEN i % 4 = 0 THEN NULL ELSE i / 7 END AS number, (i * 3 / 10)::DECIMAL(4, 1) AS decimal4, (i / 3)::DECIMAL(18, 6) AS decimal18, (i / 3)::DECIMAL(38, 20) AS decimal38,
  DATE '1969-12-20' + i::INTEGER AS day, TIME '12:34:56.789' + to_milliseconds(i) AS time, TIMESTAMP '1969-12-31 23:59:58.5' + to_milliseconds(i * 250) AS moment,
  (TIMESTAMP '2021-12-31 00:00:00' + to_microseconds(i))::TIMESTAMP_NS AS nanos, (TIMESTAMP '2000-02-29 00:00:00' + to_seconds(i))::TIMESTAMPTZ AS utc, ('00000000-0000-0000-0000-' || lpad(i::VARCHAR, 12, '0'))::UUID AS uuid,
  ('x' || i)::BLOB AS bytes, NULL::DOUBLE AS nothing FROM range(20) t(i)`
await duckdb.run("SET TimeZone = 'UTC'")
for (const [name, options] of Object.entries({
  "duckdb-uncompressed": "COMPRESSION uncompressed",
  "duckdb-snappy": "COMPRESSION snappy",
  "duckdb-gzip": "COMPRESSION gzip",
  "duckdb-zstd": "COMPRESSION zstd",
  "duckdb-brotli": "COMPRESSION brotli",
  "duckdb-lz4": "COMPRESSION lz4_raw",
  "duckdb-v2": "COMPRESSION zstd, PARQUET_VERSION v2"
}))
  await duckdb.run(`COPY (${types}) TO '${path.join(folder, `${name}.parquet`)}' (FORMAT parquet, ${options})`)
// Numbers and texts that are worth delta and split encodings, in several row groups.
const long = `SELECT i AS id, i * 3 - 1000 AS rising, 'province ' || lpad((i // 3)::VARCHAR, 5, '0') AS text, sin(i) AS wave, (cos(i) * 100)::FLOAT AS single, ['a', 'bb', 'ccc'][i % 3 + 1] AS level FROM range(5000) t(i)`
await duckdb.run(
  `COPY (${long}) TO '${path.join(folder, "duckdb-long-v2.parquet")}' (FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2, ROW_GROUP_SIZE 2048)`
)
await duckdb.run(`COPY (SELECT [1, 2] AS list, {'a': 1} AS pair, 1 AS one) TO '${path.join(folder, "duckdb-nested.parquet")}' (FORMAT parquet)`)

const frame = polars.DataFrame({
  entity: ["河北", null, "", "Xi'an"],
  year: [2003, 2004, 2005, 2006],
  value: [0.1, null, Number.NaN, -2.5],
  yes: [true, false, null, true],
  text: ["x".repeat(300), "y", "z", "z"]
})
for (const compression of ["uncompressed", "snappy", "gzip", "zstd", "lz4"])
  writeFileSync(path.join(folder, `polars-${compression}.parquet`), frame.writeParquet({ compression }))

const texts = {}
for (const file of readdirSync(folder).sort()) {
  if (file.includes("nested")) continue
  const read = await duckdb.runAndReadAll(
    `SELECT COLUMNS(*)::VARCHAR FROM read_parquet('${path.join(folder, file)}')${file.includes("long") ? " WHERE id % 250 = 7" : ""}`
  )
  texts[file.replace(".parquet", "")] = { names: read.columnNames(), rows: read.getRows() }
}
const { version } = from("@duckdb/node-api/package.json")
writeFileSync(
  path.join(here, "parquet-files.json"),
  `${JSON.stringify({ versions: { duckdb: version, polars: from("nodejs-polars/package.json").version }, files: texts }, null, 1)}\n`
)
process.exit(0)
