import { reflection } from "./reflection.ts"

/** A symmetric tridiagonal matrix: `diagonal[i]`, and `below[i]` at (i + 1, i) and (i, i + 1). */
export interface Tridiagonal {
  readonly diagonal: Float64Array
  /** One shorter than the diagonal. */
  readonly below: Float64Array
}

/**
 * The tridiagonal matrix that is similar to a symmetric row-major one, by Householder reflections, 4/3 n^3 operations (Golub and Van Loan 2013, algorithm
 * 8.3.1). The lower triangle is read and written over. The trailing block is gone through once a step: each row gets the last reflection's update and, while
 * it is at hand, its part of the product with the next reflection's vector, which the first updated column gives.
 */
export const tridiagonalize = (a: Float64Array, size: number): Tridiagonal => {
  const diagonal = new Float64Array(size)
  const below = new Float64Array(Math.max(0, size - 1))
  // The last reflection, from row `k` on, makes A - v w' - w v' of the trailing block.
  let v = new Float64Array(size)
  const w = new Float64Array(size)
  let next = new Float64Array(size)
  const product = new Float64Array(size)
  for (let k = 0; k < size; k++) {
    // Column k, brought up to date; below the diagonal it is what the next reflection is made of.
    diagonal[k] = a[k * size + k]! - 2 * v[k]! * w[k]!
    if (k === size - 1) break
    for (let i = k + 1; i < size; i++) next[i] = a[i * size + k]! - v[i]! * w[k]! - w[i]! * v[k]!
    const { alpha, beta } = reflection(next.subarray(k + 1))
    below[k] = alpha
    updateAndMultiply(a, size, k + 1, v, w, next, product)
    // w = beta p - (beta^2 p'v / 2) v with p = A v.
    let inner = 0
    for (let i = k + 1; i < size; i++) inner += product[i]! * next[i]!
    const half = (beta * beta * inner) / 2
    for (let i = k + 1; i < size; i++) w[i] = beta * product[i]! - half * next[i]!
    ;[v, next] = [next, v]
  }
  return { diagonal, below }
}

/** A <- A - v w' - w v' and p = A u on rows and columns first.. of the lower triangle, two rows at a time so that what belongs to a column is read once for both. */
const updateAndMultiply = (a: Float64Array, size: number, first: number, v: Float64Array, w: Float64Array, u: Float64Array, p: Float64Array): void => {
  p.fill(0, first)
  let i = first
  for (; i + 1 < size; i += 2) {
    const above = i * size
    const under = above + size
    const [v0, w0, u0, v1, w1, u1] = [v[i]!, w[i]!, u[i]!, v[i + 1]!, w[i + 1]!, u[i + 1]!]
    let sum0 = 0
    let sum1 = 0
    for (let j = first; j < i; j++) {
      const vj = v[j]!
      const wj = w[j]!
      const uj = u[j]!
      const x = a[above + j]! - v0 * wj - w0 * vj
      const y = a[under + j]! - v1 * wj - w1 * vj
      a[above + j] = x
      a[under + j] = y
      sum0 += x * uj
      sum1 += y * uj
      p[j]! += x * u0 + y * u1
    }
    const corner = (a[above + i]! -= 2 * v0 * w0)
    const side = (a[under + i]! -= v1 * w0 + w1 * v0)
    const last = (a[under + i + 1]! -= 2 * v1 * w1)
    p[i]! += sum0 + corner * u0 + side * u1
    p[i + 1]! += sum1 + side * u0 + last * u1
  }
  if (i < size) {
    const row = i * size
    const [vi, wi, ui] = [v[i]!, w[i]!, u[i]!]
    let sum = 0
    for (let j = first; j < i; j++) {
      const x = (a[row + j]! -= vi * w[j]! + wi * v[j]!)
      sum += x * u[j]!
      p[j]! += x * ui
    }
    p[i]! += sum + (a[row + i]! -= 2 * vi * wi) * ui
  }
}
