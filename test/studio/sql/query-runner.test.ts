import { describe, expect, it } from "vitest"
import type { SqlResult } from "../../../src/studio/messages/sql.ts"
import { fault, panelObject, query, reads, rows, runnerWith, tables, YEARS } from "./queried-tables.ts"

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
    reads.count = 0
    await rows("SELECT a FROM ranks", own)
    await rows("SELECT a + 1 FROM ranks", own)
    expect(reads.count).toBe(1)
    await own.run(-1, { ...query("FROM ranks"), tables: tables.map((each) => (each.name === "ranks" ? { ...each, artifact: panelObject } : each)) }, undefined)
    expect(reads.count).toBe(2)
    const other = (await own.run(-1, query("FROM ranks", "a run"), undefined)) as SqlResult
    expect([reads.count, other.rows]).toEqual([3, [[1]]])
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
