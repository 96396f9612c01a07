import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { category, flag, integer, nullable, number, text } from "../../src/artifact/column.ts"
import { BadOutput, toStoredTable } from "../../src/artifact/output.ts"
import { readArrow } from "../../src/artifact/read.ts"
import { openTable, table } from "../../src/artifact/table-type.ts"
import { writeArrow } from "../../src/artifact/write.ts"
import { decoded } from "./tables.ts"

const Panel = openTable("Panel", { entity: category("", "the unit of observation"), year: integer("year") }, nullable(number()))
const All = table("All", { n: nullable(number()), i: nullable(integer()), t: nullable(text()), c: nullable(category()), f: nullable(flag()) })

const faultsOf = (make: () => unknown) => {
  try {
    make()
  } catch (error) {
    if (error instanceof BadOutput) return error.faults.map((fault) => [fault.column, fault.row, fault.found])
    throw error
  }
  return []
}

describe("toStoredTable", () => {
  it("puts declared columns first, the further ones by UTF-8 bytes, a mask behind its column", () => {
    const gdp = { values: Float64Array.of(1, 2), filled: Uint8Array.of(0, 1), unit: "yuan" }
    const stored = toStoredTable(
      Panel,
      {
        year: Int32Array.of(2003, 2004),
        entity: ["Hebei", "Hebei"],
        rest: new Map<string, unknown>([
          ["😀", Float64Array.of(1, 2)],
          ["\uffee", Float64Array.of(1, 2)],
          ["gdp", gdp]
        ])
      },
      ["b", "a", "b"]
    )
    expect(stored.columns.map(({ name }) => name)).toEqual(["entity", "year", "gdp", "gdp__filled", "\uffee", "😀"])
    expect(stored.columns.map(({ unit }) => unit)).toEqual(["", "year", "yuan", "", "", ""])
    expect(stored.notes).toEqual(["a", "b"])
  })

  it("what it gives is what the store gives back, -0 and what lies under missing values included", () => {
    const cells = fc.record({
      n: fc.double(),
      i: fc.integer(),
      t: fc.option(fc.string({ unit: "binary" })),
      c: fc.option(fc.constantFrom("a", "b")),
      f: fc.constantFrom(0, 1),
      valid: fc.constantFrom(0, 1)
    })
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 12 }), (rows) => {
        const valid = Uint8Array.from(rows, (row) => row.valid)
        const stored = toStoredTable(
          All,
          {
            n: { values: Float64Array.from(rows, ({ n }) => n), valid },
            i: { values: Int32Array.from(rows, ({ i }) => i), valid },
            t: { values: rows.map(({ t }) => t), valid },
            c: { values: rows.map(({ c }) => c) },
            f: { values: Uint8Array.from(rows, ({ f }) => f), valid }
          },
          []
        )
        expect(decoded(readArrow(writeArrow(stored)))).toEqual(stored)
      })
    )
  })

  it("tells everything that is wrong together, with column and row", () => {
    const out = {
      entity: ["Hebei", null],
      rest: new Map<string, unknown>([
        ["year", Float64Array.of(1, 2)],
        ["short", Float64Array.of(1)],
        ["gdp__filled", Float64Array.of(1, 2)],
        ["gdp", { values: Float64Array.of(1, 2), filled: Uint8Array.of(1) }],
        ["gov", { values: Float64Array.of(1, 2), valid: Uint8Array.of(1, 3) }],
        ["list", [1, 2]]
      ])
    }
    expect(faultsOf(() => toStoredTable(Panel, out, []))).toEqual([
      ["entity", 1, "a missing value"],
      ["year", undefined, "no column"],
      ["gdp", undefined, "`filled` of 1 rows"],
      ["gdp__filled", undefined, "the name of a companion"],
      ["gov", 1, "3 in `valid`"],
      ["list", undefined, "[object Array]"],
      ["short", undefined, "1 rows"],
      ["year", undefined, "a declared column among the further ones"]
    ])
  })

  it("a flag that is neither 0 nor 1, and a text that is no text, are faults", () => {
    const good = { n: Float64Array.of(1), i: Int32Array.of(1), t: ["a"], c: ["a"], f: Uint8Array.of(1) }
    expect(faultsOf(() => toStoredTable(All, good, []))).toEqual([])
    expect(faultsOf(() => toStoredTable(All, { ...good, f: Uint8Array.of(2), t: [7] }, []))).toEqual([
      ["t", 0, "7"],
      ["f", 0, "2"]
    ])
  })
})
