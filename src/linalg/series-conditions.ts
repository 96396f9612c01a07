import { spectralRadiusBound } from "./perron-bound.ts"
import type { SparseMatrix } from "./sparse-matrix.ts"

/** Refuses what a power series of ln|I - rho W| is not for. A sum of a row that was divided by its sum may be rounded above 1. */
export const checkSeries = (what: string, w: SparseMatrix): void => {
  if (w.rows !== w.columnCount) throw new RangeError(`${what} needs a square W; it is ${w.rows} x ${w.columnCount}`)
  const bound = spectralRadiusBound(w)
  if (bound > 1 + 1e-9)
    throw new RangeError(
      `${what} needs |eigenvalues| of W up to 1, as those of rows that sum to 1; they are only known to be up to ${bound}: divide W by that, and multiply rho by it`
    )
}

/** Refuses a rho at which a power series of ln|I - rho W| may not converge. */
export const checkInside = (what: string, rho: number): void => {
  if (!(Math.abs(rho) < 1)) throw new RangeError(`${what} needs -1 < rho < 1; rho is ${rho}`)
}
