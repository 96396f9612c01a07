import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { parquetReadObjects } from "hyparquet"
import pg from "pg"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"
import { readAddress } from "../../src/snapshot/address.ts"
import { SnapshotFailure } from "../../src/snapshot/failure.ts"
import { type SnapshotRequest, takeSnapshot } from "../../src/snapshot/snapshot.ts"
import { TemporaryFolder } from "../temporary-folder.ts"
import { startPostgres } from "./local-postgres.ts"

const server = await startPostgres()
const folder = new TemporaryFolder({}, "sediment-snapshot-")
const url = (...args: ReadonlyArray<string>) => (typeof server === "string" ? "" : server.url(...args))
const run = async (sql: string) => {
  const client = new pg.Client({ connectionString: url() })
  await client.connect()
  await client.query(sql)
  await client.end()
}
afterAll(() => {
  folder.remove()
  if (typeof server !== "string") server.stop()
})
const take = (sql: string, { at = url(), output = "out.csv", ...more }: Partial<Omit<SnapshotRequest, "query" | "address">> & { readonly at?: string } = {}) =>
  takeSnapshot({ address: readAddress(at, {}), query: { file: "gdp.sql", text: sql }, key: [], output: folder.at(output), ...more })
const faultsOf = async (...args: Parameters<typeof take>): Promise<ReadonlyArray<string>> => {
  try {
    await take(...args)
  } catch (error) {
    if (error instanceof SnapshotFailure) return error.faults.map(({ message }) => message)
    throw error
  }
  return []
}
const csv = () => readFileSync(folder.at("out.csv"), "utf8")

