/** A QR factorisation of the columns that are linearly independent of those before them. */
export interface Qr {
  readonly rows: number
  readonly rank: number
  /** Indices of the independent columns, in the order given: the order of `r` and of all coefficients. */
  readonly kept: ReadonlyArray<number>
  /** Indices of the columns that are (numerically) combinations of earlier ones. */
  readonly dropped: ReadonlyArray<number>
  /** Upper triangular R, rank x rank, row-major. */
  readonly r: Float64Array
  /** Householder vectors of unit length; the j-th is zero above row j. */
  readonly reflectors: ReadonlyArray<Float64Array>
}

export interface QrOptions {
  /** A column is dropped where what earlier columns leave of it is at most this share of its norm. R's `lm` has 1e-7 too. */
  readonly tolerance?: number
  /** The norm that each column is held against; without it, its own. Columns that were demeaned give their norm before demeaning, so that a column which demeaning annihilates is seen. */
  readonly norms?: ArrayLike<number>
}

const norm = (x: Float64Array, from: number): number => {
  let largest = 0
  for (let i = from; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]!))
  if (largest === 0) return 0
  let sum = 0
  for (let i = from; i < x.length; i++) sum += (x[i]! / largest) ** 2
  return largest * Math.sqrt(sum)
}

const reflect = (v: Float64Array, from: number, x: Float64Array): void => {
  let dot = 0
  for (let i = from; i < x.length; i++) dot += v[i]! * x[i]!
  for (let i = from; i < x.length; i++) x[i] = x[i]! - 2 * dot * v[i]!
}

/**
 * Rank-revealing Householder QR with limited pivoting: columns are taken in the order given, and one that earlier columns explain is set aside.
 * So the first of two collinear regressors stays, as in R's `lm` (LINPACK dqrdc2) and Stata's `_rmcoll`. The given columns are not changed.
 *
 * Source: Golub and Van Loan, Matrix Computations (4th ed.), section 5.2.2.
 */
export const qr = (columns: ReadonlyArray<Float64Array>, options: QrOptions = {}): Qr => {
  const tolerance = options.tolerance ?? 1e-7
  const rows = columns[0]?.length ?? 0
  const kept: Array<number> = []
  const dropped: Array<number> = []
  const reflectors: Array<Float64Array> = []
  const triangle: Array<Float64Array> = []
  for (let c = 0; c < columns.length; c++) {
    const x = Float64Array.from(columns[c]!)
    const whole = options.norms?.[c] ?? norm(x, 0)
    for (let j = 0; j < reflectors.length; j++) reflect(reflectors[j]!, j, x)
    const k = kept.length
    const left = k < rows ? norm(x, k) : 0
    if (!(left > tolerance * whole)) {
      dropped.push(c)
      continue
    }
    const v = new Float64Array(rows)
    for (let i = k; i < rows; i++) v[i] = x[i]! / left
    // The sign that avoids cancellation: R's diagonal is then -left or +left.
    const sign = v[k]! >= 0 ? 1 : -1
    v[k] = v[k]! + sign
    const length = norm(v, k)
    for (let i = k; i < rows; i++) v[i] = v[i]! / length
    const column = x.slice(0, k + 1)
    column[k] = -sign * left
    reflectors.push(v)
    triangle.push(column)
    kept.push(c)
  }
  const rank = kept.length
  const r = new Float64Array(rank * rank)
  for (let j = 0; j < rank; j++) for (let i = 0; i <= j; i++) r[i * rank + j] = triangle[j]![i]!
  return { rows, rank, kept, dropped, r, reflectors }
}

/** Least-squares coefficients of y on the kept columns, in their order. */
export const leastSquares = ({ r, rank, reflectors }: Qr, y: Float64Array): Float64Array => {
  const z = Float64Array.from(y)
  for (let j = 0; j < rank; j++) reflect(reflectors[j]!, j, z)
  const b = new Float64Array(rank)
  for (let i = rank - 1; i >= 0; i--) {
    let sum = z[i]!
    for (let k = i + 1; k < rank; k++) sum -= r[i * rank + k]! * b[k]!
    b[i] = sum / r[i * rank + i]!
  }
  return b
}

/** What the kept columns leave of y: y - QQ'y. */
export const residuals = ({ rank, reflectors }: Qr, y: Float64Array): Float64Array => {
  const z = Float64Array.from(y)
  for (let j = 0; j < rank; j++) reflect(reflectors[j]!, j, z)
  z.fill(0, 0, rank)
  for (let j = rank - 1; j >= 0; j--) reflect(reflectors[j]!, j, z)
  return z
}

/** (X'X)^-1 = R^-1 R^-T over the kept columns: rank x rank, row-major, without forming X'X. */
export const inverseGram = ({ r, rank }: Qr): Float64Array => {
  const inverse = new Float64Array(rank * rank)
  for (let j = 0; j < rank; j++) {
    inverse[j * rank + j] = 1 / r[j * rank + j]!
    for (let i = j - 1; i >= 0; i--) {
      let sum = 0
      for (let k = i + 1; k <= j; k++) sum -= r[i * rank + k]! * inverse[k * rank + j]!
      inverse[i * rank + j] = sum / r[i * rank + i]!
    }
  }
  const gram = new Float64Array(rank * rank)
  for (let i = 0; i < rank; i++)
    for (let j = i; j < rank; j++) {
      let sum = 0
      for (let k = j; k < rank; k++) sum += inverse[i * rank + k]! * inverse[j * rank + k]!
      gram[i * rank + j] = sum
      gram[j * rank + i] = sum
    }
  return gram
}
