import type { EstimateColumn } from "./estimate-columns.ts"
import type { TestResult } from "./read-tests.ts"
import type { VarianceOf } from "./variance-notes.ts"

/** A column of a table of models: its estimates, what its glance says, and the tests of its model. */
export interface ModelColumn extends EstimateColumn {
  readonly variance: VarianceOf
  /** What the glance calls the model, and its dependent variable; read where they are printed alone. */
  readonly model: () => string
  readonly dependent: () => string
  /** A statistic of the glance; NaN where it has none. */
  readonly fit: (statistic: string) => number
  /** The names of the statistics that the glance has. */
  readonly statistics: () => ReadonlyArray<string>
  readonly tests: ReadonlyArray<TestResult>
}
