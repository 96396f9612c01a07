/** The paper's printed numbers (data/published), which the replica is calibrated to. */
import { readFileSync } from "node:fs"
import { parse } from "csv-parse/sync"

interface Printed {
  readonly column: string
  readonly term: string
  readonly kind: string
  readonly value: string
}

const tables = new Map<number, ReadonlyArray<Printed>>()
const rowsOf = (table: number): ReadonlyArray<Printed> => {
  const known = tables.get(table)
  if (known !== undefined) return known
  const path = new URL(`../published/table-${String(table).padStart(2, "0")}.csv`, import.meta.url)
  const rows: ReadonlyArray<Printed> = parse(readFileSync(path), { columns: true })
  tables.set(table, rows)
  return rows
}

/** One printed number; throws where the table has none. */
export const printed = (table: number, column: number, term: string, kind: string): number => {
  const found = rowsOf(table).find((row) => row.column === String(column) && row.term === term && row.kind === kind)
  if (found === undefined || found.value === "") throw new Error(`Table ${table} prints no ${kind} of ${term} in column ${column}`)
  return Number(found.value)
}
export const coefficient = (table: number, column: number, term: string): number => printed(table, column, term, "estimate")

export interface Moments {
  readonly mean: number
  readonly sd: number
  readonly min: number
  readonly max: number
}
/** A variable's row of Table 3. */
export const moments = (variable: string): Moments => ({
  mean: printed(3, 2, variable, "mean"),
  sd: printed(3, 3, variable, "sd"),
  min: printed(3, 4, variable, "min"),
  max: printed(3, 5, variable, "max")
})
/** An indicator's overall weight, Table 2. */
export const indicatorWeight = (indicator: string): number => printed(2, 2, indicator, "weight")
