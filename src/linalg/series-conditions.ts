import { rowSums, type SparseMatrix, transpose } from "./sparse-matrix.ts"

/** An upper bound of the largest |eigenvalue|: the lesser of the largest sums of absolute values by rows and by columns. */
const spectralBound = (a: SparseMatrix): number => {
  const sizes = { ...a, values: a.values.map(Math.abs) }
  const most = (sums: Float64Array) => sums.reduce((greatest, sum) => Math.max(greatest, sum), 0)
  return Math.min(most(rowSums(sizes)), most(rowSums(transpose(sizes))))
}

/** Refuses what a power series of ln|I - rho W| is not for. A sum of a row that was divided by its sum may be rounded above 1. */
export const checkSeries = (what: string, w: SparseMatrix): void => {
  if (w.rows !== w.columnCount) throw new RangeError(`${what} needs a square W; it is ${w.rows} x ${w.columnCount}`)
  const bound = spectralBound(w)
  if (bound > 1 + 1e-9)
    throw new RangeError(
      `${what} needs |eigenvalues| of W up to 1, as those of rows that sum to 1; its row and column sums only bound them by ${bound}: divide W by that, and multiply rho by it`
    )
}

/** Refuses a rho at which a power series of ln|I - rho W| may not converge. */
export const checkInside = (what: string, rho: number): void => {
  if (!(Math.abs(rho) < 1)) throw new RangeError(`${what} needs -1 < rho < 1; rho is ${rho}`)
}
