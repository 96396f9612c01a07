import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"

/** Eigenvalues this small against the largest are rounding, not indefiniteness. */
const ROUNDING = 1e-12

/** Whether a symmetric matrix, n x n, is indefinite: judged with its diagonal brought to 1, so that the units of the terms have no say in what is rounding. */
const isIndefinite = (matrix: Float64Array, n: number): boolean => {
  const scales = Float64Array.from({ length: n }, (_, i) => Math.sqrt(Math.abs(matrix[i * n + i]!)) || 1)
  const { values } = symmetricEigen(
    matrix.map((value, c) => value / (scales[Math.floor(c / n)]! * scales[c % n]!)),
    n
  )
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return values.some((value) => value < -ROUNDING * largest)
}

/**
 * The nearest positive semi-definite matrix, negative eigenvalues set to zero; undefined where the matrix, n x n and symmetric, is one already. Which of them is nearest
 * depends on the units of the terms, as it does in the software that does the same.
 */
export const nearestSemiDefinite = (matrix: Float64Array, n: number): Float64Array | undefined => {
  if (!isIndefinite(matrix, n)) return undefined
  const { values, vectors } = symmetricEigen(matrix, n)
  const result = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const value = values[j]!
    if (value <= 0) continue
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) result[a * n + b] = result[a * n + b]! + value * vectors[j]![a]! * vectors[j]![b]!
  }
  return result
}
