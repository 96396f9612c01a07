/** P A = L U with partial pivoting: L (unit diagonal) below and U on and above the diagonal of `factors`, row-major; `order[i]` is the row of A in place i. */
export interface LU {
  readonly size: number
  readonly factors: Float64Array
  readonly order: Int32Array
  /** A pivot is exactly zero: the matrix has no inverse. */
  readonly singular: boolean
}

/** So many columns are eliminated before the rest of the matrix is gone through once for all of them. */
const PANEL = 8

/** Factors a square row-major matrix; the argument is left as it is. (Golub and Van Loan 2013, algorithms 3.4.1 and, by panels, 3.2.5.) */
export const luFactor = (matrix: Float64Array, size: number): LU => {
  const a = Float64Array.from(matrix)
  const order = Int32Array.from({ length: size }, (_, i) => i)
  let singular = false
  for (let first = 0; first < size; first += PANEL) {
    const after = Math.min(size, first + PANEL)
    for (let k = first; k < after; k++) {
      let pivot = k
      for (let i = k + 1; i < size; i++) if (Math.abs(a[i * size + k]!) > Math.abs(a[pivot * size + k]!)) pivot = i
      if (a[pivot * size + k] === 0) {
        singular = true
        continue
      }
      if (pivot !== k) {
        for (let j = 0; j < size; j++) {
          const held = a[k * size + j]!
          a[k * size + j] = a[pivot * size + j]!
          a[pivot * size + j] = held
        }
        ;[order[k], order[pivot]] = [order[pivot]!, order[k]!]
      }
      for (let i = k + 1; i < size; i++) {
        const ratio = a[i * size + k]! / a[k * size + k]!
        a[i * size + k] = ratio
        if (ratio !== 0) for (let j = k + 1; j < after; j++) a[i * size + j]! -= ratio * a[k * size + j]!
      }
    }
    for (let i = first + 1; i < size; i++) subtractRows(a, size, a, size, i, first, Math.min(i, after), after)
  }
  return { size, factors: a, order, singular }
}

/** Row i of X, from `column` on, less the multiples of rows from..to - 1 that stand in row i of the factors: four at a time, so that row i is read and written less often. */
const subtractRows = (x: Float64Array, columns: number, factors: Float64Array, size: number, i: number, from: number, to: number, column = 0): void => {
  const own = i * columns
  let k = from
  for (; k + 3 < to; k += 4) {
    const a = factors[i * size + k]!
    const b = factors[i * size + k + 1]!
    const c = factors[i * size + k + 2]!
    const d = factors[i * size + k + 3]!
    if (a === 0 && b === 0 && c === 0 && d === 0) continue
    const first = k * columns
    const second = first + columns
    const third = second + columns
    const fourth = third + columns
    for (let j = column; j < columns; j++) x[own + j]! -= a * x[first + j]! + b * x[second + j]! + (c * x[third + j]! + d * x[fourth + j]!)
  }
  for (; k < to; k++) {
    const scale = factors[i * size + k]!
    if (scale !== 0) for (let j = column; j < columns; j++) x[own + j]! -= scale * x[k * columns + j]!
  }
}

/** Solves A X = B for a row-major size x columns B. The factors must not be singular. */
export const luSolve = ({ size, factors, order }: LU, right: Float64Array, columns = 1): Float64Array => {
  const x = new Float64Array(size * columns)
  for (let i = 0; i < size; i++) x.set(right.subarray(order[i]! * columns, (order[i]! + 1) * columns), i * columns)
  for (let i = 0; i < size; i++) subtractRows(x, columns, factors, size, i, 0, i)
  for (let i = size - 1; i >= 0; i--) {
    subtractRows(x, columns, factors, size, i, i + 1, size)
    const pivot = factors[i * size + i]!
    for (let j = 0; j < columns; j++) x[i * columns + j]! /= pivot
  }
  return x
}

/** Solves A' X = B for a row-major size x columns B. The factors must not be singular. */
export const luSolveTransposed = ({ size, factors, order }: LU, right: Float64Array, columns = 1): Float64Array => {
  const y = Float64Array.from(right)
  const subtract = (i: number, k: number) => {
    const scale = factors[k * size + i]!
    if (scale !== 0) for (let j = 0; j < columns; j++) y[i * columns + j]! -= scale * y[k * columns + j]!
  }
  for (let k = 0; k < size; k++) {
    for (let j = 0; j < columns; j++) y[k * columns + j]! /= factors[k * size + k]!
    for (let i = k + 1; i < size; i++) subtract(i, k)
  }
  for (let k = size - 1; k >= 0; k--) for (let i = 0; i < k; i++) subtract(i, k)
  const x = new Float64Array(size * columns)
  for (let i = 0; i < size; i++) x.set(y.subarray(i * columns, (i + 1) * columns), order[i]! * columns)
  return x
}

export const luInverse = (lu: LU): Float64Array => {
  const identity = new Float64Array(lu.size * lu.size)
  for (let i = 0; i < lu.size; i++) identity[i * lu.size + i] = 1
  return luSolve(lu, identity, lu.size)
}

/** ln |det A|: the sum of the logarithms of the pivots' sizes. */
export const logAbsDeterminant = ({ size, factors }: LU): number => {
  let sum = 0
  for (let i = 0; i < size; i++) sum += Math.log(Math.abs(factors[i * size + i]!))
  return sum
}
