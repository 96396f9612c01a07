import { analyseDiagonalPivots, diagonalPivots } from "./diagonal-pivot-lu.ts"
import { fillReducingOrder } from "./fill-reducing-order.ts"
import { logOfProduct } from "./log-of-product.ts"
import { similarSymmetric } from "./similar-symmetric.ts"
import { analyseCholesky, factorCholesky, sparseCholeskyLogDeterminant } from "./sparse-cholesky.ts"
import { factorSparseLU, sparseLogDeterminant } from "./sparse-lu.ts"
import { type SparseMatrix, sparseIdentity, transpose } from "./sparse-matrix.ts"
import { addSparse } from "./sparse-product.ts"

/** ln|det(I - rho W)| as a function of rho, and the sign of the determinant. */
export type LogDeterminant = (rho: number) => { readonly logAbsolute: number; readonly sign: number }

/** The symmetric pattern that holds those of I, W and W'; its values mean nothing. */
export const symmetricPattern = (w: SparseMatrix): SparseMatrix => addSparse(1, sparseIdentity(w.rows), 1, addSparse(1, w, 1, transpose(w)))

/**
 * ln|I - rho W| for many rho, by a sparse factorisation of each; what depends on the pattern alone is done once. Exact but for rounding, at every rho.
 *
 * W similar to a symmetric matrix S: Cholesky factors of I - rho S. Any other W: LU factors of I - rho W with pivots on the diagonal. Where these fail (rho
 * beyond the reciprocal of an extreme eigenvalue, or of the largest row sum) LU factors with changes of rows. (Pace and Barry 1997, Geographical Analysis 29,
 * 232-247.) `symmetric` is S, and `order` a fill-reducing order of `symmetricPattern`, where they are known.
 *
 * Fit wherever links are local (neighbours on a map, k nearest): factors of 100,000 places then have tens of entries for each place. Where links are many or
 * long (distance bands, trade) the factors fill in: take `monteCarloLogDeterminant`, or `chebyshevLogDeterminant` for a small |rho|, with their errors.
 */
export const exactLogDeterminant = (w: SparseMatrix, symmetric = similarSymmetric(w), order?: Int32Array): LogDeterminant => {
  const matrix = symmetric ?? w
  const pattern = symmetricPattern(matrix)
  const ones = addSparse(1, sparseIdentity(w.rows), 0, pattern).values
  const weights = addSparse(1, matrix, 0, pattern).values
  const analysis = analyseCholesky(pattern, order ?? fillReducingOrder(pattern))
  const pivotAnalysis = symmetric === undefined ? analyseDiagonalPivots(pattern, analysis) : undefined
  return (rho) => {
    if (!Number.isFinite(rho)) throw new RangeError(`ln|I - rho W| needs a finite rho; it is ${rho}`)
    const values = new Float64Array(ones.length)
    for (let at = 0; at < values.length; at++) values[at] = ones[at]! - rho * weights[at]!
    if (pivotAnalysis === undefined) {
      const factor = factorCholesky(analysis, values)
      if (factor !== undefined) return { logAbsolute: sparseCholeskyLogDeterminant(factor), sign: 1 }
    } else {
      const pivots = diagonalPivots(pivotAnalysis, values)
      if (pivots !== undefined) return logOfProduct(pivots)
    }
    return sparseLogDeterminant(factorSparseLU({ ...pattern, values }, analysis.order))
  }
}
