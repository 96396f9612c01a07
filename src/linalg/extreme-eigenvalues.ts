import { generalEigenvalues } from "./general-eigen.ts"
import { similarSymmetric } from "./similar-symmetric.ts"
import { rowSums, type SparseMatrix, toDense } from "./sparse-matrix.ts"
import { sparseTimesDense } from "./sparse-product.ts"
import { symmetricEigenvalues, tridiagonalEigenvalues } from "./symmetric-eigenvalues.ts"

/** Up to so many rows all eigenvalues are computed at once. */
const FEW = 200
const MOST_STEPS = 1000
const STEPS_BETWEEN_LOOKS = 25

/** Numbers between -1/2 and 1/2 that have nothing to do with any matrix: a multiplicative congruential sequence, the same each time. */
const arbitraryVector = (size: number): Float64Array => {
  let state = 20261128
  return Float64Array.from({ length: size }, () => {
    state = (16807 * state) % 2147483647
    return state / 2147483647 - 0.5
  })
}

const dotOf = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0)

/**
 * The least and the greatest eigenvalue of a symmetric sparse matrix. Up to 200 rows by all of them; beyond by Lanczos's method without reorthogonalisation, which
 * repeats eigenvalues but keeps the outermost right (Paige 1980), until both stand still to 1e-13 of the larger, 1,000 steps at most: from inside, so that the
 * interval is never too wide; where the eigenvalues at an end lie close together, about 1e-6 of it too narrow.
 */
export const extremeEigenvalues = (a: SparseMatrix): { readonly least: number; readonly greatest: number } => {
  if (a.rows <= FEW) {
    const all = symmetricEigenvalues(toDense(a), a.rows)
    return { least: all[0] ?? 0, greatest: all[a.rows - 1] ?? 0 }
  }
  const diagonal: Array<number> = []
  const below: Array<number> = []
  let found = { least: Infinity, greatest: -Infinity }
  let before: Float64Array = new Float64Array(a.rows)
  let vector = arbitraryVector(a.rows)
  const length = Math.sqrt(dotOf(vector, vector))
  vector = vector.map((x) => x / length)
  for (let step = 1; step <= Math.min(MOST_STEPS, a.rows); step++) {
    const next = sparseTimesDense(a, vector)
    const along = dotOf(next, vector)
    const last = below[below.length - 1] ?? 0
    for (let i = 0; i < next.length; i++) next[i]! -= along * vector[i]! + last * before[i]!
    diagonal.push(along)
    const rest = Math.sqrt(dotOf(next, next))
    const size = Math.max(Math.abs(along), last, rest)
    const ended = rest <= 1e-14 * size || step === Math.min(MOST_STEPS, a.rows)
    if (ended || step % STEPS_BETWEEN_LOOKS === 0) {
      const ritz = tridiagonalEigenvalues({ diagonal: Float64Array.from(diagonal), below: Float64Array.from(below) })
      const now = { least: ritz[0]!, greatest: ritz[ritz.length - 1]! }
      const moved = Math.max(Math.abs(now.least - found.least), Math.abs(now.greatest - found.greatest))
      found = now
      if (ended || moved <= 1e-13 * Math.max(-now.least, now.greatest)) break
    }
    below.push(rest)
    before = vector
    vector = next.map((x) => x / rest)
  }
  return found
}

/**
 * The spectral radius of a matrix without negative values, which is its greatest eigenvalue (Perron and Frobenius): the row sum where all are one; by
 * `extremeEigenvalues` where a symmetric matrix is similar; else by all eigenvalues up to 200 rows, and beyond by power iteration on A + s I, s half the largest row sum, until the
 * growth stands still to 1e-13 in ten steps.
 */
export const spectralRadius = (a: SparseMatrix): number => {
  if (a.values.some((x) => !(x >= 0))) throw new RangeError("the spectral radius is that of a matrix without negative values")
  const sums = rowSums(a)
  const most = sums.reduce((greatest, sum) => Math.max(greatest, sum), 0)
  if (sums.every((sum) => Math.abs(sum - most) <= 1e-13 * most)) return most
  const symmetric = similarSymmetric(a)
  if (symmetric !== undefined) return extremeEigenvalues(symmetric).greatest
  if (a.rows <= FEW) {
    const { real, imaginary } = generalEigenvalues(toDense(a), a.rows)
    return real.reduce((radius, x, i) => Math.max(radius, Math.hypot(x, imaginary[i]!)), 0)
  }
  const shift = most / 2
  let vector = new Float64Array(a.rows).fill(1 / a.rows)
  let growth = 0
  let still = 0
  for (let step = 0; step < 20_000 && still < 10; step++) {
    const next = sparseTimesDense(a, vector)
    let sum = 0
    for (let i = 0; i < next.length; i++) sum += next[i]! += shift * vector[i]!
    still = Math.abs(sum - growth) <= 1e-13 * sum ? still + 1 : 0
    growth = sum
    vector = next.map((x) => x / sum)
  }
  return growth - shift
}
