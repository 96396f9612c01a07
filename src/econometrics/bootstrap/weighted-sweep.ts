import type { SortedColumns } from "./resampler.ts"
import type { YearElimination } from "./year-elimination.ts"

/** Takes weighted entity and year effects off a vector over rows, in place, the year effects being `elimination`'s. */
export const weightedSweep = ({ starts, year, years }: SortedColumns, elimination: YearElimination, weights: Float64Array): ((x: Float64Array) => void) => {
  const sums = new Float64Array(years)
  const effects = sums.subarray(1)
  const demean = (x: Float64Array): void => {
    for (let g = 0; g + 1 < starts.length; g++) {
      let sum = 0
      let weight = 0
      for (let i = starts[g]!; i < starts[g + 1]!; i++) {
        sum += weights[i]! * x[i]!
        weight += weights[i]!
      }
      if (weight === 0) continue
      const mean = sum / weight
      for (let i = starts[g]!; i < starts[g + 1]!; i++) x[i] = x[i]! - mean
    }
  }
  return (x) => {
    demean(x)
    sums.fill(0)
    for (let i = 0; i < x.length; i++) sums[year[i]!] = sums[year[i]!]! + weights[i]! * x[i]!
    elimination.solve(effects)
    sums[0] = 0
    for (let i = 0; i < x.length; i++) x[i] = x[i]! - sums[year[i]!]!
    demean(x)
  }
}
