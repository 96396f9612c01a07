import type { Fault } from "@sediment/sediment"
import type { Corrections } from "./corrections.ts"
import type { EntityLookup } from "./entity-lookup.ts"
import type { Observations } from "./observations.ts"
import type { SheetOf } from "./sheet-place.ts"
import type { Layout } from "./sheet-plan.ts"
import type { UnitFactors } from "./unit-factors.ts"

/** What the sheets of one source share while they are read. */
export interface Reading {
  readonly description: Layout
  readonly entities: ReadonlyArray<string>
  readonly lookup: EntityLookup
  readonly units: UnitFactors
  readonly corrections: Corrections
  readonly observations: Observations
  readonly faults: Array<Fault>
  readonly warnings: Array<Fault>
  /** Keys ("year entity") that only their name keeps from having a row, as it was probably meant. */
  readonly meant: Set<string>
  /** The sheets so far: a cell that is given again tells where it was before. */
  readonly sheets: Array<SheetOf>
  /** Whether it is to be told where cells are read: so many that memory would go to it are not, unless that is asked for. */
  readonly places: { readonly wanted: () => boolean; readonly leftOut: () => boolean }
  /** What a variable column, or the place that names a sheet's variable, has said, the first thousand of it. */
  readonly labels: Set<string>
}
