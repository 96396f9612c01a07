import { exactLogDeterminant } from "../../../linalg/sparse-log-determinant.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { determinantCurve } from "./determinant-curve.ts"
import type { Determinant } from "./method.ts"
import { rhoInterval } from "./rho-interval.ts"

/**
 * From sparse factors of I - rho W: Cholesky factors where W is similar to a symmetric matrix, which is `symmetric`, else LU factors. Values are exact but for
 * rounding; those of many rho near each other, and the traces, come from polynomials through exact values (`determinantCurve`).
 */
export const sparseDeterminant = (w: SparseMatrix, symmetric: SparseMatrix | undefined, deflated: boolean, order?: Int32Array): Determinant => {
  const exact = exactLogDeterminant(w, symmetric, order)
  return {
    method: "sparse",
    description: symmetric === undefined ? "sparse LU factors" : "sparse Cholesky factors",
    ...determinantCurve(w, rhoInterval(w, symmetric), (rho) => exact(rho).logAbsolute, deflated)
  }
}
