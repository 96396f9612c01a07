import type { Tracked } from "@sediment/sediment"
import type { Tests } from "../table-types.ts"

/** One test of a table of tests; NaN is missing. */
export interface TestResult {
  readonly test: string
  readonly variant: string
  readonly statistic: number
  readonly df: number
  readonly df2: number
  readonly p_value: number
  readonly critical: number
  readonly note: string
}

export const readTests = (table: Tracked<typeof Tests>): ReadonlyArray<TestResult> => {
  const variant = table.column("variant").values
  const statistic = table.column("statistic").values
  const df = table.column("df").values
  const df2 = table.column("df2").values
  const p = table.column("p_value").values
  const critical = table.column("critical").values
  const note = table.column("note").values
  return table.column("test").values.map((test, i) => ({
    test,
    variant: variant[i]!,
    statistic: statistic[i]!,
    df: df[i]!,
    df2: df2[i]!,
    p_value: p[i]!,
    critical: critical[i]!,
    note: note[i]!
  }))
}
