import type { EstimateColumn } from "./estimate-columns.ts"
import type { TestResult } from "./read-tests.ts"
import type { VarianceOf } from "./variance-notes.ts"

/** A column of a table of models: its estimates, what its glance says, and the tests of its model. */
export interface ModelColumn extends EstimateColumn {
  readonly variance: VarianceOf
  /** A statistic of the glance; NaN where it has none. */
  readonly fit: (statistic: string) => number
  readonly tests: ReadonlyArray<TestResult>
}
