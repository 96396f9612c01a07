import { clusterFactor } from "../variance/cluster-meat.ts"
import type { Resampler, SortedColumns } from "./resampler.ts"

/**
 * Resamples of whole entities of a balanced panel, in closed form. Each entity's year dummies, its mean taken off, have the cross-products I - 11'/T, so that those of
 * a resample of G entities are G (I - 11'/T), whose pseudo-inverse leaves columns with mean zero by entity as they are but for 1/G. Hence
 * the cross-products with both effects taken off are sum_g c_g X_g'X_g - S'S/G, S (T x size) being the sums of the columns by year.
 */
export const resampledBalancedClusters = ({ columns, starts, years: T }: SortedColumns): Resampler => {
  const units = starts.length - 1
  const size = columns.length
  const triangle = (size * (size + 1)) / 2
  // Per entity, next to each other: the lower triangle of its cross-products, and its columns.
  const width = triangle + size * T
  const blocks = new Float64Array(units * width)
  for (let g = 0; g < units; g++) {
    let at = g * width
    for (let r = 0; r < size; r++)
      for (let c = 0; c <= r; c++, at++) for (let i = g * T; i < (g + 1) * T; i++) blocks[at] = blocks[at]! + columns[r]![i]! * columns[c]![i]!
    for (let r = 0; r < size; r++) for (let i = g * T; i < (g + 1) * T; i++, at++) blocks[at] = columns[r]![i]!
  }
  const sum = new Float64Array(width)
  const products = new Float64Array(size * size)
  const squares = new Float64Array(size)
  const yearSums = new Float64Array(T)
  const weights = new Float64Array(units)
  let drawn = 0

  const take = (counts: ArrayLike<number>): void => {
    sum.fill(0)
    drawn = 0
    for (let g = 0; g < units; g++) {
      const count = counts[g]!
      weights[g] = count
      if (count === 0) continue
      drawn += count
      const from = g * width
      for (let at = 0; at < width; at++) sum[at] = sum[at]! + count * blocks[from + at]!
    }
    for (let r = 0, at = 0; r < size; r++) {
      squares[r] = sum[at + r]!
      const row = triangle + r * T
      for (let c = 0; c <= r; c++, at++) {
        const other = triangle + c * T
        let off = 0
        for (let t = 0; t < T; t++) off += sum[row + t]! * sum[other + t]!
        products[r * size + c] = sum[at]! - off / drawn
      }
    }
  }
  const sweep = (x: Float64Array): void => {
    yearSums.fill(0)
    for (let g = 0; g < units; g++) {
      const weight = weights[g]!
      if (weight === 0) continue
      let mean = 0
      for (let i = g * T; i < (g + 1) * T; i++) mean += x[i]!
      mean /= T
      for (let t = 0, i = g * T; t < T; t++, i++) {
        x[i] = x[i]! - mean
        yearSums[t] = yearSums[t]! + weight * x[i]!
      }
    }
    for (let t = 0; t < T; t++) yearSums[t] = yearSums[t]! / drawn
    for (let g = 0; g < units; g++) if (weights[g] !== 0) for (let t = 0, i = g * T; t < T; t++, i++) x[i] = x[i]! - yearSums[t]!
  }
  const project = (a: ArrayLike<number>, into: Float64Array): void => {
    for (let g = 0; g < units; g++) {
      if (weights[g] === 0) continue
      const from = g * T
      into.fill(0, from, from + T)
      for (let v = 0; v < size; v++) {
        const share = a[v]!
        if (share === 0) continue
        const column = g * width + triangle + v * T
        for (let t = 0; t < T; t++) into[from + t] = into[from + t]! + share * blocks[column + t]!
      }
    }
    sweep(into)
  }
  return {
    units,
    starts,
    size,
    take,
    products,
    squares,
    drawnRows: () => drawn * T,
    sweep,
    project,
    factor: (slopes) => clusterFactor(drawn, drawn * T, slopes + T)
  }
}
