import { similarSymmetric } from "../../../linalg/similar-symmetric.ts"
import { rowSums, type SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { hasCycle } from "../../../linalg/sparse-pattern.ts"
import { Fault } from "../../fault.ts"
import { chebyshevDeterminant, monteCarloDeterminant } from "./approximate-determinant.ts"
import { type Choice, chooseMethod } from "./choice.ts"
import { eigenvalueDeterminant } from "./eigenvalue-determinant.ts"
import { hessenbergDeterminant } from "./hessenberg-determinant.ts"
import type { Determinant, DeterminantMethod } from "./method.ts"
import { sparseDeterminant } from "./sparse-determinant.ts"
import { noSpatialLink } from "./spectrum.ts"

export interface DeterminantOptions {
  /** auto, the default: by the number of places and of links (`chooseMethod`). */
  readonly method?: DeterminantMethod | "auto"
  /** Of W without one eigenvalue 1, for Lee and Yu's transformation of time effects: ln|I - rho W| - ln(1 - rho). W 1 = 1 is needed. */
  readonly deflated?: boolean
  /** Of the random draws of an estimate. */
  readonly seed?: number
}

/** So many rows of a dense matrix are 800 MB. */
const MOST_DENSE = 10_000

/**
 * ln|I - rho W| and its derivatives for the N x N spatial weights W. Weights without a cycle of links have no eigenvalue but zero: a fault, as are methods that
 * do not go with W (chebyshev where no symmetric matrix is similar, dense ones of more than 10,000 entities); `deflated` where
 * rows do not sum to 1 is a RangeError.
 */
export const determinant = (w: SparseMatrix, { method = "auto", deflated = false, seed = 0 }: DeterminantOptions = {}): Determinant => {
  if (w.rows !== w.columnCount) throw new RangeError(`ln|I - rho W| needs a square W; it is ${w.rows} x ${w.columnCount}`)
  if (!hasCycle(w)) throw noSpatialLink()
  if (deflated && !rowSums(w).every((sum) => Math.abs(sum - 1) < 1e-9))
    throw new RangeError("an eigenvalue 1 can be taken from W only where W 1 = 1: rows must sum to 1")
  const symmetric = similarSymmetric(w)
  if (method === "chebyshev" && symmetric === undefined)
    throw new Fault(
      "method-not-fit",
      `the determinant "chebyshev" needs weights similar to a symmetric matrix (symmetric ones, or these with rows divided by their sums); these are not: take "monte-carlo", "sparse" or "auto"`
    )
  if ((method === "eigenvalues" || method === "hessenberg") && w.rows > MOST_DENSE)
    throw new Fault(
      "method-not-fit",
      `the determinant "${method}" takes a matrix of ${w.rows} x ${w.rows} numbers; above ${MOST_DENSE} entities take "sparse", "monte-carlo" or "auto"`
    )
  const choice: Choice = method === "auto" ? chooseMethod(w, symmetric) : { method }
  switch (choice.method) {
    case "eigenvalues":
      return eigenvalueDeterminant(w, symmetric, deflated)
    case "hessenberg":
      return hessenbergDeterminant(w, deflated)
    case "sparse":
      return sparseDeterminant(w, symmetric, deflated, choice.order)
    case "chebyshev":
      return chebyshevDeterminant(w, deflated)
    case "monte-carlo":
      return monteCarloDeterminant(w, deflated, seed)
  }
}
