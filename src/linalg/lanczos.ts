import type { SparseMatrix } from "./sparse-matrix.ts"
import { sparseTimesDense } from "./sparse-product.ts"
import { tridiagonalEigenvalues } from "./symmetric-eigenvalues.ts"
import type { Tridiagonal } from "./tridiagonal.ts"

/** An approximation, inside of the spectrum, and a distance from it within which there is an eigenvalue. */
export interface Ritz {
  readonly value: number
  readonly residual: number
}

export interface ExtremeEigenvalues {
  readonly smallest: Ritz
  readonly largest: Ritz
}

const STEPS_BETWEEN = 20

/**
 * The smallest and the largest eigenvalue of a sparse symmetric matrix, by Lanczos's method from `start`, a vector with some part of both eigenvectors (a
 * random one), until `areEnough`, which is asked every 20 steps, or after `most` steps (Golub and Van Loan 2013, section 10.1). Vectors are not made orthogonal again: that gives copies of eigenvalues, and none beyond the ends. Where the ends are crowded, as those of large maps, a value is
 * some digits off after many steps; it then lies inside of the spectrum, and its residual says how far the next eigenvalue is at the most.
 */
export const extremeEigenvalues = (
  matrix: SparseMatrix,
  start: Float64Array,
  areEnough: (ends: ExtremeEigenvalues) => boolean,
  most = 200
): ExtremeEigenvalues => {
  const n = matrix.rows
  const diagonal: Array<number> = []
  const below: Array<number> = []
  let length = Math.sqrt(inner(start, start))
  let before: Float64Array = new Float64Array(n)
  let vector: Float64Array = scaled(start, 1 / length)
  let beta = 0
  for (;;) {
    const product = sparseTimesDense(matrix, vector)
    const alpha = inner(product, vector)
    for (let i = 0; i < n; i++) product[i]! -= alpha * vector[i]! + beta * before[i]!
    diagonal.push(alpha)
    length = Math.sqrt(inner(product, product))
    const steps = diagonal.length
    const isExhausted = steps === most || steps === n || length <= 1e-14 * Math.max(Math.abs(alpha), beta)
    if (isExhausted || steps % STEPS_BETWEEN === 0) {
      const found = endsOf({ diagonal: Float64Array.from(diagonal), below: Float64Array.from(below) }, length)
      if (isExhausted || areEnough(found)) return found
    }
    before = vector
    vector = scaled(product, 1 / length)
    beta = length
    below.push(beta)
  }
}

const inner = (x: Float64Array, y: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!
  return sum
}

const scaled = (x: Float64Array, factor: number): Float64Array => {
  const result = new Float64Array(x.length)
  for (let i = 0; i < x.length; i++) result[i] = x[i]! * factor
  return result
}

/** The ends of the spectrum of T with their residuals: beta times the last element of T's eigenvector. */
const endsOf = (tridiagonal: Tridiagonal, beta: number): ExtremeEigenvalues => {
  const values = tridiagonalEigenvalues(tridiagonal)
  const m = values.length
  const less = tridiagonalEigenvalues({ diagonal: tridiagonal.diagonal.subarray(0, m - 1), below: tridiagonal.below.subarray(0, Math.max(0, m - 2)) })
  // Its square is the product of the distances from the eigenvalues of T without its last row over that of the distances from T's others; these interlace.
  const residual = (k: number, others: (j: number) => number) => {
    let square = 1
    for (let j = 0; j < m - 1; j++) {
      const apart = values[k]! - values[others(j)]!
      if (apart !== 0) square *= Math.min(1, (values[k]! - less[j]!) / apart)
    }
    return beta * Math.sqrt(Math.max(0, square))
  }
  return {
    smallest: { value: values[0]!, residual: residual(0, (j) => j + 1) },
    largest: { value: values[m - 1]!, residual: residual(m - 1, (j) => j) }
  }
}
