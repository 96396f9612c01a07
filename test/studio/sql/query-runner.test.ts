import { hash } from "node:crypto"
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as duckdb from "@duckdb/node-api"
import { afterAll, describe, expect, it } from "vitest"
import type { StoredColumn } from "../../../src/artifact/column.ts"
import { writeArrow } from "../../../src/artifact/write.ts"
import type { SqlFault, SqlFile, SqlResult } from "../../../src/studio/messages/sql.ts"
import type { FileWanted, Limits, Query } from "../../../src/studio/server/sql/protocol.ts"
import { QueryRunner } from "../../../src/studio/server/sql/query-runner.ts"

const column = (name: string, kind: StoredColumn["kind"], values: StoredColumn["values"], rest: Partial<StoredColumn> = {}): StoredColumn => ({
  name,
  kind,
  values,
  valid: undefined,
  unit: "",
  description: "",
  ...rest
})

const YEARS = 5000
const panel = [
  column(
    "province",
    "category",
    Array.from({ length: YEARS }, (_, i) => ["河北", "Hebei's", "x"][i % 3]!)
  ),
  column(
    "year",
    "integer",
    Int32Array.from({ length: YEARS }, (_, i) => i),
    { valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 4 ? 0 : 1)) }
  ),
  column(
    "gdp",
    "number",
    Float64Array.from({ length: YEARS }, (_, i) => (i === 2 ? Number.NaN : i / 4)),
    {
      valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 2 ? 0 : 1)),
      unit: "10^8 yuan",
      description: "gross regional product, the province's"
    }
  ),
  column(
    "gdp__filled",
    "flag",
    Uint8Array.from({ length: YEARS }, (_, i) => (i === 1 ? 1 : 0))
  ),
  column(
    "GDP",
    "text",
    Array.from({ length: YEARS }, (_, i) => (i === 3 ? "" : `t\0${i}`)),
    { valid: Uint8Array.from({ length: YEARS }, (_, i) => (i === 3 ? 0 : 1)) }
  )
]
const one = [column("a", "integer", Int32Array.of(1))]

const objects = new Map<string, Uint8Array>()
let reads = 0
const put = (columns: ReadonlyArray<StoredColumn>) => {
  const bytes = writeArrow({ rows: columns[0]?.values.length ?? 0, columns, notes: [] })
  const name = hash("sha256", bytes)
  objects.set(name, bytes)
  return name
}
const table = (node: string, output: string, artifact: string, name = node, stale = false) => ({ name, node, output, artifact, stale })
const [panelObject, oneObject] = [put(panel), put(one)]
const tables = [
  table("panel", "output", panelObject),
  table("replicates[0]", "output", oneObject),
  table("ranks", "output", oneObject, "ranks", true),
  table("ranks", "output", oneObject, "ranks.output", true),
  table("ranks", "by year", oneObject, "ranks.by year"),
  table("model", "coefficients", oneObject, "model.coefficients"),
  table("model", "glance", oneObject, "model.glance"),
  table("lost", "output", "0".repeat(64)),
  table("Same", "output", oneObject),
  table("same", "output", panelObject),
  table("none", "output", put([]))
]
const query = (text: string, of = "today"): Query => ({
  of,
  query: text,
  tables,
  without: [{ name: "failed", why: "failed has no artifact yet, since it failed" }]
})

const limits: Limits = { rows: 100, milliseconds: 20_000, memory: 2.5e8, threads: 2 }
const runnerWith = (more: Partial<Limits> = {}) =>
  new QueryRunner(duckdb, { ...limits, ...more }, async (artifact) => {
    reads++
    const bytes = objects.get(artifact)
    if (bytes === undefined) throw new Error(`object ${artifact} is missing`)
    return bytes
  })
const runner = runnerWith()
let id = 0
const outcome = (text: string, { from = runner, file }: { readonly from?: QueryRunner; readonly file?: FileWanted } = {}) => from.run(id++, query(text), file)
const rows = async (text: string, from = runner) => {
  const result = (await outcome(text, { from })) as SqlResult | SqlFault
  if ("fault" in result) throw new Error(`${result.fault.kind}: ${result.fault.message}`)
  return result
}
const fault = async (text: string, from = runner) => {
  const result = (await outcome(text, { from })) as SqlResult | SqlFault
  if (!("fault" in result)) throw new Error(`no fault: ${JSON.stringify(result.rows)}`)
  return result.fault
}

