import { hessenberg } from "../../../linalg/hessenberg.ts"
import { hessenbergLogDeterminant } from "../../../linalg/hessenberg-determinant.ts"
import { type SparseMatrix, toDense } from "../../../linalg/sparse-matrix.ts"
import { determinantCurve } from "./determinant-curve.ts"
import type { Determinant } from "./method.ts"
import { rhoInterval } from "./rho-interval.ts"

/**
 * From a Hessenberg matrix similar to W, reduced once in 10/3 N^3 operations: the determinant of I - rho H takes N^2 at each rho, and no eigenvalue is needed
 * (which would take some 10 N^3 more). For dense weights that are similar to no symmetric matrix. Values are exact but for rounding; those of many rho near each
 * other, and the traces, come from polynomials through exact values (`determinantCurve`).
 */
export const hessenbergDeterminant = (w: SparseMatrix, deflated: boolean): Determinant => {
  const h = hessenberg(toDense(w), w.rows)
  return {
    method: "hessenberg",
    description: "a similar Hessenberg matrix",
    ...determinantCurve(w, rhoInterval(w, undefined), (rho) => hessenbergLogDeterminant(h, w.rows, rho).logAbsolute, deflated)
  }
}
