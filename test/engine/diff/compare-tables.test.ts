import { describe, expect, it } from "vitest"
import type { StoredTable } from "../../../src/artifact/column.ts"
import { summarize } from "../../../src/artifact/hash.ts"
import { compareColumns, compareRows } from "../../../src/engine/diff/compare-tables.ts"
import { matchRows } from "../../../src/engine/diff/match-rows.ts"
import { columnOf, tableOf } from "../../artifact/tables.ts"

const compared = (before: StoredTable, after: StoredTable) => {
  const columns = compareColumns(summarize(before), summarize(after))
  return { columns, ...compareRows(before, after, matchRows(before, after), columns.changed) }
}
const places = columnOf("entity", "category", ["Hebei", "Shanxi", "Tibet"])

describe("what differs in a table", () => {
  it("are columns that came, went, changed, or are described otherwise", () => {
    const before = tableOf([
      places,
      columnOf("gov", "number", Float64Array.of(1, 2, 3)),
      columnOf("old", "number", Float64Array.of(1, 1, 1)),
      columnOf("fdi", "number", Float64Array.of(1, 2, 3), { unit: "yuan" })
    ])
    const after = tableOf([
      places,
      columnOf("gov", "number", Float64Array.of(1, 2, 4)),
      columnOf("fdi", "number", Float64Array.of(1, 2, 3), { unit: "USD" }),
      columnOf("new", "number", Float64Array.of(1, 1, 1))
    ])
    expect(compared(before, after)).toEqual({
      columns: { added: ["new"], removed: ["old"], changed: ["gov"], described: ["fdi"] },
      rows: { before: 3, after: 3, key: ["entity"], added: [], removed: [], changed: 1 },
      cells: [{ column: "gov", cells: 1, largest: { row: { entity: "Tibet" }, before: 3, after: 4 } }]
    })
  })

  it("is told with the largest change of a number, and with missing cells as changes that have no size", () => {
    const before = tableOf([places, columnOf("gov", "number", Float64Array.of(1, Number.NaN, 3), { valid: [1, 0, 1] })])
    const after = tableOf([places, columnOf("gov", "number", Float64Array.of(0.5, 100, 1))])
    expect(compared(before, after).cells).toEqual([{ column: "gov", cells: 3, largest: { row: { entity: "Tibet" }, before: 3, after: 1 } }])
    const gone = tableOf([places, columnOf("gov", "number", Float64Array.of(1, Number.NaN, Number.NaN), { valid: [1, 0, 0] })])
    expect(compared(before, gone).cells).toEqual([{ column: "gov", cells: 1, largest: { row: { entity: "Tibet" }, before: 3, after: null } }])
  })

  it("is of cells only in rows that both have: a row more changes every column's hash and no cell", () => {
    const before = tableOf([places, columnOf("gov", "number", Float64Array.of(1, 2, 3))])
    const after = tableOf([columnOf("entity", "category", ["Anhui", "Hebei", "Tibet"]), columnOf("gov", "number", Float64Array.of(9, 1, 3))])
    expect(compared(before, after)).toEqual({
      columns: { added: [], removed: [], changed: ["entity", "gov"], described: [] },
      rows: { before: 3, after: 3, key: ["entity"], added: [{ entity: "Anhui" }], removed: [{ entity: "Shanxi" }], changed: 0 },
      cells: []
    })
  })

  it("may be text, a flag, or a column of another kind", () => {
    const before = tableOf([
      places,
      columnOf("n", "integer", Int32Array.of(1, 2, 3)),
      columnOf("x", "number", Float64Array.of(1, 2, 3)),
      columnOf("note", "text", ["a", "b", "c"]),
      columnOf("ok", "flag", Uint8Array.of(0, 0, 1))
    ])
    const after = tableOf([
      places,
      columnOf("n", "number", Float64Array.of(1, 2, 3.5)),
      columnOf("x", "number", Float64Array.of(1, 2, 3)),
      columnOf("note", "text", ["a", "B", "C"]),
      columnOf("ok", "flag", Uint8Array.of(0, 1, 1))
    ])
    expect(compared(before, after).cells).toEqual([
      { column: "n", cells: 1, largest: { row: { entity: "Tibet" }, before: 3, after: 3.5 } },
      { column: "note", cells: 2, largest: { row: { entity: "Shanxi" }, before: "b", after: "B" } },
      { column: "ok", cells: 1, largest: { row: { entity: "Shanxi" }, before: false, after: true } }
    ])
  })
})
