import { readdirSync, readFileSync } from "node:fs"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { integer, nullable, number, text } from "../../../src/artifact/column.ts"
import { toStoredTable } from "../../../src/artifact/output.ts"
import { readArrow } from "../../../src/artifact/read.ts"
import { openTable } from "../../../src/artifact/table-type.ts"
import { track } from "../../../src/artifact/tracked.ts"
import type { HandOver } from "../../../src/dag/command.ts"
import type { StageFailure } from "../../../src/dag/stage.ts"
import { handOver, type OpenedFile } from "../../../src/engine/command/hand-over.ts"
import { readParquet } from "../../../src/tabular/parquet/read-parquet.ts"
import { readStata } from "../../../src/tabular/stata/read-stata.ts"
import { TemporaryFolder } from "../../temporary-folder.ts"

const Panel = openTable("Panel", { entity: text(), year: integer("year") }, nullable(number()))
const stored = toStoredTable(
  Panel,
  {
    entity: ['say "hi"', "b,c"],
    year: Int32Array.of(2003, 2004),
    rest: new Map([
      ["gdp", { values: Float64Array.of(0.1 + 0.2, Number.NaN), unit: "yuan", filled: Uint8Array.of(1, 0), source: ["gdp.csv!B2", null] }],
      ["not Stata's", { values: Float64Array.of(1, 2) }]
    ])
  },
  []
)

let folder: TemporaryFolder
beforeEach(() => {
  folder = new TemporaryFolder({})
})
afterEach(() => folder.remove())

const hand = async (format: HandOver, columns?: ReadonlyArray<string>) => {
  const reads = new Set<string>()
  const places = await handOver(folder.path, { panel: track(stored, (read) => reads.add(read)) }, format, { panel: columns })
  return { places: Object.fromEntries(places), reads: [...reads].sort() }
}
const file = (name: string) => readFileSync(folder.at(name))
const faultOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => expect.fail("it was handed over"),
    (error: StageFailure) => error.message
  )

describe("an input of a command", () => {
  it("is handed over as CSV with all digits, masks and origins, and its types beside it; what is not handed over is not read", async () => {
    const { places, reads } = await hand("csv", ["entity", "gdp"])
    expect(places).toEqual({ panel: "panel.csv" })
    expect(file("panel.csv").toString()).toBe('entity,gdp,gdp__filled,gdp__source\n"say ""hi""",0.30000000000000004,true,gdp.csv!B2\n"b,c",,false,\n')
    expect(file("panel.columns.csv").toString()).toBe(
      'name,kind,unit,description\nentity,text,,\ngdp,number,yuan,\ngdp__filled,flag,,1 where gdp was filled in\ngdp__source,text,,"where gdp was read, or how it was made"\n'
    )
    expect(reads).toEqual([
      "column entity",
      "column gdp",
      "column gdp__filled",
      "column gdp__source",
      "has entity__filled",
      "has entity__source",
      "metadata entity",
      "metadata gdp"
    ])
  })

  it("is read whole where nothing is said of its columns", async () => {
    const { reads } = await hand("csv")
    expect(reads).toContain("names")
    expect(reads).toContain("column not Stata's")
  })

  it("is an artifact as Arrow, and what other programs read as Parquet and Stata", async () => {
    await hand("arrow", ["year", "gdp"])
    const columns = readArrow(file("panel.arrow")).columns.map(({ name, unit, values }) => [name, unit, ...Array.from(values as ArrayLike<unknown>)])
    expect(columns).toEqual([
      ["year", "year", 2003, 2004],
      ["gdp", "yuan", 0.1 + 0.2, Number.NaN],
      ["gdp__filled", "", 1, 0],
      ["gdp__source", "", "gdp.csv!B2", ""]
    ])
    folder.remove()
    folder = new TemporaryFolder({})
    await hand("parquet", ["entity", "gdp"])
    const { sheets } = await readParquet({ path: "panel.parquet", bytes: file("panel.parquet") })
    expect([...sheets[0]!.rows].map(({ cells }) => cells.slice(0, 3))).toEqual([
      ["entity", "gdp", "gdp__filled"],
      ['say "hi"', 0.1 + 0.2, true],
      ["b,c", null, false]
    ])
  })

  it("is a Stata dataset, unless a name or a number is none of Stata's", async () => {
    await hand("dta", ["year", "gdp"])
    const { sheets } = await readStata({ path: "panel.dta", bytes: file("panel.dta") })
    expect([...sheets[0]!.rows].map(({ cells }) => cells.slice(0, 2))).toEqual([
      ["year", "gdp"],
      [2003, 0.1 + 0.2],
      [2004, null]
    ])
    folder.remove()
    folder = new TemporaryFolder({})
    expect(await faultOf(hand("dta"))).toContain(
      `the input panel cannot be handed over as a Stata dataset: the name not Stata's is not one of Stata's. Hand it over as "csv", or other columns of it`
    )
  })

  it("of which a column is asked that it does not have is told with those that it has", async () => {
    expect(await faultOf(hand("csv", ["gdp", "gnp"]))).toBe('there is no column "gnp"; the columns are: entity, year, gdp, not Stata\'s')
  })

  it("that is a list is a folder, in order; so are files, by their names", async () => {
    const tables = Array.from({ length: 11 }, () => track(stored, () => {}))
    const source = (path: string) => ({ path, bytes: Buffer.from(path), chunks: () => [Buffer.from(path)], ending: ".csv" })
    const script: OpenedFile = { ...source("scripts/a.R"), ending: ".R" }
    const places = await handOver(folder.path, { tables, script, files: [source("x/2003.csv"), source("x/2004.csv")] }, "csv", {
      tables: ["year"]
    })
    expect(Object.fromEntries(places)).toEqual({ tables: "tables", script: "script.R", files: "files" })
    expect(readdirSync(folder.at("tables"))).toEqual(
      Array.from({ length: 11 }, (_, i) => String(i + 1).padStart(2, "0")).flatMap((number_) => [`${number_}.columns.csv`, `${number_}.csv`])
    )
    expect(readdirSync(folder.at("files"))).toEqual(["2003.csv", "2004.csv"])
    expect(await faultOf(handOver(folder.path, { others: [source("x/2003.csv"), source("y/2003.csv")] }, "csv", {}))).toContain(
      "two files of the input others are called 2003.csv"
    )
  })
})
