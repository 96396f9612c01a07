import { readFileSync } from "node:fs"
import { assert } from "@effect/vitest"
import type { StoredTable } from "../../src/artifact/column.ts"
import { Panel } from "../../stages/table-types.ts"
import { column, tableOf } from "./run-stage.ts"

interface WeightRow {
  readonly indicator: string
  readonly scope: string
  readonly entropy: number
  readonly redundancy: number
  readonly weight: number
  readonly individual_weight: number
}
type Series = Readonly<Record<string, ReadonlyArray<number>>>

/** What test/oracle/panel-index.R computed. */
export const oracle: {
  readonly panel: Series & { readonly entity: ReadonlyArray<string> }
  readonly normalized: Series
  readonly by_year_normalized: Series
  readonly pooled: ReadonlyArray<WeightRow>
  readonly shifted: ReadonlyArray<WeightRow>
  readonly by_year: ReadonlyArray<WeightRow>
  readonly by_entity: ReadonlyArray<WeightRow>
  readonly index: Series
  readonly coagglo: Series
  readonly eg: ReadonlyArray<number>
  readonly interpolation: { readonly year: ReadonlyArray<number>; readonly [name: string]: ReadonlyArray<number | null> }
} = JSON.parse(readFileSync("test/oracle/panel-index.json", "utf8"))

/** The oracle's panel: five entities, six years. */
export const oraclePanel: StoredTable = tableOf(Panel, {
  entity: oracle.panel.entity,
  year: Int32Array.from(oracle.panel["year"]!),
  rest: new Map(
    Object.entries(oracle.panel)
      .filter(([name]) => name !== "entity" && name !== "year")
      .map(([name, values]) => [name, { values: Float64Array.from(values as ReadonlyArray<number>) }])
  )
})

/** The oracle's indicators. */
export const indicators = [
  { name: "share", label: "New products", dimension: "tech", attribute: "positive" },
  { name: "wage", label: "ln wage", dimension: "tech", attribute: "positive", transform: "ln" },
  { name: "debt", label: "Debt", dimension: "green", attribute: "negative" },
  { name: "waste", label: "Waste", dimension: "green", attribute: "positive" }
] as const

/** Agreement to 1e-12, relative where values are above 1. */
export const assertAgrees = (table: StoredTable | undefined, name: string, expected: ReadonlyArray<number>): void => {
  const found = column(table, name)
  assert.strictEqual(found.length, expected.length)
  expected.forEach((value, i) => {
    assert.closeTo(found[i] as number, value, 1e-12 * Math.max(1, Math.abs(value)), `${name}, row ${i}`)
  })
}