describe("tables of artifacts", () => {
  it("have the artifact's columns, each in its type, and NULL where a value is missing", async () => {
    const { columns, count, read, rows: found } = await rows("FROM panel ORDER BY rowid LIMIT 6")
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      "province VARCHAR",
      "year INTEGER",
      "gdp DOUBLE",
      "gdp__filled BOOLEAN",
      "GDP_2 VARCHAR"
    ])
    expect(found.slice(0, 5)).toEqual([
      ["河北", 0, 0, false, "t\x000"],
      ["Hebei's", 1, 0.25, true, "t\x001"],
      ["x", 2, null, false, "t\x002"],
      ["河北", 3, 0.75, false, null],
      ["Hebei's", null, 1, false, "t\x004"]
    ])
    expect([count, read]).toEqual([6, [{ name: "panel", rows: YEARS, stale: false }]])
    expect((await rows("SELECT count(*), count(gdp), sum(year), sum(gdp__filled::INT), min(province) FROM panel")).rows).toEqual([
      [String(YEARS), String(YEARS - 1), String((YEARS * (YEARS - 1)) / 2 - 4), "1", "Hebei's"]
    ])
  })
  it("say their units and descriptions as comments", async () => {
    expect((await rows("SELECT comment FROM duckdb_columns() WHERE table_name = 'panel' AND column_name = 'gdp'")).rows).toEqual([
      ["10^8 yuan; gross regional product, the province's"]
    ])
  })
  it("are named by their nodes and outputs, quoted or not", async () => {
    for (const name of ['"replicates[0]"', "ranks", '"ranks.output"', "ranks.output", 'ranks."by year"', "model.glance", "MODEL.Coefficients"])
      expect((await rows(`SELECT * FROM ${name}`)).rows).toEqual([[1]])
    expect((await rows("SELECT count(*) FROM model.glance JOIN model.coefficients USING (a) JOIN panel ON year = a")).rows).toEqual([["1"]])
    // Of what is loaded by now, and of a node's outputs.
    const read = async (text: string) => (await rows(text)).read.map(({ name }) => name)
    expect(await read("SELECT * FROM model.glance")).toEqual(["model.glance"])
    expect(await read('SELECT 1 AS panels FROM "replicates[0]"')).toEqual(["replicates[0]"])
    expect((await rows("SELECT * FROM query_table('ranks')")).read).toEqual([{ name: "ranks", rows: 1, stale: true }])
    expect((await rows("FROM none")).count).toBe(0)
  })
  it("are loaded once, only those that are named, and anew where the artifact is another", async () => {
    const own = runnerWith()
    reads = 0
    await rows("SELECT a FROM ranks", own)
    await rows("SELECT a + 1 FROM ranks", own)
    expect(reads).toBe(1)
    await own.run(
      id++,
      { ...query("FROM ranks"), tables: tables.map((each) => (each.name === "ranks" ? { ...each, artifact: panelObject } : each)) },
      undefined
    )
    expect(reads).toBe(2)
    const other = (await own.run(id++, query("FROM ranks", "a run"), undefined)) as SqlResult
    expect([reads, other.rows]).toEqual([3, [[1]]])
  })
})

describe("results", () => {
  it("have the first rows, and how many there are", async () => {
    const { count, more, rows: found } = await rows("FROM range(3000)")
    expect([found.length, found.at(-1), count, more]).toEqual([100, ["99"], 3000, false])
  })
  it("send long texts cut, and no more than can be sent, however many rows there are", async () => {
    const [[text]] = (await rows("SELECT repeat('x', 1000000)")).rows as [[string]]
    expect([text.length < 2100, text.slice(1999)]).toEqual([true, "x… (1000000 characters)"])
    const { count, rows: found } = await rows("SELECT repeat('y', 100000) FROM range(3000)", runnerWith({ rows: 1e6 }))
    expect([count, found.length]).toEqual([3000, 301])
  })
  it("hold what JSON has no place for as text", async () => {
    const { columns, rows: found } = await rows(
      "SELECT 9007199254740993 AS big, 'nan'::DOUBLE, DATE '2020-01-02', [1, NULL], {'a': 'b'}, 1.50::DECIMAL(5, 2), 'NULL', NULL"
    )
    expect(found).toEqual([["9007199254740993", "NaN", "2020-01-02", "[1,null]", '{"a":"b"}', "1.50", "NULL", null]])
    expect(columns.map(({ kind }) => kind).join(" ")).toBe("number number text text text number text number")
  })
  it("take in PIVOT, DESCRIBE, SUMMARIZE and EXPLAIN", async () => {
    expect(
      (await rows("PIVOT (SELECT province, year % 2 AS odd, gdp FROM panel) ON odd USING count(*) GROUP BY province")).columns.map(({ name }) => name)
    ).toEqual(["province", "0", "1"])
    expect((await rows("DESCRIBE panel")).count).toBe(5)
    expect((await rows("SUMMARIZE panel;")).count).toBe(5)
    expect((await rows("EXPLAIN FROM panel")).rows[0]![1]).toContain("panel")
  })
})

describe("what is wrong with a query", () => {
  const at = (text: string, part: string) => text.indexOf(part)
  it("is told in DuckDB's words at its place, whatever stands before it", async () => {
    const misspelt = "SELECT '河北 😀', provnce\nFROM panel"
    expect(await fault(misspelt)).toEqual({
      kind: "Binder",
      message: 'Referenced column "provnce" not found in FROM clause!\nCandidate bindings: "province"',
      at: at(misspelt, "provnce")
    })
    expect(await fault("SELEC 1")).toEqual({ kind: "Parser", message: 'syntax error at or near "SELEC"', at: 0 })
    expect(await fault("FROM panel WHERE")).toMatchObject({ kind: "Parser", at: 16 })
    expect(await fault("SELECT province::INT FROM panel")).toMatchObject({ kind: "Conversion" })
  })
  it("tells of a name what may be meant, and why a node has no table", async () => {
    expect(await fault("FROM panle")).toEqual({
      kind: "no-table",
      message: 'there is no table "panle"; did you mean "panel"? the tables are the study\'s nodes',
      at: 5
    })
    expect((await fault("FROM model")).message).toBe("model has several outputs: write model.coefficients or model.glance")
    expect((await fault("FROM failed")).message).toBe("failed has no artifact yet, since it failed")
    expect((await fault("FROM same")).message).toBe('DuckDB does not tell capital from small letters in names: "same" may be Same or same')
    expect((await fault("FROM lost")).message).toBe(`lost: object ${"0".repeat(64)} is missing`)
  })
  it("tells that there is none, or several", async () => {
    for (const text of ["", " ;", "-- nothing\n"]) expect((await fault(text)).kind).toBe("not-a-query")
    expect((await fault("SELECT 1; SELECT 2")).kind).toBe("several")
  })
})

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
    const began = performance.now()
    expect(await waiting).toMatchObject({ fault: { kind: "cancelled" } })
    expect(performance.now() - began).toBeLessThan(2000)
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
