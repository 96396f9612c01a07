import { dot } from "./dot.ts"

const takeOff = (basis: ReadonlyArray<Float64Array>, x: Float64Array): void => {
  for (const q of basis) {
    const along = dot(q, x)
    for (let i = 0; i < x.length; i++) x[i] = x[i]! - along * q[i]!
  }
}

/**
 * An orthonormal basis of what the columns span, in new arrays; a column of which those before it leave at most `tolerance` of its norm adds nothing. `norms` are
 * the norms that columns are held against in the place of their own: of a column from which something was taken off, that before, so that noise is not taken for a direction.
 *
 * Gram-Schmidt in its modified form, each column taken through twice: orthogonal to rounding error (Giraud, Langou, Rozloznik and van den Eshof 2005,
 * Numerische Mathematik 101).
 */
export const orthonormalBasis = (columns: ReadonlyArray<Float64Array>, tolerance = 1e-7, norms?: ArrayLike<number>): ReadonlyArray<Float64Array> => {
  const basis: Array<Float64Array> = []
  for (const [c, column] of columns.entries()) {
    const x = column.slice()
    const whole = norms?.[c] ?? Math.sqrt(dot(x, x))
    takeOff(basis, x)
    if (!(Math.sqrt(dot(x, x)) > tolerance * whole)) continue
    takeOff(basis, x)
    const length = Math.sqrt(dot(x, x))
    basis.push(x.map((v) => v / length))
  }
  return basis
}

/** What the span of an orthonormal basis leaves of x, in a new array. */
export const offSpan = (x: Float64Array, basis: ReadonlyArray<Float64Array>): Float64Array => {
  const left = x.slice()
  takeOff(basis, left)
  takeOff(basis, left)
  return left
}

/** An orthonormal basis of the vectors of R^n that are at right angles to the given ones, which must be independent. */
export const orthogonalComplement = (vectors: ReadonlyArray<Float64Array>, n: number): ReadonlyArray<Float64Array> => {
  const basis = [...orthonormalBasis(vectors, 0)]
  const complement: Array<Float64Array> = []
  while (basis.length < n) {
    // The axis of which the most is left: always a good part of it.
    let best: Float64Array = new Float64Array(n)
    let square = 0
    for (let i = 0; i < n; i++) {
      const axis = new Float64Array(n)
      axis[i] = 1
      const left = offSpan(axis, basis)
      if (dot(left, left) > square) {
        square = dot(left, left)
        best = left
      }
    }
    const unit = best.map((value) => value / Math.sqrt(square))
    basis.push(unit)
    complement.push(unit)
  }
  return complement
}

/** The inner products of x with each of the vectors. */
export const along = (vectors: ReadonlyArray<Float64Array>, x: Float64Array): Float64Array => Float64Array.from(vectors, (vector) => dot(vector, x))

/** The sum of the columns times their coefficients. */
export const combine = (columns: ReadonlyArray<Float64Array>, coefficients: ArrayLike<number>): Float64Array => {
  const sum = new Float64Array(columns[0]?.length ?? 0)
  for (const [j, column] of columns.entries()) {
    const scale = coefficients[j]!
    for (let i = 0; i < sum.length; i++) sum[i] = sum[i]! + scale * column[i]!
  }
  return sum
}
