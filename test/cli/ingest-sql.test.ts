import { spawnSync } from "node:child_process"
import { readdirSync } from "node:fs"
import { DatabaseSync } from "node:sqlite"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { cli, StudyFolder } from "./study-folder.ts"

let study: StudyFolder
beforeAll(() => {
  study = new StudyFolder({
    "gdp.sql": "SELECT province, year, gdp FROM gdp ORDER BY province, year\n",
    "big.sql":
      "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT i, i * 0.5 AS half, printf('%0200d', i) AS text FROM n ORDER BY i"
  })
  const db = new DatabaseSync(study.at("stats.db"))
  db.exec("CREATE TABLE gdp (province TEXT, year INTEGER, gdp REAL); INSERT INTO gdp VALUES ('Beijing', 2003, 5007.2), ('Hebei', 2003, 6921.3)")
  db.close()
})
afterAll(() => study.remove())

describe("sediment ingest --sql", () => {
  it("writes the result, a record beside it, and what to write in dag.ts", () => {
    const { code, err, out } = study.sediment("ingest", "--sql", "stats.db", "--query", "gdp.sql", "-o", "data/gdp.csv")
    expect([code, out]).toEqual([0, ""])
    expect(study.read("data/gdp.csv")).toBe("province,year,gdp\nBeijing,2003,5007.2\nHebei,2003,6921.3\n")
    expect(err).toMatch(
      /^data\/gdp\.csv: 2 rows, 3 columns, from sqlite:stats\.db \(SQLite 3.*\); sha256 [0-9a-f]{16}…\ndata\/gdp\.csv\.snapshot\.json has the query/
    )
    expect(err).toContain('in dag.ts: dag.source("data/gdp.csv")')
    expect(study.json("ingest", "--sql", "sqlite:stats.db", "--query", "gdp.sql", "-o", "data/gdp.csv")).toMatchObject({
      ok: true,
      unchanged: true,
      rows: 2,
      record: "data/gdp.csv.snapshot.json"
    })
  })
  it("tells what was typed wrongly", () => {
    for (const [args, told] of [
      [["--sql", "stats.db", "-o", "x.csv"], "--sql needs --query FILE.sql"],
      [["--sql", "stats.db", "--query", "gdp.sql"], "--sql needs -o FILE"],
      [["--sql", "stats.db", "--query", "gone.sql", "-o", "x.csv"], "there is no file gone.sql"],
      [["--sql", "oracle://me:s3cret@host/x", "--query", "gdp.sql", "-o", "x.csv"], "there is no driver for oracle"],
      [["--query", "gdp.sql"], "--query and --key go with --sql URL"],
      [
        ["--sql", "postgresql://me:s3cret@127.0.0.1:1/x", "--query", "gdp.sql", "-o", "x.csv"],
        "postgresql://127.0.0.1:1/x: no server answers at 127.0.0.1:1 (ECONNREFUSED)"
      ],
      [[], "name a file to look into"]
    ] as const) {
      const { code, err } = study.sediment("ingest", ...args)
      expect(code).toBe(2)
      expect(err).toContain(told)
      expect(err).not.toMatch(/s3cret|\n\s+at /)
    }
  })
  it("leaves nothing behind when it is interrupted, and what stood there before", async () => {
    study.write("big.csv", "before\n")
    const running = study.start("ingest", "--sql", "stats.db", "--query", "big.sql", "-o", "big.csv")
    const ended = new Promise((done) => running.on("close", done))
    const parts = () => readdirSync(study.path).filter((name) => name.endsWith(".tmp"))
    while (parts().length === 0 && running.exitCode === null) await new Promise((done) => setTimeout(done, 5))
    running.kill("SIGINT")
    expect(await ended).toBe(130)
    expect(parts()).toEqual([])
    expect(study.read("big.csv")).toBe("before\n")
  })
  it("takes more than its memory", () => {
    const done = spawnSync(process.execPath, ["--max-old-space-size=64", cli, "ingest", "--sql", "stats.db", "--query", "big.sql", "-o", "big.csv", "--json"], {
      cwd: study.path,
      encoding: "utf8",
      env: study.environment
    })
    // The file has 87 MB.
    expect(JSON.parse(done.stdout)).toMatchObject({ ok: true, rows: 400_000 })
  })
})
