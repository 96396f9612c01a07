import { luFactor, luInverse } from "../../../linalg/lu.ts"
import { selectedInverse, traceOfInverseTimes } from "../../../linalg/selected-inverse.ts"
import { analyseCholesky, factorCholesky } from "../../../linalg/sparse-cholesky.ts"
import { rowSums, type SparseMatrix, sparseIdentity, toDense, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseProduct, sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { spatialSolver } from "./spatial-solver.ts"

export interface OuterTrace {
  readonly value: number
  /** What was used, in words. */
  readonly method: string
  /** Of an estimate. */
  readonly standardError?: number
}

/** Where neighbours' neighbours are this share of all places on average, the dense inverse takes less time. */
const DENSE = 0.5

/**
 * tr(G'G), the sum of squares of all elements of G = W (I - rho W)^-1, for expected information; under `deflated` (W 1 = 1 is needed) of F'GF, F an
 * orthonormal complement of the unit vector, which is tr(G'G) - 1'GG'1/N.
 *
 * With A = I - rho W it is tr(W'W (A'A)^-1), and W'W lies within the pattern of A'A: the entries of the inverse there are all that is needed, and the sparse
 * Cholesky factor of A'A gives them exactly (`selectedInverse`). Few places or many links: from the dense inverse.
 */
export const traceOuter = (w: SparseMatrix, rho: number, { deflated = false }: { readonly deflated?: boolean } = {}): OuterTrace => {
  const n = w.rows
  const whole = (w.values.length / n) ** 2 > DENSE * n ? denseOuter(w, rho) : sparseOuter(w, rho)
  if (!deflated) return whole
  if (!rowSums(w).every((sum) => Math.abs(sum - 1) < 1e-9)) throw new RangeError("an eigenvalue 1 can be taken from W only where W 1 = 1: rows must sum to 1")
  const sums = sparseTimesDense(transpose(w), spatialSolver(w, rho).solveTransposed(new Float64Array(n).fill(1)))
  return { ...whole, value: whole.value - sums.reduce((total, sum) => total + sum * sum, 0) / n }
}

const denseOuter = (w: SparseMatrix, rho: number): OuterTrace => {
  const n = w.rows
  const factors = luFactor(toDense(addSparse(1, sparseIdentity(n), -rho, w)), n)
  if (factors.singular) throw new RangeError(`I - rho W has no inverse at rho = ${rho}`)
  const g = sparseTimesDense(w, luInverse(factors), n)
  return { value: g.reduce((total, x) => total + x * x, 0), method: "dense inverse" }
}

const sparseOuter = (w: SparseMatrix, rho: number): OuterTrace => {
  const a = addSparse(1, sparseIdentity(w.rows), -rho, w)
  const square = sparseProduct(transpose(a), a)
  const factor = factorCholesky(analyseCholesky(square), square.values)
  if (factor === undefined) throw new RangeError(`I - rho W has no inverse at rho = ${rho}`)
  return {
    value: traceOfInverseTimes(selectedInverse(factor), sparseProduct(transpose(w), w)),
    method: "selected inverse of (I - rho W)'(I - rho W)"
  }
}
