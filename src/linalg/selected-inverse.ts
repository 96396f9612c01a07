import type { CholeskyAnalysis, SparseCholesky } from "./sparse-cholesky.ts"
import type { SparseMatrix } from "./sparse-matrix.ts"

/** The entries of A^-1 within the pattern of the Cholesky factor. */
export interface SelectedInverse {
  readonly analysis: CholeskyAnalysis
  /** Of (P A P')^-1, as the rows of L stand in `factorRows`. */
  readonly values: Float64Array
}

/**
 * The entries of A^-1 where L is not zero, without the others: with Z = (P A P')^-1, z_ij = [i = j] / l_jj^2 - (1 / l_jj) sum over k > j of z_ik l_kj, from
 * the last column to the first; all that is read lies within the pattern. (Takahashi, Fagan and Chin 1973; Erisman and Tinney 1975, Comm. ACM 18, 177-179.)
 */
export const selectedInverse = ({ analysis, values: l }: SparseCholesky): SelectedInverse => {
  const { size: n, factorStarts, factorRows } = analysis
  const z = new Float64Array(l.length)
  /** Where in column j a row stands: read only for rows of column j. */
  const mine = new Int32Array(n).fill(-1)
  const sum = new Float64Array(n)
  for (let j = n - 1; j >= 0; j--) {
    const first = factorStarts[j]!
    const last = factorStarts[j + 1]!
    for (let p = first + 1; p < last; p++) mine[factorRows[p]!] = p
    for (let p = first + 1; p < last; p++) {
      const k = factorRows[p]!
      const ofK = l[p]!
      let diagonal = factorStarts[k]!
      let total = ofK * z[diagonal]!
      for (const end = factorStarts[k + 1]!; ++diagonal < end; ) {
        const i = factorRows[diagonal]!
        const at = mine[i]!
        if (at === -1) continue
        total += l[at]! * z[diagonal]!
        sum[i]! += ofK * z[diagonal]!
      }
      sum[k]! += total
    }
    const pivot = l[first]!
    let own = 1 / pivot
    for (let p = first + 1; p < last; p++) {
      const i = factorRows[p]!
      z[p] = -sum[i]! / pivot
      own -= l[p]! * z[p]!
      sum[i] = 0
      mine[i] = -1
    }
    z[first] = own / pivot
  }
  return { analysis, values: z }
}

/** The diagonal of A^-1, in the order of A. */
export const inverseDiagonal = ({ analysis: { size, order, factorStarts }, values }: SelectedInverse): Float64Array => {
  const diagonal = new Float64Array(size)
  for (let k = 0; k < size; k++) diagonal[order[k]!] = values[factorStarts[k]!]!
  return diagonal
}

/**
 * tr(A^-1 B) = sum over i, j of (A^-1)_ij b_ji for B whose entries lie within the pattern of A or where A's factor fills in, in either triangle. Throws a
 * RangeError that counts the entries that lie elsewhere and names the first.
 */
export const traceOfInverseTimes = ({ analysis, values }: SelectedInverse, b: SparseMatrix): number => {
  const { size: n, order, factorStarts, factorRows } = analysis
  if (b.rows !== n || b.columnCount !== n) throw new RangeError(`tr(A^-1 B) with A ${n} x ${n} needs B of that shape; it is ${b.rows} x ${b.columnCount}`)
  const place = new Int32Array(n)
  for (let k = 0; k < n; k++) place[order[k]!] = k
  let trace = 0
  let outside = 0
  let named = ""
  for (let i = 0; i < n; i++)
    for (let at = b.starts[i]!; at < b.starts[i + 1]!; at++) {
      const p = place[i]!
      const q = place[b.columns[at]!]!
      const column = Math.min(p, q)
      const row = Math.max(p, q)
      let low = factorStarts[column]!
      let high = factorStarts[column + 1]! - 1
      while (low < high) {
        const middle = (low + high) >> 1
        if (factorRows[middle]! < row) low = middle + 1
        else high = middle
      }
      if (factorRows[low] === row) trace += values[low]! * b.values[at]!
      else if (outside++ === 0) named = `(${i}, ${b.columns[at]})`
    }
  if (outside > 0)
    throw new RangeError(
      `tr(A^-1 B): ${outside} entries of B lie where the factor of A has none, the first at ${named}; add B's pattern to A's before the analysis`
    )
  return trace
}
