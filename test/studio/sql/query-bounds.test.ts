import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import type { SqlFile } from "../../../src/studio/messages/sql.ts"
import type { FileWanted } from "../../../src/studio/server/sql/protocol.ts"
import { fault, outcome, query, rows, runner, runnerWith, YEARS } from "./queried-tables.ts"

describe("a query reads these tables and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "sediment-sql-"))
  const secret = join(folder, "secret.csv")
  writeFileSync(secret, "word\nsesame\n")
  afterAll(() => rmSync(folder, { recursive: true }))

  const READING = [
    `FROM '${secret}'`,
    `FROM read_csv('${secret}')`,
    `FROM read_text('${secret}')`,
    `FROM read_blob('${folder}/*')`,
    `FROM glob('${folder}/*')`,
    `FROM sniff_csv('${secret}')`,
    `FROM read_json('${secret}')`,
    `FROM parquet_metadata('${secret}')`,
    `FROM read_duckdb('${secret}')`,
    `FROM query('FROM read_text(''${secret}'')')`,
    `FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''${secret}'')'))`,
    "FROM read_text('/etc/passwd')",
    "FROM read_text('/proc/self/environ')",
    "FROM read_csv('http://127.0.0.1:1/x.csv')",
    "FROM read_parquet('https://example.com/x.parquet')",
    "FROM read_parquet('s3://bucket/x.parquet')",
    `FROM sqlite_scan('${secret}', 't')`,
    "SELECT getenv('PATH')",
    "FROM duckdb_secrets()",
    "FROM arrow_scan(1, 2, 3)"
  ]
  const DOING = [
    `ATTACH '${folder}/new.duckdb' AS other`,
    `COPY panel TO '${folder}/new.csv'`,
    `COPY (FROM panel) TO '${folder}/new.parquet'`,
    `COPY panel FROM '${secret}'`,
    `EXPORT DATABASE '${folder}/new'`,
    `IMPORT DATABASE '${folder}'`,
    "INSTALL httpfs",
    "LOAD httpfs",
    `LOAD '${folder}/new.duckdb_extension'`,
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "SET memory_limit = '1TB'",
    `SET temp_directory = '${folder}'`,
    `PRAGMA profiling_output = '${folder}/new.json'`,
    "PRAGMA enable_profiling",
    "CALL enable_logging()",
    "CREATE TABLE mine AS SELECT 1",
    "INSERT INTO panel FROM panel",
    "DELETE FROM panel",
    "DROP TABLE panel",
    "CREATE SECRET s (TYPE s3)",
    "CREATE MACRO f() AS 1",
    "PREPARE p AS SELECT 1",
    "BEGIN",
    "SET VARIABLE x = 1",
    "USE memory",
    "CHECKPOINT"
  ]
  it.each(READING)("%s", async (text) => {
    const { kind, message } = await fault(text)
    expect(["Permission", "Catalog", "Binder", "no-table"]).toContain(kind)
    expect(message).not.toContain("sesame")
  })
  it.each(DOING)("%s", async (text) => {
    const { kind } = await fault(text)
    expect(["Permission", "Catalog", "Binder", "Invalid Input", "not-a-query", "several", "no-table", "unknown", "TransactionContext"]).toContain(kind)
    expect(readdirSync(folder)).toEqual(["secret.csv"])
    expect((await rows("SELECT count(*) FROM panel")).rows).toEqual([[String(YEARS)]])
  })
  it("whatever functions with side effects it calls, the next one finds nothing of it", async () => {
    for (const text of [
      `FROM enable_logging(storage = 'file', storage_path = '${folder}/log')`,
      `FROM enable_profiling(format = 'json', save_location = '${folder}/new.json')`,
      "FROM enable_profiling()",
      "FROM checkpoint()",
      "EXPLAIN ANALYZE CREATE TABLE mine AS SELECT 1",
      // Taken for a PIVOT.
      "CREATE TABLE mine AS SELECT 1 AS pivot; SELECT 1"
    ]) {
      await outcome(text)
      expect((await rows("SELECT count(*) FROM panel")).rows).toEqual([[String(YEARS)]])
    }
    expect((await fault("FROM mine")).kind).toBe("no-table")
    expect(readdirSync(folder)).toEqual(["secret.csv"])
  })
})

describe("limits", () => {
  const endless = "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range, b.range) = 1"
  it("ends a query after its time, and one that is cancelled at once", async () => {
    expect((await fault(endless, runnerWith({ milliseconds: 300 }))).message).toBe("ended after 0.3 s, the most that a query may take")
    const waiting = runner.run(9999, query(endless), undefined)
    setTimeout(() => runner.cancel(9999), 100)
    expect(await waiting).toMatchObject({ fault: { kind: "cancelled" } })
    expect((await rows("SELECT 1")).rows).toEqual([[1]])
  })
  it("ends one that needs too much memory, in words without advice that is nobody's to take", async () => {
    const { kind, message } = await fault("SELECT repeat(range::VARCHAR, 100000) FROM range(100000) ORDER BY ALL")
    expect(kind).toBe("Out of Memory")
    expect(message).not.toMatch(/SET|temp_directory/)
    expect((await rows("SELECT count(*) FROM panel")).rows).toEqual([[String(YEARS)]])
  })
})

describe("a whole result as a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "sediment-sql-"))
  afterAll(() => rmSync(folder, { recursive: true }))
  const file = (format: "csv" | "parquet", name: string): FileWanted => ({ format, folder, name })

  it("is written as CSV and Parquet, with all rows in order", async () => {
    const text = "SELECT year, gdp, province, gdp__filled FROM panel ORDER BY year DESC NULLS LAST; -- all of it"
    expect(await outcome(text, { file: file("csv", "a") })).toMatchObject({ file: "a.csv", rows: YEARS } satisfies Partial<SqlFile>)
    const lines = readFileSync(join(folder, "a.csv"), "utf8").trimEnd().split("\n")
    expect([lines.length, lines[0], lines[1], lines.at(-1)]).toEqual([
      YEARS + 1,
      "year,gdp,province,gdp__filled",
      "4999,1249.75,Hebei's,false",
      ",1.0,Hebei's,false"
    ])
    const { bytes } = (await outcome(text, { file: file("parquet", "a") })) as SqlFile
    const { parquetReadObjects } = await import("hyparquet")
    const content = readFileSync(join(folder, "a.parquet"))
    expect(content.length).toBe(bytes)
    const found = await parquetReadObjects({ file: content.buffer.slice(content.byteOffset, content.byteOffset + content.length) as ArrayBuffer })
    expect([found.length, found[0]]).toEqual([YEARS, { year: 4999, gdp: 1249.75, province: "Hebei's", gdp__filled: false }])
  })
  it("leaves none behind where the query fails, and can hold no other file", async () => {
    for (const text of ["SELECT nothing FROM panel", "SELECT 1) TO '/tmp/x' --", "COPY panel TO 'x'", "FROM read_text('/etc/passwd')", "SELECT 1; SELECT 2"]) {
      expect(await outcome(text, { file: file("csv", "b") })).toHaveProperty("fault")
      expect(existsSync(join(folder, "b.csv"))).toBe(false)
    }
  })
})
