/**
 * A matrix similar to the given square row-major one with zeros below its first subdiagonal, by Householder reflections (Golub and Van Loan 2013,
 * algorithm 7.4.2). The argument is left as it is.
 */
export const hessenberg = (matrix: Float64Array, size: number): Float64Array => {
  const h = Float64Array.from(matrix)
  const v = new Float64Array(size)
  for (let k = 0; k < size - 2; k++) {
    let largest = 0
    for (let i = k + 1; i < size; i++) largest = Math.max(largest, Math.abs(h[i * size + k]!))
    if (largest === 0) continue
    let squares = 0
    for (let i = k + 1; i < size; i++) {
      v[i] = h[i * size + k]! / largest
      squares += v[i]! * v[i]!
    }
    const alpha = (v[k + 1]! < 0 ? -1 : 1) * Math.sqrt(squares)
    v[k + 1]! += alpha
    const beta = 1 / (alpha * v[k + 1]!)
    for (let j = k; j < size; j++) {
      let sum = 0
      for (let i = k + 1; i < size; i++) sum += v[i]! * h[i * size + j]!
      for (let i = k + 1; i < size; i++) h[i * size + j]! -= beta * sum * v[i]!
    }
    for (let i = 0; i < size; i++) {
      let sum = 0
      for (let j = k + 1; j < size; j++) sum += h[i * size + j]! * v[j]!
      for (let j = k + 1; j < size; j++) h[i * size + j]! -= beta * sum * v[j]!
    }
    for (let i = k + 2; i < size; i++) h[i * size + k] = 0
  }
  return h
}
