import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { toStoredTable } from "../../../src/artifact/output.ts"
import { showTable } from "../../../src/render/artifact/show-table.ts"
import { width } from "../../../src/render/monospace.ts"
import { Panel } from "../../../stages/table-types.ts"
import { baseline } from "../tables.ts"

const rows = Array.from({ length: 12 }, (_, i) => i)
const panel = toStoredTable(
  Panel,
  {
    entity: rows.map((i) => (i < 6 ? "Anhui" : "内蒙古")),
    year: Int32Array.from(rows, (i) => 2003 + (i % 6)),
    rest: new Map([
      ["ami", { values: Float64Array.from(rows, (i) => 30 + i * 1.37), unit: "0 to 100", description: "composite index of advanced manufacturing" }],
      [
        "gov",
        {
          values: Float64Array.from(rows, (i) => (i === 3 ? Number.NaN : 0.1 + i / 50)),
          filled: Uint8Array.from(rows, (i) => (i === 4 ? 1 : 0)),
          unit: "share of GDP",
          description: "general public budget expenditure over gross domestic product, both at current prices, as printed in the yearbook"
        }
      ],
      ["gdp", { values: Float64Array.from(rows, (i) => 1e9 * (i + 1) * 1234.5), unit: "yuan" }]
    ])
  },
  ["synthetic replica"]
)

describe("an artifact in a terminal", () => {
  it.each([100, 60, 24])("shows its schema, what is missing and filled, statistics and first rows in %i columns", async (columns) => {
    await expect(showTable(panel, { width: columns, colour: false, head: 5 })).toMatchFileSnapshot(`expected/panel-${columns}.txt`)
  })

  it("has no line wider than the terminal", () => {
    fc.assert(
      fc.property(fc.integer({ min: 24, max: 140 }), fc.constantFrom(panel, baseline), (columns, table) => {
        for (const line of showTable(table, { width: columns, colour: false, head: 4 }).split("\n")) expect(width(line)).toBeLessThanOrEqual(columns)
      }),
      { numRuns: 40 }
    )
  })

  it("may be empty", () => {
    const none = toStoredTable(Panel, { entity: [], year: new Int32Array(0), rest: new Map() }, [])
    expect(showTable(none, { width: 80, colour: false, head: 5 })).toContain("0 rows, 2 columns")
  })
})
