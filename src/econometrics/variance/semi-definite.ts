import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"

/** Eigenvalues this small against the largest are rounding, not indefiniteness. */
const ROUNDING = 1e-12
/** Variances of terms further apart than this leave their smallest no digits in the eigenvalues of the matrix as it is. */
const APART = 1e14

/** A matrix, n x n and symmetric, with row and column i times the i-th factor. */
const times = (matrix: Float64Array, factors: Float64Array): Float64Array => {
  const n = factors.length
  return matrix.map((value, c) => value * factors[Math.floor(c / n)]! * factors[c % n]!)
}

/** The matrix with its negative eigenvalues set to zero. */
const withoutNegative = (matrix: Float64Array, n: number): Float64Array => {
  const { values, vectors } = symmetricEigen(matrix, n)
  const result = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const value = values[j]!
    if (value <= 0) continue
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) result[a * n + b] = result[a * n + b]! + value * vectors[j]![a]! * vectors[j]![b]!
  }
  return result
}

/**
 * The nearest positive semi-definite matrix, negative eigenvalues set to zero; undefined where the matrix, n x n and symmetric, is one already. That is judged with its
 * diagonal brought to 1: the units of the terms have no say in what is rounding. Which matrix is nearest does depend on the units, as it does in the software that does
 * the same; where they are so far apart that the smallest variances would come out as rounding, the diagonal is brought to 1 for that too.
 */
export const nearestSemiDefinite = (matrix: Float64Array, n: number): Float64Array | undefined => {
  const diagonal = Float64Array.from({ length: n }, (_, i) => Math.abs(matrix[i * n + i]!))
  const scales = diagonal.map((value) => Math.sqrt(value) || 1)
  const scaled = times(
    matrix,
    scales.map((scale) => 1 / scale)
  )
  const { values } = symmetricEigen(scaled, n)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (values.every((value) => value >= -ROUNDING * largest)) return undefined
  return Math.max(...diagonal) > APART * Math.min(...diagonal) ? times(withoutNegative(scaled, n), scales) : withoutNegative(matrix, n)
}
