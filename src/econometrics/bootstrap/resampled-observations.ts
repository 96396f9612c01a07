import { combine } from "./combine.ts"
import type { Resampler, SortedColumns } from "./resampler.ts"
import { weightedSweep } from "./weighted-sweep.ts"
import { yearElimination } from "./year-elimination.ts"

/**
 * Resamples of single observations: least squares weighted by how often each is drawn, with its own entity and year effects. Entity means, and so the year dummies'
 * cross-products n_t 1[s = t] - sum_g n_gs n_gt/n_g, change with the resample, and are made in each.
 */
export const resampledObservations = (sorted: SortedColumns): Resampler => {
  const { columns, starts, year, years } = sorted
  const rows = year.length
  const size = columns.length
  const dummies = years - 1
  const elimination = yearElimination(dummies, size)
  const { packed } = elimination
  const weights = new Float64Array(rows)
  const sweep = weightedSweep(sorted, elimination, weights)
  const means = new Float64Array(size)
  const values = new Float64Array(size)
  const perYear = new Float64Array(years)
  /** Where row r of the packed triangle begins. */
  const begin = Int32Array.from({ length: dummies + size }, (_, r) => (r * (r + 1)) / 2)
  let drawn = 0
  let entities = 0

  const entity = (from: number, to: number): void => {
    let weight = 0
    means.fill(0)
    for (let i = from; i < to; i++) {
      const w = weights[i]!
      if (w === 0) continue
      weight += w
      for (let v = 0; v < size; v++) means[v] = means[v]! + w * columns[v]![i]!
    }
    if (weight === 0) return
    entities++
    drawn += weight
    for (let v = 0; v < size; v++) means[v] = means[v]! / weight
    perYear.fill(0)
    for (let i = from; i < to; i++) {
      const w = weights[i]!
      if (w === 0) continue
      const t = year[i]!
      perYear[t] = perYear[t]! + w
      for (let v = 0; v < size; v++) {
        const x = columns[v]![i]! - means[v]!
        values[v] = x
        const wx = w * x
        let at = begin[dummies + v]!
        // The columns' means are off, so that the dummies' need not be for the products of both.
        if (t > 0) packed[at + t - 1] = packed[at + t - 1]! + wx
        at += dummies
        for (let c = 0; c <= v; c++) packed[at + c] = packed[at + c]! + wx * values[c]!
      }
    }
    for (let s = 1; s < years; s++) {
      const share = perYear[s]! / weight
      if (share === 0) continue
      const at = begin[s - 1]!
      packed[at + s - 1] = packed[at + s - 1]! + perYear[s]!
      for (let t = 1; t <= s; t++) packed[at + t - 1] = packed[at + t - 1]! - share * perYear[t]!
    }
  }
  const take = (counts: ArrayLike<number>): void => {
    weights.set(counts)
    packed.fill(0)
    drawn = 0
    entities = 0
    for (let g = 0; g + 1 < starts.length; g++) entity(starts[g]!, starts[g + 1]!)
    elimination.eliminate()
  }
  const project = (a: ArrayLike<number>, into: Float64Array): void => {
    combine(columns, a, into)
    sweep(into)
  }
  const each = Int32Array.from({ length: rows + 1 }, (_, i) => i)
  const factor = (slopes: number): number => drawn / (drawn - slopes - entities - elimination.rank())
  return { units: rows, starts: each, size, take, products: elimination.products, squares: elimination.squares, drawnRows: () => drawn, sweep, project, factor }
}
