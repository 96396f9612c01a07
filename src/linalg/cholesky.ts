/**
 * Cholesky factor of a symmetric positive definite matrix A = L L'.
 *
 * `a` is n x n, row-major; its lower triangle is read. Returns L (row-major, zeros above the diagonal), or undefined where A is not numerically
 * positive definite: a pivot that is at most `tolerance` times the diagonal element it started from. A Cholesky pivot loses about twice the digits
 * that a QR pivot does, so the tolerance is that of a squared norm.
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), algorithm 4.2.1 in its inner-product form.
 */
export const cholesky = (a: Float64Array, n: number, tolerance = 1e-13): Float64Array | undefined => {
  const l = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    const row = i * n
    for (let j = 0; j <= i; j++) {
      const other = j * n
      let sum = a[row + j]!
      for (let k = 0; k < j; k++) sum -= l[row + k]! * l[other + k]!
      if (i !== j) l[row + j] = sum / l[other + j]!
      else if (sum > tolerance * a[row + i]!) l[row + i] = Math.sqrt(sum)
      else return undefined
    }
  }
  return l
}

/** Solves L L' X = B for `columns` right-hand sides; `b` is n x columns, row-major, and is not changed. */
export const choleskySolve = (l: Float64Array, n: number, b: Float64Array, columns = 1): Float64Array => {
  const x = Float64Array.from(b)
  for (let c = 0; c < columns; c++) {
    for (let i = 0; i < n; i++) {
      let sum = x[i * columns + c]!
      for (let k = 0; k < i; k++) sum -= l[i * n + k]! * x[k * columns + c]!
      x[i * columns + c] = sum / l[i * n + i]!
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i * columns + c]!
      for (let k = i + 1; k < n; k++) sum -= l[k * n + i]! * x[k * columns + c]!
      x[i * columns + c] = sum / l[i * n + i]!
    }
  }
  return x
}

/** The inverse of A = L L', row-major, exactly symmetric. */
export const choleskyInverse = (l: Float64Array, n: number): Float64Array => {
  const identity = new Float64Array(n * n)
  for (let i = 0; i < n; i++) identity[i * n + i] = 1
  const inverse = choleskySolve(l, n, identity, n)
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) inverse[i * n + j] = inverse[j * n + i]!
  return inverse
}

/** ln|A| = 2 sum ln L_ii. */
export const choleskyLogDeterminant = (l: Float64Array, n: number): number => {
  let sum = 0
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!)
  return 2 * sum
}
