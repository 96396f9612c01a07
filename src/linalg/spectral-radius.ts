import { generalEigenvalues } from "./general-eigen.ts"
import { extremeEigenvalues } from "./lanczos.ts"
import { similarSymmetric } from "./similar-symmetric.ts"
import { rowSums, type SparseMatrix, toDense } from "./sparse-matrix.ts"
import { sparseTimesDense } from "./sparse-product.ts"
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts"

/** Up to so many rows all eigenvalues are computed. */
const FEW = 200

/** The greatest eigenvalue of a symmetric matrix without negative values. */
const symmetricRadius = (a: SparseMatrix): number => {
  if (a.rows <= FEW) return symmetricEigenvalues(toDense(a), a.rows)[a.rows - 1]!
  // Its eigenvector has no negative element: a vector of ones has a part of it.
  const isEnough = ({ largest }: ReturnType<typeof extremeEigenvalues>) => largest.residual <= 1e-11 * largest.value
  return extremeEigenvalues(a, new Float64Array(a.rows).fill(1), isEnough, 1000).largest.value
}

/** By all eigenvalues where they are few; else by power iteration on A + s I, s half the largest row sum, until the growth stands still to 1e-13 for ten steps. */
const generalRadius = (a: SparseMatrix, largestSum: number): number => {
  if (a.rows <= FEW) {
    const { real, imaginary } = generalEigenvalues(toDense(a), a.rows)
    return real.reduce((radius, x, i) => Math.max(radius, Math.hypot(x, imaginary[i]!)), 0)
  }
  const shift = largestSum / 2
  let vector: Float64Array = new Float64Array(a.rows).fill(1 / a.rows)
  let growth = 0
  let still = 0
  for (let step = 0; step < 20_000 && still < 10; step++) {
    const next = sparseTimesDense(a, vector)
    let sum = 0
    for (let i = 0; i < next.length; i++) sum += next[i]! += shift * vector[i]!
    still = Math.abs(sum - growth) <= 1e-13 * sum ? still + 1 : 0
    growth = sum
    for (let i = 0; i < next.length; i++) next[i]! /= sum
    vector = next
  }
  return growth - shift
}

/**
 * The spectral radius of a matrix without negative values, which is its greatest eigenvalue (Perron and Frobenius): the row sum where all are one; that of a
 * symmetric matrix where one is similar; else by the matrix itself. By all eigenvalues up to 200 rows; beyond, to
 * 10 digits where a symmetric matrix is similar, else to about 8 (power iteration stands still early where the next eigenvalue is near).
 */
export const spectralRadius = (a: SparseMatrix): number => {
  if (a.values.some((x) => !(x >= 0))) throw new RangeError("the spectral radius is that of a matrix without negative values")
  const sums = rowSums(a)
  const most = sums.reduce((greatest, sum) => Math.max(greatest, sum), 0)
  if (sums.every((sum) => Math.abs(sum - most) <= 1e-13 * most)) return most
  const symmetric = similarSymmetric(a)
  return symmetric === undefined ? generalRadius(a, most) : symmetricRadius(symmetric)
}
