/** A = sum of values[k] v_k v_k', values ascending, `vectors[k]` of unit length. */
export interface SymmetricEigen {
  readonly values: Float64Array
  readonly vectors: ReadonlyArray<Float64Array>
}

/**
 * Eigenvalues and eigenvectors of a small symmetric row-major matrix, by cyclic Jacobi rotations until all off-diagonal elements are negligible
 * beside the matrix (Golub and Van Loan 2013, algorithm 8.5.3).
 */
export const symmetricEigen = (matrix: Float64Array, size: number): SymmetricEigen => {
  if (!matrix.every(Number.isFinite)) throw new RangeError("eigenvalues of a matrix with an entry that is not finite")
  const a = Float64Array.from(matrix)
  const vectors = Array.from({ length: size }, (_, k) => Float64Array.from({ length: size }, (_, i) => (i === k ? 1 : 0)))
  const largest = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  // Smaller than half a unit in the last place of any eigenvalue that counts.
  const negligible = (Number.EPSILON / 4) * largest
  for (let rotated = true; rotated; ) {
    rotated = false
    for (let p = 0; p < size - 1; p++)
      for (let q = p + 1; q < size; q++) {
        const apq = a[p * size + q]!
        if (Math.abs(apq) <= negligible) continue
        rotated = true
        const tau = (a[q * size + q]! - a[p * size + p]!) / (2 * apq)
        const tangent = (tau < 0 ? -1 : 1) / (Math.abs(tau) + Math.hypot(1, tau))
        const cosine = 1 / Math.hypot(1, tangent)
        rotate(a, size, p, q, cosine, tangent * cosine)
        turn(vectors[p]!, vectors[q]!, cosine, tangent * cosine)
      }
  }
  const order = Array.from({ length: size }, (_, k) => k).sort((i, j) => a[i * size + i]! - a[j * size + j]!)
  return { values: Float64Array.from(order, (k) => a[k * size + k]!), vectors: order.map((k) => vectors[k]!) }
}

/** J'A J of the rotation J in the plane of p and q that makes a_pq zero. */
const rotate = (a: Float64Array, size: number, p: number, q: number, cosine: number, sine: number): void => {
  for (let k = 0; k < size; k++) {
    const x = a[k * size + p]!
    const y = a[k * size + q]!
    a[k * size + p] = cosine * x - sine * y
    a[k * size + q] = sine * x + cosine * y
  }
  turn(a.subarray(p * size, (p + 1) * size), a.subarray(q * size, (q + 1) * size), cosine, sine)
  a[p * size + q] = a[q * size + p] = 0
}

const turn = (x: Float64Array, y: Float64Array, cosine: number, sine: number): void => {
  for (let k = 0; k < x.length; k++) {
    const a = x[k]!
    const b = y[k]!
    x[k] = cosine * a - sine * b
    y[k] = sine * a + cosine * b
  }
}
