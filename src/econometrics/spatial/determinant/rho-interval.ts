import { rowSums, type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"

/**
 * An interval of rho around zero in which I - rho W has an inverse, for sparse W: between -1/b and 1/b, b the lesser of the largest sums of absolute weights by
 * rows and by columns, as no eigenvalue is larger. It is (-1, 1) for weights whose rows sum to 1 and none of which is negative.
 */
export const rhoInterval = (w: SparseMatrix): { readonly lower: number; readonly upper: number } => {
  const sizes = { ...w, values: w.values.map(Math.abs) }
  const most = (sums: Float64Array) => sums.reduce((greatest, sum) => Math.max(greatest, sum), 0)
  const bound = Math.min(most(rowSums(sizes)), most(rowSums(transpose(sizes))))
  // Sums of rows that were divided by their sums are 1 but for rounding.
  const radius = Math.abs(bound - 1) < 1e-9 ? 1 : bound
  return { lower: -1 / radius, upper: 1 / radius }
}
