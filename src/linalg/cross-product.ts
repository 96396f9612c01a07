/** X'Y of two sets of columns: x.length x y.length, row-major. */
export const crossProduct = (x: ReadonlyArray<Float64Array>, y: ReadonlyArray<Float64Array> = x): Float64Array => {
  const result = new Float64Array(x.length * y.length)
  const symmetric = x === y
  for (let i = 0; i < x.length; i++) {
    const a = x[i]!
    for (let j = symmetric ? i : 0; j < y.length; j++) {
      const b = y[j]!
      let sum = 0
      for (let t = 0; t < a.length; t++) sum += a[t]! * b[t]!
      result[i * y.length + j] = sum
      if (symmetric) result[j * y.length + i] = sum
    }
  }
  return result
}

/** A B of row-major matrices, A being m x k and B k x n. */
export const multiply = (a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array => {
  const result = new Float64Array(m * n)
  for (let i = 0; i < m; i++)
    for (let p = 0; p < k; p++) {
      const factor = a[i * k + p]!
      if (factor !== 0) for (let j = 0; j < n; j++) result[i * n + j] = result[i * n + j]! + factor * b[p * n + j]!
    }
  return result
}

/** A B A' for symmetric B (the meat of a sandwich; A is its bread, or a root of it), n x n, row-major; exactly symmetric. */
export const sandwich = (a: Float64Array, b: Float64Array, n: number): Float64Array => {
  const transposed = Float64Array.from({ length: n * n }, (_, c) => a[(c % n) * n + Math.floor(c / n)]!)
  const result = multiply(multiply(a, b, n, n, n), transposed, n, n, n)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const mean = (result[i * n + j]! + result[j * n + i]!) / 2
      result[i * n + j] = mean
      result[j * n + i] = mean
    }
  return result
}

/** x'A y for an n x n row-major matrix. */
export const bilinear = (x: Float64Array, a: Float64Array, y: Float64Array = x): number => {
  const n = y.length
  let sum = 0
  for (let i = 0; i < x.length; i++) {
    let row = 0
    for (let j = 0; j < n; j++) row += a[i * n + j]! * y[j]!
    sum += x[i]! * row
  }
  return sum
}

/** The rows and columns `keep` of an n x n row-major matrix. */
export const submatrix = (a: Float64Array, n: number, keep: ReadonlyArray<number>): Float64Array => {
  const m = keep.length
  const result = new Float64Array(m * m)
  for (let i = 0; i < m; i++) for (let j = 0; j < m; j++) result[i * m + j] = a[keep[i]! * n + keep[j]!]!
  return result
}
