import type { FeSample } from "../regression/fe-sample.ts"
import { countCodes, isBalanced } from "../sample/panel-index.ts"
import type { Variable } from "../sample/variable.ts"
import { resampledBalancedClusters } from "./resampled-balanced-clusters.ts"
import { resampledClusters } from "./resampled-clusters.ts"
import { resampledObservations } from "./resampled-observations.ts"
import type { Resampler, SortedColumns, Unit } from "./resampler.ts"

/**
 * Columns that the sample's own effects are off are better conditioned, and no less general: a resample's effects are taken off again, and what the
 * sample's year effects took is a combination of year dummies.
 */
const sorted = ({ absorption }: FeSample, variables: ReadonlyArray<Variable>): SortedColumns => {
  const { entity, entities, rows, year, years } = absorption.index
  const order = Int32Array.from({ length: rows }, (_, i) => i).sort((a, b) => entity[a]! - entity[b]! || year[a]! - year[b]!)
  const starts = new Int32Array(entities.length + 1)
  for (const [g, count] of countCodes(entity, entities.length).entries()) starts[g + 1] = starts[g]! + count
  const columns = variables.map(({ values }) => {
    const x = absorption.within(values)
    return Float64Array.from(order, (row) => x[row]!)
  })
  return { columns, year: Int32Array.from(order, (row) => year[row]!), years: years.length, starts }
}

/** A resampler of these variables; `general` keeps it from using that the panel is balanced. */
export const resampler = (sample: FeSample, variables: ReadonlyArray<Variable>, unit: Unit, general = false): Resampler => {
  const columns = sorted(sample, variables)
  if (unit === "observation") return resampledObservations(columns)
  return isBalanced(sample.absorption.index) && !general ? resampledBalancedClusters(columns) : resampledClusters(columns)
}
