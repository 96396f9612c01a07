import { rowSums, type SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { hasCycle } from "../../../linalg/sparse-pattern.ts"
import { eigenvalueDeterminant } from "./eigenvalue-determinant.ts"
import { hessenbergDeterminant } from "./hessenberg-determinant.ts"
import type { Determinant, DeterminantMethod } from "./method.ts"
import { sparseDeterminant } from "./sparse-determinant.ts"
import { noSpatialLink } from "./spectrum.ts"

export interface DeterminantOptions {
  /** auto, the default: by the number of places and of links. */
  readonly method?: DeterminantMethod | "auto"
  /** Of W without one eigenvalue 1, for Lee and Yu's transformation of time effects: ln|I - rho W| - ln(1 - rho). W 1 = 1 is needed. */
  readonly deflated?: boolean
  /** Of the random draws of an estimate. */
  readonly seed?: number
}

/** Up to so many places all eigenvalues take no longer than the values of ln|I - rho W| that an estimate needs. */
const FEW_PLACES = 150
/** The share of places that are linked above which sparse factors are no sparser than the matrix. */
const DENSE = 0.2

const chosen = (w: SparseMatrix): DeterminantMethod => (w.rows <= FEW_PLACES || w.values.length > DENSE * w.rows * w.rows ? "eigenvalues" : "sparse")

/**
 * ln|I - rho W| and its derivatives for the N x N spatial weights W. Weights without a cycle of links have no eigenvalue but zero: a fault; `deflated` where
 * rows do not sum to 1 is a RangeError.
 */
export const determinant = (w: SparseMatrix, { method = "auto", deflated = false }: DeterminantOptions = {}): Determinant => {
  if (w.rows !== w.columnCount) throw new RangeError(`ln|I - rho W| needs a square W; it is ${w.rows} x ${w.columnCount}`)
  if (!hasCycle(w)) throw noSpatialLink()
  if (deflated && !rowSums(w).every((sum) => Math.abs(sum - 1) < 1e-9))
    throw new RangeError("an eigenvalue 1 can be taken from W only where W 1 = 1: rows must sum to 1")
  switch (method === "auto" ? chosen(w) : method) {
    case "eigenvalues":
      return eigenvalueDeterminant(w, deflated)
    case "hessenberg":
      return hessenbergDeterminant(w, deflated)
    default:
      return sparseDeterminant(w, deflated)
  }
}
