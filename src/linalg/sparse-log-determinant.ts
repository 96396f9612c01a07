import { similarSymmetric } from "./similar-symmetric.ts"
import { analyseCholesky, factorCholesky, sparseCholeskyLogDeterminant } from "./sparse-cholesky.ts"
import { columnOrderForLU, factorSparseLU, sparseLogDeterminant } from "./sparse-lu.ts"
import { type SparseMatrix, sparseIdentity } from "./sparse-matrix.ts"
import { addSparse } from "./sparse-product.ts"

/** ln|det(I - rho W)| as a function of rho, and the sign of the determinant. */
export type LogDeterminant = (rho: number) => { readonly logAbsolute: number; readonly sign: number }

/**
 * ln|I - rho W| for many rho, by a sparse factorisation of each; what depends on the pattern alone is done once. Exact but for rounding, at every rho.
 *
 * W similar to a symmetric matrix S: Cholesky factors of I - rho S, and where that is not positive definite (rho beyond the reciprocal of an extreme
 * eigenvalue) LU factors. Any other W: LU factors of I - rho W. (Pace and Barry 1997, Geographical Analysis 29, 232-247.)
 *
 * Fit wherever links are local (neighbours on a map, k nearest): factors of 100,000 places then have tens of entries for each place. Where links are many or
 * long (distance bands, trade) the factors fill in: take `monteCarloLogDeterminant`, or `chebyshevLogDeterminant` for a small |rho|, with their errors.
 */
export const exactLogDeterminant = (w: SparseMatrix): LogDeterminant => {
  const identity = sparseIdentity(w.rows)
  const symmetric = similarSymmetric(w)
  const pattern = addSparse(1, identity, 1, symmetric ?? w)
  const analysis = symmetric === undefined ? undefined : analyseCholesky(pattern)
  let order: Int32Array | undefined
  return (rho) => {
    if (!Number.isFinite(rho)) throw new RangeError(`ln|I - rho W| needs a finite rho; it is ${rho}`)
    const matrix = addSparse(1, identity, -rho, symmetric ?? w)
    const factor = analysis === undefined ? undefined : factorCholesky(analysis, matrix.values)
    if (factor !== undefined) return { logAbsolute: sparseCholeskyLogDeterminant(factor), sign: 1 }
    order ??= columnOrderForLU(pattern)
    return sparseLogDeterminant(factorSparseLU(matrix, order))
  }
}
