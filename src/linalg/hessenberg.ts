import { reflection } from "./reflection.ts"

/**
 * A matrix similar to the given square row-major one with zeros below its first subdiagonal, by Householder reflections, 10/3 n^3 operations (Golub and Van
 * Loan 2013, algorithm 7.4.2). The argument is left as it is. The matrix is gone through once a step: each row gets the last reflection's update from both
 * sides, H - v p' - q v', and while it is at hand its part of the products with the next reflection's vector, which the first updated column gives.
 */
export const hessenberg = (matrix: Float64Array, size: number): Float64Array => {
  const h = Float64Array.from(matrix)
  let v = new Float64Array(size)
  let u = new Float64Array(size)
  const p = new Float64Array(size)
  const q = new Float64Array(size)
  const left = new Float64Array(size)
  const right = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    // Column k, brought up to date; below the subdiagonal it is what the next reflection is made of.
    for (let i = 0; i < size; i++) h[i * size + k]! -= v[i]! * p[k]! + q[i]! * v[k]!
    if (k === size - 1) break
    u.fill(0)
    for (let i = k + 1; i < size; i++) {
      u[i] = h[i * size + k]!
      h[i * size + k] = 0
    }
    const { alpha, beta } = reflection(u.subarray(k + 1))
    h[(k + 1) * size + k] = alpha
    updateAndMultiply(h, size, k + 1, v, p, q, u, left, right)
    let inner = 0
    for (let j = k + 1; j < size; j++) inner += left[j]! * u[j]!
    const half = (beta * beta * inner) / 2
    for (let i = 0; i < size; i++) {
      p[i] = beta * left[i]! - half * u[i]!
      q[i] = beta * right[i]! - half * u[i]!
    }
    ;[v, u] = [u, v]
  }
  return h
}

/** H <- H - v p' - q v' in columns first.., with left = u'H and right = H u there; two rows at a time, so that what belongs to a column is read once for both. */
const updateAndMultiply = (
  h: Float64Array,
  size: number,
  first: number,
  v: Float64Array,
  p: Float64Array,
  q: Float64Array,
  u: Float64Array,
  left: Float64Array,
  right: Float64Array
): void => {
  left.fill(0)
  for (let i = 0; i < size; i += 2) {
    // With an odd number of rows the last is taken twice, the second time for nothing.
    const other = i + 1 < size ? i + 1 : i
    const [above, under] = [i * size, other * size]
    const [v0, q0, u0] = [v[i]!, q[i]!, u[i]!]
    const [v1, q1, u1] = other === i ? [0, 0, 0] : [v[other]!, q[other]!, u[other]!]
    let sum0 = 0
    let sum1 = 0
    for (let j = first; j < size; j++) {
      const vj = v[j]!
      const pj = p[j]!
      const uj = u[j]!
      const x = h[above + j]! - v0 * pj - q0 * vj
      h[above + j] = x
      const y = h[under + j]! - v1 * pj - q1 * vj
      h[under + j] = y
      sum0 += x * uj
      sum1 += y * uj
      left[j]! += x * u0 + y * u1
    }
    right[other] = sum1
    right[i] = sum0
  }
}