describe.skipIf(typeof server === "string")(
  typeof server === "string" ? `a snapshot of PostgreSQL: skipped, since ${server}` : "a snapshot of PostgreSQL",
  () => {
    beforeAll(() =>
      run(`CREATE TABLE gdp (province text, year int, value numeric, share float8, big int8, ok bool, day date, seen timestamptz, tags text[], note text);
      INSERT INTO gdp VALUES
        ('河北', 2004, 12345678901234567890.123, 0.1, 9007199254740993, true, '2004-12-31', '2005-01-01 08:00:00+08', '{a,b}', ''),
        ('北京', 2003, 5007.20, 'NaN', 1, false, NULL, '2005-01-01 00:00:00.5+00', NULL, NULL),
        ('Äpfel', 2003, 1, 1e300, -1, NULL, '1999-01-01', NULL, '{}', 'a, "b"');
      CREATE SCHEMA private; CREATE TABLE private.wages (x int); CREATE ROLE reader LOGIN PASSWORD 'reads'`)
    )

    it("is a CSV file with every digit, ISO dates and moments in UTC, whatever the session has, ordered by its key byte by byte", async () => {
      const { record, warnings } = await take("SELECT * FROM gdp", { key: ["province", "year"] })
      expect(csv()).toBe(
        [
          "province,year,value,share,big,ok,day,seen,tags,note",
          'Äpfel,2003,1,1e+300,-1,,1999-01-01,,{},"a, ""b"""',
          "北京,2003,5007.20,NaN,1,false,,2005-01-01T00:00:00.5Z,,",
          '河北,2004,12345678901234567890.123,0.1,9007199254740993,true,2004-12-31,2005-01-01T00:00:00Z,"{a,b}",""',
          ""
        ].join("\n")
      )
      expect(record.server).toMatch(/^PostgreSQL \d+/)
      expect(record.columns.map(({ kind, type }) => [kind, type])).toEqual([
        ["text", "text"],
        ["integer", "integer"],
        ["decimal", "numeric"],
        ["number", "double precision"],
        ["integer", "bigint"],
        ["flag", "boolean"],
        ["text", "date"],
        ["text", "timestamp with time zone"],
        ["text", "text[]"],
        ["text", "text"]
      ])
      expect(warnings.map(({ message }) => message)).toEqual([
        `${folder.at("out.csv")}: share: 1 of its numbers is NaN or infinite, which is not the same as missing; NULLIF(share, 'NaN') makes it so`
      ])
      expect(JSON.stringify(record)).not.toMatch(/right|tester/)
    })

    it("has the same bytes for the same data, as CSV, Parquet and Arrow", async () => {
      const sql = 'SELECT province, year, value, share FROM gdp ORDER BY province COLLATE "C", year'
      for (const output of ["same.csv", "same.parquet", "same.arrow"]) {
        const { record } = await take(sql, { output })
        writeFileSync(folder.at(`${output}.snapshot.json`), "{}")
        expect((await take(sql, { output })).record.sha256).toBe(record.sha256)
        expect((await take(sql, { output })).unchanged).toBe(true)
      }
      const bytes = readFileSync(folder.at("same.parquet"))
      const rows = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer })
      expect(rows[1]).toEqual({ province: "北京", year: 2003n, value: 5007.2, share: Number.NaN })
      expect((await take(sql, { output: "told.parquet" })).warnings.map(({ message }) => message).join()).toContain(
        "value: 1 number has more digits than a double holds, and is rounded; CSV keeps them"
      )
      expect(readArrow(new Uint8Array(readFileSync(folder.at("same.arrow")))).columns.map(({ kind }) => kind)).toEqual(["text", "integer", "number", "number"])
    })

    it("sees one moment, and takes many rows a few at a time", async () => {
      const { record } = await take("SELECT i, i * 0.5 AS half FROM generate_series(1, 25000) AS i ORDER BY i", { output: "many.parquet" })
      expect(record.rows).toBe(25_000)
    })

    it("only reads", async () => {
      expect((await faultsOf("WITH x AS (DELETE FROM gdp RETURNING *) SELECT * FROM x ORDER BY 1"))[0]).toMatch(
        /DECLARE CURSOR must not contain data-modifying statements|only reads/
      )
      await run("CREATE SEQUENCE s")
      expect(await faultsOf("SELECT nextval('s') AS n ORDER BY 1")).toEqual([
        "gdp.sql: a snapshot only reads, and the query writes (cannot execute nextval() in a read-only transaction)"
      ])
      expect((await faultsOf("SELECT 1 AS a ORDER BY 1; COMMIT; DROP TABLE gdp"))[0]).toMatch(/there are 3 statements/)
    })

    it("tells what is wrong with a query, with its place in the file and near names", async () => {
      for (const [sql, told] of [
        ["-- gdp\nSELECT *\n  FROM gpd ORDER BY 1", 'gdp.sql, line 3, column 8: there is no table gpd; did you mean "gdp"?'],
        ["SELECT * FROM wagess ORDER BY 1", 'gdp.sql, line 1, column 15: there is no table wagess; did you mean "wages"?'],
        [
          "SELECT '北京', provinc FROM gdp ORDER BY 1",
          'gdp.sql, line 1, column 14: column "provinc" does not exist; Perhaps you meant to reference the column "gdp.province"'
        ],
        ["SELECT FROM FROM gdp ORDER BY 1", 'gdp.sql, line 1, column 13: syntax error at or near "FROM"'],
        ["SELECT 1 / (year - year) AS x FROM gdp ORDER BY 1", "gdp.sql: division by zero"],
        [
          "SELECT 1, 2 ORDER BY 1",
          ["gdp.sql: column 1 of the result has no name: give it one with AS", "gdp.sql: column 2 of the result has no name: give it one with AS"]
        ]
      ] as const)
        expect(await faultsOf(sql)).toEqual([told].flat())
      expect(await faultsOf("SELECT * FROM gdp", { key: ["x"] })).toEqual([
        "gdp.sql: --key x: the result has no such column; its columns are: province, year, value, share, big, ok, day, seen, tags, note"
      ])
      const reader = url().replace(/tester:[^@]*@/, "reader:reads@")
      expect(await faultsOf("SELECT * FROM gdp ORDER BY 1", { at: reader })).toEqual(["gdp.sql: the user may not read this: permission denied for table gdp"])
    })

    it("ends at once when it is interrupted, whatever the server is at", async () => {
      const ending = new AbortController()
      const start = performance.now()
      setTimeout(() => ending.abort(), 300)
      await expect(take("SELECT pg_sleep(30)::text AS slept ORDER BY 1", { output: "slept.csv", signal: ending.signal })).rejects.toThrow()
      expect(performance.now() - start).toBeLessThan(10_000)
      expect(readdirSync(folder.path).filter((name) => name.startsWith("slept"))).toEqual([])
    })

    it("tells why no connection comes about, and never a password", async () => {
      const at = `postgresql://127.0.0.1:${typeof server === "string" ? 0 : server.port}`
      expect(await faultsOf("SELECT 1 AS a ORDER BY 1", { at: url("postgres", "wr0ng") })).toEqual([
        `${at}/postgres: the server does not accept the password of the user tester, or asks for one: give it in PGPASSWORD, or in ~/.pgpass, which is no part of any log`
      ])
      expect(await faultsOf("SELECT 1 AS a ORDER BY 1", { at: url("nowhere") })).toEqual([
        `${at}/nowhere: there is no database nowhere on this server: psql -l lists them`
      ])
      expect(await faultsOf("SELECT 1 AS a ORDER BY 1", { at: "postgresql://me:s3cret@127.0.0.1:1/x" })).toEqual([
        "postgresql://127.0.0.1:1/x: no server answers at 127.0.0.1:1 (ECONNREFUSED): is it running, and does it listen there?"
      ])
    })
  }
)
