import { type SparseMatrix, transpose } from "./sparse-matrix.ts"
import { sparseTimesDense } from "./sparse-product.ts"

/**
 * An upper bound of the spectral radius of a matrix, exact where no entry is negative and any place is reached from any other: for each x > 0 the radius of |A|
 * is at most the largest (|A| x)_i / x_i (Collatz 1942, Math. Z. 48, 221-226), and x is improved by steps of the power method on |A| with a diagonal added until the bounds
 * from above and below agree to 10 digits, or `most` steps are made. The bounds by the largest row and column sums are the first step's, so that it is never
 * worse than they are.
 */
export const spectralRadiusBound = (a: SparseMatrix, most = 200): number => {
  const sizes = { ...a, values: a.values.map(Math.abs) }
  const byRows = boundByRows(sizes, most)
  return byRows.isExact ? byRows.bound : Math.min(byRows.bound, boundByRows(transpose(sizes), most).bound)
}

const TOLERANCE = 1e-10

const boundByRows = (sizes: SparseMatrix, most: number): { readonly bound: number; readonly isExact: boolean } => {
  let x = new Float64Array(sizes.rows).fill(1)
  let least = Number.POSITIVE_INFINITY
  for (let step = 0; step < most; step++) {
    const product = sparseTimesDense(sizes, x)
    let [low, high] = [Number.POSITIVE_INFINITY, 0]
    for (let i = 0; i < x.length; i++) {
      low = Math.min(low, product[i]! / x[i]!)
      high = Math.max(high, product[i]! / x[i]!)
    }
    least = Math.min(least, high)
    if (high - low <= TOLERANCE * high) return { bound: least, isExact: true }
    // In proportion to the matrix, so that a multiple of it has the same multiple of its bound; without a diagonal, two-coloured maps would not converge.
    let largest = 0
    for (let i = 0; i < x.length; i++) {
      product[i]! += (high / 4) * x[i]!
      largest = Math.max(largest, product[i]!)
    }
    // Places that fewer and fewer paths lead to would leave the range of doubles.
    x = product.map((value) => Math.max(value / largest, 1e-200))
  }
  return { bound: least, isExact: false }
}
