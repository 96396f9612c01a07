import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { parquetReadObjects } from "hyparquet"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { readArrow } from "../../src/artifact/read.ts"
import { readAddress } from "../../src/snapshot/address.ts"
import { SnapshotFailure } from "../../src/snapshot/failure.ts"
import { type SnapshotRequest, takeSnapshot } from "../../src/snapshot/snapshot.ts"
import { TemporaryFolder } from "../temporary-folder.ts"

let folder: TemporaryFolder
beforeEach(() => {
  folder = new TemporaryFolder({}, "sediment-snapshot-")
  run(`CREATE TABLE gdp (province TEXT, year INTEGER, value REAL, note TEXT, mixed);
    INSERT INTO gdp VALUES ('河北', 2004, 2.5, 'a, "b"', 1), ('北京', 2003, 1, '', 'x'), ('北京', 2004, NULL, NULL, 2.5), ('河北', 2003, 0.1, ' ', x'00ff');
    CREATE VIEW rich AS SELECT * FROM gdp WHERE value > 1`)
})
afterEach(() => folder.remove())
const run = (sql: string) => {
  const db = new DatabaseSync(folder.at("data.sqlite"))
  db.exec(sql)
  db.close()
}
const take = (sql: string, { output = "out.csv", ...more }: Partial<Omit<SnapshotRequest, "query">> = {}) =>
  takeSnapshot({
    address: readAddress(`sqlite:${folder.at("data.sqlite")}`),
    query: { file: "gdp.sql", text: sql },
    key: [],
    output: folder.at(output),
    ...more
  })
const faultsOf = async (...args: Parameters<typeof take>): Promise<ReadonlyArray<string>> => {
  try {
    await take(...args)
  } catch (error) {
    if (error instanceof SnapshotFailure) return error.faults.map(({ message }) => message)
    throw error
  }
  return []
}
const ALL = "SELECT province, year, value, note, mixed FROM gdp ORDER BY province, year"

describe("a snapshot of SQLite", () => {
  it("is a CSV file with every digit, nothing and empty texts told apart, and a record beside it", async () => {
    const { record, recordFile, unchanged, warnings } = await take(ALL)
    expect(readFileSync(folder.at("out.csv"), "utf8")).toBe(
      'province,year,value,note,mixed\n北京,2003,1,"",x\n北京,2004,,,2.5\n河北,2003,0.1," ",\\x00ff\n河北,2004,2.5,"a, ""b""",1\n'
    )
    expect([unchanged, warnings, record.rows, record.query]).toEqual([false, [], 4, { file: "gdp.sql", text: ALL }])
    expect(record.columns.map(({ kind }) => kind)).toEqual(["text", "integer", "number", "text", "text"])
    expect(JSON.parse(readFileSync(recordFile, "utf8"))).toEqual(record)
    expect(record.server).toMatch(/^SQLite 3/)
  })
  it("has the same bytes for the same data, however they lie in the table, and is then left as it was", async () => {
    const first = await take(ALL)
    const again = await take(ALL)
    expect([again.unchanged, again.record]).toEqual([true, first.record])
    run("CREATE TABLE other AS SELECT * FROM gdp ORDER BY value DESC; DELETE FROM gdp; INSERT INTO gdp SELECT * FROM other")
    expect((await take(ALL)).unchanged).toBe(true)
    run("UPDATE gdp SET value = 3 WHERE value = 2.5")
    const edited = await take(ALL)
    expect([edited.unchanged, edited.record.sha256 === first.record.sha256]).toEqual([false, false])
  })
  it("is ordered by a key that tells rows apart, which is checked", async () => {
    const { record } = await take("SELECT province, year, value FROM gdp -- no order", { key: ["year", "province"] })
    expect(readFileSync(folder.at("out.csv"), "utf8").split("\n").slice(1, 3)).toEqual(
      ["2003", "2003"].map((year, i) => [["北京", "河北"][i], year, ["1", "0.1"][i]].join(","))
    )
    expect(record.key).toEqual(["year", "province"])
    expect(await faultsOf("SELECT * FROM gdp", { key: ["year"] })).toEqual([
      "gdp.sql: --key year is to tell rows apart, and 2 rows have the key of another: (2003), (2004); take a further column into the key, or correct the query"
    ])
    expect(await faultsOf("SELECT * FROM gdp", { key: ["yaer"] })).toEqual([
      'gdp.sql: --key yaer: the result has no such column; did you mean "year"? its columns are: province, year, value, note, mixed'
    ])
  })
  it("asks for an order, and tells where it leaves rows equal", async () => {
    expect((await faultsOf("SELECT * FROM gdp"))[0]).toMatch(/^gdp.sql: without ORDER BY a database gives rows in any order/)
    expect((await take("SELECT * FROM gdp ORDER BY year")).warnings.map(({ code }) => code)).toEqual(["order-left-open"])
    expect((await take("SELECT * FROM gdp ORDER BY lower(province), year")).warnings.map(({ code }) => code)).toEqual(["order-unchecked"])
    expect((await take("SELECT DISTINCT year FROM gdp ORDER BY 1")).warnings).toEqual([])
  })
  it("is written as Parquet and as Arrow, the same bytes each time", async () => {
    for (const output of ["out.parquet", "out.arrow"]) {
      const { record } = await take(ALL, { output })
      writeFileSync(folder.at(`${output}.snapshot.json`), "{}")
      expect((await take(ALL, { output })).record.sha256).toBe(record.sha256)
    }
    const bytes = readFileSync(folder.at("out.parquet"))
    expect((await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer }))[1]).toEqual({
      province: "北京",
      year: 2004n,
      value: null,
      note: null,
      mixed: "2.5"
    })
    const { columns } = readArrow(new Uint8Array(readFileSync(folder.at("out.arrow"))))
    expect(columns.map(({ kind, name }) => [name, kind])).toEqual([
      ["province", "text"],
      ["year", "integer"],
      ["value", "number"],
      ["note", "text"],
      ["mixed", "text"]
    ])
    expect(Array.from(columns[2]!.values as Float64Array)).toEqual([1, Number.NaN, 0.1, 2.5])
  })
  it("whole numbers beyond 2^53 keep their digits in CSV and Parquet, and are refused for Arrow", async () => {
    const sql = "SELECT 9007199254740993 AS big ORDER BY 1"
    await take(sql)
    expect(readFileSync(folder.at("out.csv"), "utf8")).toBe("big\n9007199254740993\n")
    expect(await faultsOf(sql, { output: "out.arrow" })).toEqual([
      "big: whole numbers beyond 2^53, which an artifact's numbers do not hold: write .csv or .parquet, or cast it to text"
    ])
    expect(existsSync(folder.at("out.arrow"))).toBe(false)
  })
  it("tells what is wrong with a query, with its place and near names, and leaves what stood there", async () => {
    await take(ALL)
    const stood = readFileSync(folder.at("out.csv"), "utf8")
    for (const [sql, told] of [
      ["\nSELECT *\nFROM gpd ORDER BY 1", 'gdp.sql, line 3, column 6: there is no table gpd; did you mean "gdp"?'],
      ["SELECT * FROM zzzzzz ORDER BY 1", "gdp.sql, line 1, column 15: there is no table zzzzzz; the tables are: gdp, rich"],
      ["SELECT provinc FROM gdp ORDER BY 1", 'gdp.sql, line 1, column 8: there is no column provinc; did you mean "province"?'],
      ["SELECT FROM gdp ORDER BY 1", 'gdp.sql, line 1, column 8: SQLite does not understand the query near "FROM"'],
      ["DELETE FROM gdp", 'gdp.sql, line 1, column 1: it begins with "delete": a snapshot is of a query, SELECT or WITH … SELECT'],
      ["SELECT 1 AS a; SELECT 2 AS b", "gdp.sql: there are 2 statements in it: a snapshot is of one query"],
      ["  -- only a comment", "gdp.sql: there is no query in it"],
      ["SELECT * FROM gdp WHERE year > 3000 ORDER BY 1", "gdp.sql: the query gives no row: a study would have nothing to read"],
      ["SELECT year, year FROM gdp ORDER BY 1", "gdp.sql: two columns of the result are called year: give one another name with AS"]
    ] as const)
      expect(await faultsOf(sql)).toEqual([told])
    expect((await faultsOf("WITH x AS (SELECT 1) INSERT INTO gdp (year) SELECT 1 ORDER BY 1"))[0]).toMatch(/readonly|no table|read/i)
    expect(readFileSync(folder.at("out.csv"), "utf8")).toBe(stood)
    expect((await faultsOf(ALL, { output: "out.txt" }))[0]).toMatch(/ends in .csv, .parquet, .arrow$/)
  })
})

