import { dot } from "./dot.ts"

const takeOff = (basis: ReadonlyArray<Float64Array>, x: Float64Array): void => {
  for (const q of basis) {
    const along = dot(q, x)
    for (let i = 0; i < x.length; i++) x[i] = x[i]! - along * q[i]!
  }
}

/**
 * An orthonormal basis of what the columns span, in new arrays; a column of which those before it leave at most `tolerance` of its norm adds nothing.
 *
 * Gram-Schmidt in its modified form, each column taken through twice: orthogonal to rounding error (Giraud, Langou, Rozloznik and van den Eshof 2005,
 * Numerische Mathematik 101).
 */
export const orthonormalBasis = (columns: ReadonlyArray<Float64Array>, tolerance = 1e-7): ReadonlyArray<Float64Array> => {
  const basis: Array<Float64Array> = []
  for (const column of columns) {
    const x = column.slice()
    const whole = Math.sqrt(dot(x, x))
    takeOff(basis, x)
    if (!(Math.sqrt(dot(x, x)) > tolerance * whole)) continue
    takeOff(basis, x)
    const length = Math.sqrt(dot(x, x))
    basis.push(x.map((v) => v / length))
  }
  return basis
}
