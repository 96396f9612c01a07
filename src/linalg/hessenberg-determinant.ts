import { logOfProduct } from "./log-of-product.ts"

/**
 * ln|det(I - rho H)| and the sign of the determinant, H row-major with zeros below its first subdiagonal: elimination with a choice between two neighbouring
 * rows at each pivot, n^2 operations (Golub and Van Loan 2013, section 4.3.4). H is not changed, and one row is all that is kept beside it.
 */
export const hessenbergLogDeterminant = (h: Float64Array, size: number, rho: number): { readonly logAbsolute: number; readonly sign: number } => {
  const row = Float64Array.from({ length: size }, (_, j) => (j === 0 ? 1 : 0) - rho * h[j]!)
  const pivots = new Float64Array(size)
  let sign = 1
  for (let k = 0; k < size - 1; k++) {
    const next = (k + 1) * size
    const [held, below] = [row[k]!, -rho * h[next + k]!]
    if (Math.abs(held) >= Math.abs(below)) {
      // (held, row) is the pivot row; what is left of the next one takes its place.
      pivots[k] = held
      const ratio = held === 0 ? 0 : below / held
      for (let j = k + 1; j < size; j++) row[j] = -rho * h[next + j]! - ratio * row[j]!
      row[k + 1]! += 1
    } else {
      pivots[k] = below
      sign = -sign
      const ratio = held / below
      for (let j = k + 1; j < size; j++) row[j]! += ratio * rho * h[next + j]!
      row[k + 1]! -= ratio
    }
  }
  pivots[size - 1] = row[size - 1]!
  const product = logOfProduct(pivots)
  return { logAbsolute: product.logAbsolute, sign: sign * product.sign }
}
