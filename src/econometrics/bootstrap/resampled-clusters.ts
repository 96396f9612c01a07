import { clusterFactor } from "../variance/cluster-meat.ts"
import { combine } from "./combine.ts"
import type { Resampler, SortedColumns } from "./resampler.ts"
import { weightedSweep } from "./weighted-sweep.ts"
import { yearElimination } from "./year-elimination.ts"

/**
 * Resamples of whole entities of any panel, by the cross-products of each entity, its means taken off. The year dummies stay columns, because the year means change with
 * the resample, and are eliminated in each.
 */
export const resampledClusters = (sorted: SortedColumns): Resampler => {
  const { columns, starts, year, years } = sorted
  const units = starts.length - 1
  const rows = year.length
  const size = columns.length
  const dummies = years - 1
  const elimination = yearElimination(dummies, size)
  const { packed } = elimination
  const blocks = Array.from({ length: units }, (_, g) => {
    const [from, to] = [starts[g]!, starts[g + 1]!]
    const demeanedDummy = (t: number) => Float64Array.from({ length: to - from }, (_, i) => (year[from + i] === t + 1 ? 1 : 0))
    const all = [
      ...Array.from({ length: dummies }, (_, t) => {
        const dummy = demeanedDummy(t)
        const mean = dummy.reduce((sum, v) => sum + v, 0) / dummy.length
        return dummy.map((v) => v - mean)
      }),
      ...columns.map((column) => column.subarray(from, to))
    ]
    const block = new Float64Array(packed.length)
    for (let r = 0, at = 0; r < all.length; r++)
      for (let c = 0; c <= r; c++, at++) for (let i = 0; i < to - from; i++) block[at] = block[at]! + all[r]![i]! * all[c]![i]!
    return block
  })
  const weights = new Float64Array(rows)
  const sweep = weightedSweep(sorted, elimination, weights)
  let drawn = 0
  let drawnRows = 0
  const take = (counts: ArrayLike<number>): void => {
    packed.fill(0)
    drawn = 0
    drawnRows = 0
    for (let g = 0; g < units; g++) {
      const count = counts[g]!
      weights.fill(count, starts[g]!, starts[g + 1]!)
      if (count === 0) continue
      drawn += count
      drawnRows += count * (starts[g + 1]! - starts[g]!)
      const block = blocks[g]!
      for (let at = 0; at < packed.length; at++) packed[at] = packed[at]! + count * block[at]!
    }
    elimination.eliminate()
  }
  const project = (a: ArrayLike<number>, into: Float64Array): void => {
    combine(columns, a, into)
    sweep(into)
  }
  const factor = (slopes: number): number => clusterFactor(drawn, drawnRows, slopes + elimination.rank() + 1)
  return { units, starts, size, take, products: elimination.products, squares: elimination.squares, drawnRows: () => drawnRows, sweep, project, factor }
}
