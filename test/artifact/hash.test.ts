import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { StoredColumn, StoredTable } from "../../src/artifact/column.ts"
import { readValue, summarize } from "../../src/artifact/hash.ts"
import { readArrow } from "../../src/artifact/read.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { anyTable, columnOf, tableOf } from "./tables.ts"

const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url))

const panel = tableOf(
  [
    columnOf("entity", "category", ["河北", "Shanxi", "河北", "Shanxi"], { description: "the unit of observation" }),
    columnOf("year", "integer", Int32Array.of(2003, 2003, 2004, 2004), { unit: "year" }),
    columnOf("gdp", "number", Float64Array.of(6921.29, -0, Number.NaN, 1e-300), {
      valid: [1, 1, 0, 1],
      unit: "10^8 yuan",
      description: "gross regional product"
    }),
    columnOf("gdp__filled", "flag", Uint8Array.of(0, 1, 0, 0)),
    columnOf("remark", "text", ["", "new borders", "", "é"], { valid: [0, 1, 1, 1] })
  ],
  ["synthetic replica"]
)
const tables: Readonly<Record<string, StoredTable>> = {
  panel,
  empty: tableOf([]),
  "no-rows": tableOf([columnOf("entity", "category", []), columnOf("x", "number", new Float64Array(0))])
}

describe("golden files", () => {
  // A change here changes every artifact's name: raise the framework's constant, and write them anew with SEDIMENT_GOLDEN=write.
  for (const [name, table] of Object.entries(tables))
    it(`the bytes and hashes of "${name}" are those of the committed files`, () => {
      if (process.env["SEDIMENT_GOLDEN"] === "write") {
        writeFileSync(golden(`${name}.arrow`), writeArrow(table))
        writeFileSync(golden(`${name}.json`), `${JSON.stringify(summarize(table), null, 2)}\n`)
      }
      expect(Buffer.compare(writeArrow(table), readFileSync(golden(`${name}.arrow`)))).toBe(0)
      expect(summarize(table)).toEqual(JSON.parse(readFileSync(golden(`${name}.json`), "utf8")))
    })
})

const change = (table: StoredTable, name: string, to: Partial<StoredColumn>): StoredTable => ({
  ...table,
  columns: table.columns.map((column) => (column.name === name ? { ...column, ...to } : column))
})
const values = (table: StoredTable) => {
  const summary = summarize(table)
  return {
    gdp: readValue(summary, "column gdp"),
    gdpMetadata: readValue(summary, "metadata gdp"),
    year: readValue(summary, "column year"),
    names: readValue(summary, "names"),
    rows: readValue(summary, "rows"),
    notes: readValue(summary, "notes")
  }
}

describe("summarize and readValue", () => {
  it("a table that was written and read has the same summary", () => {
    fc.assert(
      fc.property(anyTable, (table) => {
        expect(summarize(readArrow(writeArrow(table)))).toEqual(summarize(table))
      })
    )
  })

  it("one changed value changes the hash of its column only", () => {
    const gdp = Float64Array.from(panel.columns[2]!.values as Float64Array)
    gdp[0] = 6921.3
    const now = values(change(panel, "gdp", { values: gdp }))
    expect(now).toEqual({ ...values(panel), gdp: now.gdp })
    expect(now.gdp).not.toBe(values(panel).gdp)
  })

  it("a changed unit or description changes the metadata hash of its column only", () => {
    for (const to of [{ unit: "yuan" }, { description: "GDP" }]) {
      const now = values(change(panel, "gdp", to))
      expect(now).toEqual({ ...values(panel), gdpMetadata: now.gdpMetadata })
      expect(now.gdpMetadata).not.toBe(values(panel).gdpMetadata)
    }
  })

  it("unit and description are not confounded", () => {
    const metadata = (unit: string, description: string) =>
      readValue(summarize(tableOf([columnOf("x", "number", Float64Array.of(1), { unit, description })])), "metadata x")
    expect(metadata("a", "b")).not.toBe(metadata("b", "a"))
    expect(metadata("a\nb", "")).not.toBe(metadata("a", "b"))
  })

  it("a value that goes missing is not the value that lies under it", () => {
    const hash = (values: Float64Array, valid?: ReadonlyArray<0 | 1>) =>
      readValue(summarize(tableOf([columnOf("x", "number", values, valid === undefined ? {} : { valid })])), "column x")
    expect(hash(Float64Array.of(0), [0])).not.toBe(hash(Float64Array.of(0)))
    expect(hash(Float64Array.of(0), [1])).toBe(hash(Float64Array.of(-0)))
  })

  it("kinds with equal content have different hashes", () => {
    const hash = (column: StoredColumn) => readValue(summarize(tableOf([column])), "column x")
    expect(hash(columnOf("x", "text", ["a"]))).not.toBe(hash(columnOf("x", "category", ["a"])))
    expect(hash(columnOf("x", "text", []))).not.toBe(hash(columnOf("x", "number", new Float64Array(0))))
  })

  it("the names take in order and kinds but no masks", () => {
    const without = { ...panel, columns: panel.columns.filter(({ name }) => name !== "gdp__filled") }
    expect(values(without).names).toBe(values(panel).names)
    expect(values({ ...panel, columns: [...panel.columns].reverse() }).names).not.toBe(values(panel).names)
    expect(values(change(panel, "remark", { kind: "category" })).names).not.toBe(values(panel).names)
  })

  it("notes are a read of their own", () => {
    const now = values({ ...panel, notes: [] })
    expect(now).toEqual({ ...values(panel), notes: now.notes })
    expect(now.notes).not.toBe(values(panel).notes)
  })

  it("what is gone reads as absent", () => {
    const summary = summarize(panel)
    expect(readValue(summary, "column population")).toBe("absent")
    expect(readValue(summary, "metadata population")).toBe("absent")
    expect(readValue(summary, "has population")).toBe("absent")
    expect(readValue(summary, "has gdp")).toBe("present")
    expect(readValue(summary, "rows")).toBe("4")
  })

  it("a column's name may hold spaces", () => {
    const table = tableOf([columnOf("gross regional product", "number", Float64Array.of(1))])
    expect(readValue(summarize(table), "column gross regional product")).toBe(summarize(table).columns[0]!.data)
  })
})
