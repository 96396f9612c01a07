import { type SparseMatrix, transpose } from "./sparse-matrix.ts"
import { isPatternSymmetric } from "./sparse-pattern.ts"

/**
 * The symmetric S = D^(1/2) W D^(-1/2) that is similar to W where some positive diagonal D makes D W symmetric, else undefined: so it is with symmetric
 * weights whose rows were divided by their sums (Ord 1975, JASA 70, 120-126). S has W's pattern, s_ij = sign(w_ij) sqrt(w_ij w_ji), and W's eigenvalues, which
 * are real. D is followed along the links from one place of each component, d_j = d_i w_ij / w_ji, and every other link is held against it.
 */
export const similarSymmetric = (w: SparseMatrix): SparseMatrix | undefined => {
  if (!isPatternSymmetric(w)) return undefined
  const { rows: n, starts, columns } = w
  const across = transpose(w).values
  const values = new Float64Array(w.values.length)
  for (let at = 0; at < values.length; at++) {
    const [there, back] = [w.values[at]!, across[at]!]
    if (Math.sign(there) !== Math.sign(back)) return undefined
    values[at] = there === back ? there : Math.sign(there) * Math.sqrt(Math.abs(there)) * Math.sqrt(Math.abs(back))
  }
  // Logarithms: along a long path the ratios may leave the range of doubles.
  const log = new Float64Array(n)
  const known = new Uint8Array(n)
  const stack = new Int32Array(n)
  for (let root = 0; root < n; root++) {
    if (known[root] === 1) continue
    let top = 0
    stack[top++] = root
    known[root] = 1
    while (top > 0) {
      const i = stack[--top]!
      for (let at = starts[i]!; at < starts[i + 1]!; at++) {
        if (w.values[at] === 0) continue
        const j = columns[at]!
        const expected = log[i]! + Math.log(w.values[at]! / across[at]!)
        if (known[j] === 0) {
          known[j] = 1
          log[j] = expected
          stack[top++] = j
        } else if (Math.abs(log[j]! - expected) > 1e-9) return undefined
      }
    }
  }
  return { ...w, values }
}
