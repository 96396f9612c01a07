import { stream } from "../stats/random.ts"
import type { FeSample, Variable } from "./fe-sample.ts"
import { countCodes } from "./panel-index.ts"

/**
 * Cross-products of the columns [year dummies but the first year's | variables], entity means taken off, for each cluster: what a pairs cluster
 * bootstrap of any regression among them needs. The year dummies stay columns because the year means change with the resample: cross-products of
 * columns that had the sample's year means taken off would be wrong.
 */
export interface ClusterCrossProducts {
  readonly clusters: number
  /** Columns of dummies, then of variables. */
  readonly dummies: number
  readonly size: number
  /** For each cluster the lower triangle, row by row: size (size + 1)/2 numbers. */
  readonly packed: ReadonlyArray<Float64Array>
}

export const clusterCrossProducts = (sample: FeSample, variables: ReadonlyArray<Variable>): ClusterCrossProducts => {
  const { demeanByEntity, index } = sample.absorber
  const dummies = index.years.length - 1
  const columns = [
    ...Array.from({ length: dummies }, (_, t) => demeanByEntity(Float64Array.from(index.year, (code) => (code === t + 1 ? 1 : 0)))),
    ...variables.map(({ values }) => demeanByEntity(values))
  ]
  const size = columns.length
  const clusters = index.entities.length
  const packed = Array.from({ length: clusters }, () => new Float64Array((size * (size + 1)) / 2))
  for (let i = 0; i < index.rows; i++) {
    const into = packed[index.entity[i]!]!
    for (let r = 0, at = 0; r < size; r++) {
      const value = columns[r]![i]!
      for (let c = 0; c <= r; c++, at++) into[at] = into[at]! + value * columns[c]![i]!
    }
  }
  return { clusters, dummies, size, packed }
}

/** How often each of G clusters is drawn in the i-th resample: G draws with replacement from stream (seed, i). */
export const drawClusters = (seed: number, i: number, clusters: number): Int32Array => {
  const random = stream(seed, i)
  return countCodes(
    Int32Array.from({ length: clusters }, () => random.integer(clusters)),
    clusters
  )
}

/** A pivot at most this share of its diagonal element is a column that the columns before it explain in this resample (a squared norm: 1e-6 of the norm). */
const SINGULAR = 1e-12

/**
 * The Cholesky factor (row-major) of a resample's cross-products, `counts` saying how often each cluster is in it. A year's dummy that the resample makes
 * redundant (nobody has that year, or all have it) gets a row and a column of zeros: dropped, as a refit would. Undefined where a variable is
 * redundant: the replicate is singular.
 */
const resampledFactor = ({ clusters, dummies, packed, size }: ClusterCrossProducts, counts: ArrayLike<number>): Float64Array | undefined => {
  const sum = new Float64Array((size * (size + 1)) / 2)
  for (let g = 0; g < clusters; g++) {
    const count = counts[g]!
    if (count === 0) continue
    const from = packed[g]!
    for (let at = 0; at < sum.length; at++) sum[at] = sum[at]! + count * from[at]!
  }
  const l = new Float64Array(size * size)
  for (let i = 0, at = 0; i < size; i++) {
    const row = i * size
    for (let j = 0; j <= i; j++, at++) {
      const other = j * size
      let value = sum[at]!
      for (let k = 0; k < j; k++) value -= l[row + k]! * l[other + k]!
      if (j < i) {
        const pivot = l[other + j]!
        l[row + j] = pivot === 0 ? 0 : value / pivot
      } else if (value > SINGULAR * sum[at]!) l[row + i] = Math.sqrt(value)
      else if (i < dummies) l.fill(0, row, row + i + 1)
      else return undefined
    }
  }
  return l
}

/**
 * Coefficients of the regression of column `response` on all columns before `end`, from the factor: the last `wanted` of them, in order.
 * Variables are counted from 0, the dummies coming before them in any regression.
 */
export const nestedCoefficients = (
  { dummies, size }: ClusterCrossProducts,
  factor: Float64Array,
  response: number,
  end: number,
  wanted: number
): Float64Array => {
  const b = new Float64Array(wanted)
  const row = (dummies + response) * size
  for (let i = wanted - 1; i >= 0; i--) {
    const at = dummies + end - wanted + i
    let value = factor[row + at]!
    for (let k = i + 1; k < wanted; k++) value -= factor[(dummies + end - wanted + k) * size + at]! * b[k]!
    b[i] = value / factor[at * size + at]!
  }
  return b
}

/** Replicates `from`, …, `from + count - 1` of the statistics that `statistic` makes of a resample's factor: a column of `count` for each; NaN where the resample is singular. */
export const replicate = (
  cross: ClusterCrossProducts,
  statistics: number,
  statistic: (factor: Float64Array) => ArrayLike<number>,
  seed: number,
  from: number,
  count: number
): ReadonlyArray<Float64Array> => {
  const columns = Array.from({ length: statistics }, () => new Float64Array(count).fill(Number.NaN))
  for (let r = 0; r < count; r++) {
    const factor = resampledFactor(cross, drawClusters(seed, from + r, cross.clusters))
    if (factor === undefined) continue
    const values = statistic(factor)
    for (let j = 0; j < statistics; j++) columns[j]![r] = values[j]!
  }
  return columns
}
