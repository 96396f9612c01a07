import type { StoredTable } from "../../../src/artifact/column.ts"
import { Effects, Estimates, Glance, Tests } from "../../../stages/table-types.ts"
import { readFile, tableOf } from "../run-stage.ts"

/** Small tables of results for the tests of tables. */
type Triple = readonly [term: string, estimate: number, stdError: number, p: number]

const columnsOf = (rows: ReadonlyArray<Triple>) => ({
  term: rows.map(([term]) => term),
  estimate: Float64Array.from(rows, ([, estimate]) => estimate),
  std_error: Float64Array.from(rows, ([, , stdError]) => stdError),
  statistic: Float64Array.from(rows, ([, estimate, stdError]) => estimate / stdError),
  p_value: Float64Array.from(rows, ([, , , p]) => p),
  conf_low: Float64Array.from(rows, ([, estimate, stdError]) => estimate - 2 * stdError),
  conf_high: Float64Array.from(rows, ([, estimate, stdError]) => estimate + 2 * stdError)
})

export const estimates = (equations: Readonly<Record<string, ReadonlyArray<Triple>>>): StoredTable => {
  const rows = Object.entries(equations).flatMap(([equation, terms]) => terms.map((triple) => ({ equation, triple })))
  return tableOf(Estimates, {
    equation: rows.map(({ equation }) => equation),
    ...columnsOf(rows.map(({ triple }) => triple)),
    df: Float64Array.from(rows, () => 30)
  })
}

export const effects = (rows: ReadonlyArray<{ readonly effect: string; readonly method?: string; readonly triple: Triple }>): StoredTable =>
  tableOf(Effects, {
    ...columnsOf(rows.map(({ triple }) => triple)),
    effect: rows.map(({ effect }) => effect),
    method: rows.map(({ method }) => method ?? "delta method")
  })

export const glance = (
  rows: ReadonlyArray<{ readonly equation: string; readonly nobs: number; readonly entities?: number; readonly r2?: number; readonly sample?: string }>
): StoredTable =>
  tableOf(Glance, {
    equation: rows.map(({ equation }) => equation),
    model: rows.map(() => "two-way fixed effects"),
    dependent: rows.map(({ equation }) => equation),
    variance: rows.map(() => "clustered by entity"),
    small_sample: rows.map(() => "xtreg"),
    sample: rows.map(({ sample }) => sample ?? "all"),
    nobs: Int32Array.from(rows, ({ nobs }) => nobs),
    rest: new Map([
      ["entities", { values: Float64Array.from(rows, ({ entities }) => entities ?? 31) }],
      ["r_squared_within", { values: Float64Array.from(rows, ({ r2 }) => r2 ?? Number.NaN) }]
    ])
  })

interface TestRow {
  readonly test: string
  readonly variant?: string
  readonly statistic: number
  readonly df?: number
  readonly df2?: number
  readonly p?: number
  readonly critical?: number
  readonly note?: string
}
export const tests = (rows: ReadonlyArray<TestRow>): StoredTable => {
  const number = (value: (row: TestRow) => number | undefined) => Float64Array.from(rows, (row) => value(row) ?? Number.NaN)
  return tableOf(Tests, {
    test: rows.map(({ test }) => test),
    variant: rows.map(({ variant }) => variant ?? ""),
    statistic: number(({ statistic }) => statistic),
    df: number(({ df }) => df),
    df2: number(({ df2 }) => df2),
    p_value: number(({ p }) => p),
    critical: number(({ critical }) => critical),
    note: rows.map(({ note }) => note ?? "")
  })
}

export const publishedFile = (name: string) => readFile(`data/published/${name}.csv`)
