import { describe, expect, it } from "vitest"
import { readValue, summarize } from "../../src/artifact/hash.ts"
import { MissingColumn, type Read, track } from "../../src/artifact/tracked.ts"
import { columnOf, tableOf } from "./tables.ts"

const stored = tableOf([
  columnOf("entity", "category", ["Hebei", "Shanxi"]),
  columnOf("gdp", "number", Float64Array.of(1, 2), { unit: "yuan" }),
  columnOf("gdp__filled", "flag", Uint8Array.of(0, 1)),
  columnOf("gov", "number", Float64Array.of(3, 4))
])
const reading = (use: (table: ReturnType<typeof track>) => unknown): ReadonlyArray<Read> => {
  const reads: Array<Read> = []
  use(track(stored, (read) => reads.push(read)))
  return reads
}

describe("track", () => {
  it("records what is asked for and nothing else", () => {
    expect(reading((table) => table.column("gdp").values)).toEqual(["column gdp"])
    expect(reading((table) => table.column("gdp").unit)).toEqual(["column gdp", "metadata gdp"])
    expect(reading((table) => table.column("gdp").description)).toEqual(["column gdp", "metadata gdp"])
    expect(reading((table) => table.column("gdp").filled)).toEqual(["column gdp", "column gdp__filled"])
    expect(reading((table) => table.column("gov").filled)).toEqual(["column gov", "has gov__filled"])
    expect(reading((table) => table.has("population"))).toEqual(["has population"])
    expect(reading((table) => table.names)).toEqual(["names"])
    expect(reading((table) => table.rows)).toEqual(["rows"])
    expect(reading(() => undefined)).toEqual([])
  })

  it("masks are not among the names", () => {
    expect(track(stored, () => {}).names).toEqual(["entity", "gdp", "gov"])
  })

  it("a column that is not there is a fault that names those that are, and its absence is a read", () => {
    const reads = reading((table) => expect(() => table.column("population")).toThrow(MissingColumn))
    expect(reads).toEqual(["has population", "names"])
    expect(() => track(stored, () => {}).column("population")).toThrow(/"population"; the columns are: entity, gdp, gov/)
  })

  it("every read that can be recorded has a value in the table's summary", () => {
    const summary = summarize(stored)
    const reads = reading((table) => {
      table.column("gdp").filled
      table.column("gov").filled
      table.column("gov").unit
      table.has("population")
      table.names
      table.rows
    })
    expect(reads.map((read) => readValue(summary, read).slice(0, 7))).toEqual([
      ...["gdp", "gdp__filled", "gov"].map((name) => summary.columns.find((column) => column.name === name)!.data.slice(0, 7)),
      "absent",
      summary.columns[3]!.data.slice(0, 7),
      summary.columns[3]!.metadata.slice(0, 7),
      "absent",
      readValue(summary, "names").slice(0, 7),
      "2"
    ])
  })
})
