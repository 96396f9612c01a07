import { rowSums, type SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { curve } from "./curve.ts"
import type { Determinant } from "./method.ts"
import type { RhoInterval } from "./rho-interval.ts"

/**
 * The interval of rho again, and ln|I - rho W| with its derivatives from a function that gives it at one rho. Where W 1 = 1 the pole ln|1 - rho| is kept apart from
 * the polynomials, or left out.
 */
export const determinantCurve = (
  w: SparseMatrix,
  { lower, upper }: RhoInterval,
  logAbsolute: (rho: number) => number,
  deflated: boolean
): Pick<Determinant, "lower" | "upper" | "logAbsolute" | "trace" | "traceSquare"> => {
  const hasPole = rowSums(w).every((sum) => Math.abs(sum - 1) < 1e-9)
  const regular = curve(hasPole ? (rho) => logAbsolute(rho) - Math.log(Math.abs(1 - rho)) : logAbsolute, lower, upper)
  const poles = hasPole && !deflated ? 1 : 0
  return {
    lower,
    upper,
    logAbsolute: (rho) => regular.value(rho) + (poles === 0 ? 0 : Math.log(Math.abs(1 - rho))),
    trace: (rho) => poles / (1 - rho) - regular.first(rho),
    traceSquare: (rho) => poles / (1 - rho) ** 2 - regular.second(rho)
  }
}
