import { type CholeskyAnalysis, rowPattern } from "./sparse-cholesky.ts"
import { type SparseMatrix, transpose } from "./sparse-matrix.ts"

/** What the factors of all matrices of one symmetric pattern have in common, whose values need not be symmetric. */
export interface DiagonalPivotAnalysis {
  readonly cholesky: CholeskyAnalysis
  /** Beside `lowerSources`: where in the values of A the numbers of the upper triangle stand, (j, k) in the place of (k, j). */
  readonly upperSources: Int32Array
}

/** Largest multiplier that counts as stable: those of a matrix whose diagonal dominates rows or columns stay below about 1. */
const LARGEST_MULTIPLIER = 1e3

/** The symbolic part of `diagonalPivots`, from that of a Cholesky factorisation of A's pattern. */
export const analyseDiagonalPivots = (a: SparseMatrix, cholesky: CholeskyAnalysis): DiagonalPivotAnalysis => {
  const across = transpose({ ...a, values: Float64Array.from(a.columns.keys()) }).values
  return { cholesky, upperSources: cholesky.lowerSources.map((at) => across[at]!) }
}

/**
 * The pivots of P A P' = L U without a change of rows, in the order of the elimination, for A of a symmetric pattern and any `values`. L and U' have the pattern
 * of a Cholesky factor, found once for all values, so that this takes about twice the time of a Cholesky factorisation and no search. Row k of L and column k of
 * U come together (up-looking, as `factorCholesky`); neither is kept when the pivots are known.
 *
 * Stable where the diagonal dominates each row or each column (I - rho W with |rho| times the row or column sums of |W| below 1). Undefined where a pivot
 * is zero or an element of L exceeds 1,000: take `factorSparseLU`, which changes rows.
 */
export const diagonalPivots = ({ cholesky, upperSources }: DiagonalPivotAnalysis, values: Float64Array): Float64Array | undefined => {
  const { size: n, parent, lowerStarts, lowerColumns, lowerSources, factorStarts, factorRows } = cholesky
  if (values.length !== cholesky.entries)
    throw new RangeError(`the pattern that was analysed has ${cholesky.entries} entries; there are ${values.length} values`)
  const lower = new Float64Array(factorRows.length)
  const upper = new Float64Array(factorRows.length)
  const pivots = new Float64Array(n)
  const end = Int32Array.from({ length: n }, (_, j) => factorStarts[j]! + 1)
  const x = new Float64Array(n)
  const y = new Float64Array(n)
  const seen = new Int32Array(n).fill(-1)
  const stack = new Int32Array(n)
  const path = new Int32Array(n)
  for (let k = 0; k < n; k++) {
    const top = rowPattern(k, cholesky, parent, seen, stack, path)
    for (let at = lowerStarts[k]!; at < lowerStarts[k + 1]!; at++) {
      const j = lowerColumns[at]!
      x[j] = values[lowerSources[at]!]!
      y[j] = values[upperSources[at]!]!
    }
    let pivot = x[k]!
    x[k] = 0
    y[k] = 0
    for (let at = top; at < n; at++) {
      const j = stack[at]!
      const last = end[j]!
      const multiplier = x[j]! / pivots[j]!
      const ofColumn = y[j]!
      x[j] = 0
      y[j] = 0
      if (!(Math.abs(multiplier) <= LARGEST_MULTIPLIER)) return undefined
      for (let p = factorStarts[j]! + 1; p < last; p++) {
        const i = factorRows[p]!
        x[i]! -= upper[p]! * multiplier
        y[i]! -= lower[p]! * ofColumn
      }
      pivot -= multiplier * ofColumn
      lower[last] = multiplier
      upper[last] = ofColumn
      end[j] = last + 1
    }
    if (pivot === 0) return undefined
    pivots[k] = pivot
  }
  return pivots
}
