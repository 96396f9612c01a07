import { symmetricEigen } from "../../linalg/symmetric-eigen.ts"

/** Eigenvalues this small against the largest are rounding, not indefiniteness. */
const ROUNDING = 1e-12

/** The nearest positive semi-definite matrix, negative eigenvalues set to zero; undefined where the matrix, n x n and symmetric, is one already. */
export const nearestSemiDefinite = (matrix: Float64Array, n: number): Float64Array | undefined => {
  const { values, vectors } = symmetricEigen(matrix, n)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (values.every((value) => value >= -ROUNDING * largest)) return undefined
  const result = new Float64Array(n * n)
  for (let j = 0; j < n; j++) {
    const value = values[j]!
    if (value <= 0) continue
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) result[a * n + b] = result[a * n + b]! + value * vectors[j]![a]! * vectors[j]![b]!
  }
  return result
}
