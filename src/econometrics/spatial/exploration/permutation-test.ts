import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { streams } from "../../../stats/random.ts"
import { type Alternative, permutationPValue, requireReplicates } from "./alternative.ts"

export interface SpatialPermutationOptions {
  /** Random arrangements of the values over the entities. */
  readonly replicates: number
  readonly seed: number
  readonly alternative?: Alternative
}

/** x'Ax = sum over pairs i <= j of (a_ij + a_ji) x_i x_j (a_ii on the diagonal): half the products where A is symmetric in pattern. */
const pairsOf = (form: SparseMatrix): { readonly first: Int32Array; readonly second: Int32Array; readonly weight: Float64Array } => {
  const both = addSparse(1, form, 1, transpose(form))
  const first: Array<number> = []
  const second: Array<number> = []
  const weight: Array<number> = []
  for (let i = 0; i < both.rows; i++)
    for (let at = both.starts[i]!; at < both.starts[i + 1]!; at++) {
      const j = both.columns[at]!
      if (j < i || both.values[at] === 0) continue
      first.push(i)
      second.push(j)
      weight.push(i === j ? both.values[at]! / 2 : both.values[at]!)
    }
  return { first: Int32Array.from(first), second: Int32Array.from(second), weight: Float64Array.from(weight) }
}

/**
 * Permutation p-values of statistics that a permutation of x over the entities changes through the quadratic form x'Ax alone, a large form being `greater`: one a
 * series. Replicate r of a seed uses the stream (seed, r), Fisher-Yates, so that more replicates extend the same sequence; the same arrangements serve every series.
 * An arrangement whose form differs from the observed one by rounding alone is a tie, and counts. O(links) a replicate and series.
 */
export const permutationTest = (
  form: SparseMatrix,
  series: ReadonlyArray<Float64Array>,
  { alternative = "greater", replicates, seed }: SpatialPermutationOptions
): Float64Array => {
  requireReplicates(replicates)
  const size = form.rows
  const width = series.length
  const { first, second, weight } = pairsOf(form)
  const value = (x: Float64Array): number => {
    let sum = 0
    for (let k = 0; k < weight.length; k++) sum += weight[k]! * x[first[k]!]! * x[second[k]!]!
    return sum
  }
  const observed = series.map(value)
  const rounding = series.map((x) => {
    let size = 0
    for (let k = 0; k < weight.length; k++) size += Math.abs(weight[k]! * x[first[k]!]! * x[second[k]!]!)
    return 1e-12 * size
  })
  const atLeast = new Int32Array(width)
  const atMost = new Int32Array(width)
  const random = streams(seed)
  const order = new Int32Array(size)
  const permuted = new Float64Array(size)
  for (let replicate = 0; replicate < replicates; replicate++) {
    random.start(replicate)
    for (let i = 0; i < size; i++) order[i] = i
    for (let i = size - 1; i > 0; i--) {
      const j = random.integer(i + 1)
      const other = order[j]!
      order[j] = order[i]!
      order[i] = other
    }
    for (let s = 0; s < width; s++) {
      const x = series[s]!
      for (let i = 0; i < size; i++) permuted[i] = x[order[i]!]!
      const found = value(permuted)
      if (found >= observed[s]! - rounding[s]!) atLeast[s]!++
      if (found <= observed[s]! + rounding[s]!) atMost[s]!++
    }
  }
  return Float64Array.from(series, (_, s) => permutationPValue(atLeast[s]!, atMost[s]!, replicates, alternative))
}