it("a damaged database is told as such", async () => {
  run(`CREATE TABLE long AS WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 500) SELECT i, printf('%01000d', i) AS text FROM n`)
  const bytes = readFileSync(folder.at("data.sqlite"))
  writeFileSync(folder.at("data.sqlite"), bytes.fill(255, 100_000, 120_000))
  expect((await faultsOf("SELECT * FROM long ORDER BY i"))[0]).toMatch(/^sqlite:.*data\.sqlite: the file is damaged \(/)
})

describe("the address of a database", () => {
  const read = (text: string, environment: NodeJS.ProcessEnv = {}) => {
    try {
      return readAddress(text, environment)
    } catch (error) {
      return (error as Error).message
    }
  }
  it("is shown without user and password", () => {
    expect(read("postgres://me:s3cr%40t@db.example.org:6543/stats?sslmode=require")).toMatchObject({
      kind: "postgres",
      shown: "postgresql://db.example.org:6543/stats",
      user: "me",
      database: "stats"
    })
    expect(read("env:DB", { DB: "postgresql:///stats", PGUSER: "you", PGHOST: "/run/postgresql" })).toMatchObject({
      shown: "postgresql://:5432/stats",
      user: "you"
    })
    expect(read("env:DB")).toBe("the environment has no DB, which --sql env:DB asks for")
    for (const text of ["postgres://me:a#b/c@host/db", "mysql://me:s3cret@host/db", "s3cret"]) expect(read(text)).not.toMatch(/s3cret|a#b/)
  })
  it("may be a file", () => {
    for (const text of [`sqlite:${folder.at("data.sqlite")}`, `sqlite://${folder.at("data.sqlite")}`, folder.at("data.sqlite")])
      expect(read(text)).toMatchObject({ kind: "sqlite", path: folder.at("data.sqlite") })
    expect(read("sqlite:gone.db")).toMatch(/^there is no file gone.db/)
    folder.write("no.db", "this is no database, whatever its name says, and long enough for a header")
    return expect(
      takeSnapshot({ address: readAddress(folder.at("no.db")), query: { file: "q.sql", text: ALL }, key: [], output: folder.at("x.csv") })
    ).rejects.toThrow(/cannot be read as an SQLite database/)
  })
})
