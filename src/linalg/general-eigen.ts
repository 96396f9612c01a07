import { hessenberg } from "./hessenberg.ts"

/** Eigenvalues of a real square matrix, conjugate pairs included. */
export interface Eigenvalues {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

const SWEEPS_PER_EIGENVALUE = 150

/**
 * What counts as rounding beside the matrix after so many sweeps at one place: in a cluster of equal eigenvalues with few eigenvectors (an entity
 * that is nobody's neighbour makes a zero of this kind) rounding itself undoes each sweep's progress, and the last digits must be let go.
 */
const patience = (sweeps: number): number => (sweeps <= 30 ? 1 : 10 ** ((sweeps - 30) / 12))

/**
 * All eigenvalues of a square row-major matrix that need not be symmetric: reduction to Hessenberg form, then Francis's implicit double-shift QR
 * steps until subdiagonal elements vanish (Golub and Van Loan 2013, algorithms 7.4.2, 7.5.1 and 7.5.2). Every tenth sweep at one place takes an
 * exceptional shift, without which the steps can go round in circles on matrices of zeros and ones.
 */
export const generalEigenvalues = (matrix: Float64Array, size: number): Eigenvalues => {
  if (!matrix.every(Number.isFinite)) throw new RangeError("eigenvalues of a matrix with an entry that is not finite")
  const h = hessenberg(matrix, size)
  const negligible = Number.EPSILON * h.reduce((norm, x) => Math.hypot(norm, x), 0)
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  let last = size - 1
  let sweeps = 0
  while (last >= 0) {
    const first = blockStart(h, size, last, negligible * patience(sweeps))
    if (first === last) {
      real[last] = h[last * size + last]!
      last--
      sweeps = 0
    } else if (first === last - 1) {
      pair(h, size, first, real, imaginary)
      last -= 2
      sweeps = 0
    } else {
      if (++sweeps > SWEEPS_PER_EIGENVALUE) throw new RangeError(`the QR algorithm has not converged after ${SWEEPS_PER_EIGENVALUE} sweeps`)
      francisStep(h, size, first, last, sweeps % 10 === 0)
    }
  }
  return { real, imaginary }
}

/** Where the unreduced block that ends in row `last` begins: below the nearest subdiagonal element that is rounding beside the matrix, which is set to zero. */
const blockStart = (h: Float64Array, size: number, last: number, negligible: number): number => {
  for (let k = last; k > 0; k--) {
    if (Math.abs(h[k * size + k - 1]!) > negligible) continue
    h[k * size + k - 1] = 0
    return k
  }
  return 0
}

/** The two eigenvalues of the block in rows k and k + 1. */
const pair = (h: Float64Array, size: number, k: number, real: Float64Array, imaginary: Float64Array): void => {
  const [a, b, c, d] = [h[k * size + k]!, h[k * size + k + 1]!, h[(k + 1) * size + k]!, h[(k + 1) * size + k + 1]!]
  const half = (a - d) / 2
  const discriminant = half * half + b * c
  if (discriminant < 0) {
    real[k] = real[k + 1] = (a + d) / 2
    imaginary[k] = Math.sqrt(-discriminant)
    imaginary[k + 1] = -imaginary[k]!
    return
  }
  // The larger of the two differences is added, the other comes from the product: no cancellation.
  const z = half + (half < 0 ? -1 : 1) * Math.sqrt(discriminant)
  real[k] = d + z
  real[k + 1] = z === 0 ? d : d - (b * c) / z
}

/** One implicit double-shift QR step on the unreduced block of rows and columns first..last. */
const francisStep = (h: Float64Array, size: number, first: number, last: number, exceptional: boolean): void => {
  const at = (i: number, j: number) => h[i * size + j]!
  // The shifts are the eigenvalues of the last 2 x 2 block [[a, .], [., b]] with c the product of its off-diagonal elements.
  let [a, b, c] = [at(last - 1, last - 1), at(last, last), at(last, last - 1) * at(last - 1, last)]
  const half = (a - b) / 2
  const discriminant = half * half + c
  if (discriminant >= 0) {
    // Two real shifts: the one nearer to the last diagonal element, twice.
    const root = half + (half < 0 ? -1 : 1) * Math.sqrt(discriminant)
    a = b = root === 0 ? b : b - c / root
    c = 0
  }
  if (exceptional) {
    const s = Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2))
    a = b = at(last, last) + 0.75 * s
    c = -0.4375 * s * s
  }
  // The step may begin below two small subdiagonal elements in a row: through them the shifts' digits would be lost.
  let start = last - 2
  let column = shiftedColumn(h, size, start, a, b, c)
  for (; start > first; column = shiftedColumn(h, size, --start, a, b, c)) {
    const [x, y, z] = column
    const diagonal = Math.abs(at(start - 1, start - 1)) + Math.abs(at(start, start)) + Math.abs(at(start + 1, start + 1))
    if (Math.abs(at(start, start - 1)) * (Math.abs(y) + Math.abs(z)) <= Number.EPSILON * Math.abs(x) * diagonal) break
  }
  if (start > first) h[start * size + start - 1]! *= -1
  for (let k = start; k < last; k++) {
    reflect(h, size, k, column, Math.max(start, k - 1), last, first, Math.min(k + 3, last))
    column = [at(k + 1, k), k + 2 <= last ? at(k + 2, k) : 0, k + 3 <= last ? at(k + 3, k) : 0]
  }
}

/** The first column of (H - shift 1)(H - shift 2) from row k on, divided by H's subdiagonal element there; in differences from the diagonal, so that nothing cancels. */
const shiftedColumn = (h: Float64Array, size: number, k: number, a: number, b: number, c: number): readonly [number, number, number] => {
  const corner = h[k * size + k]!
  const below = h[(k + 1) * size + k]!
  return [((a - corner) * (b - corner) - c) / below + h[k * size + k + 1]!, h[(k + 1) * size + k + 1]! + corner - a - b, h[(k + 2) * size + k + 1]!]
}

/** Applies the reflection that turns v into a multiple of the first unit vector to rows k, k+1, k+2 (columns from..to) and to those columns (rows top..bottom). */
const reflect = (
  h: Float64Array,
  size: number,
  k: number,
  v: readonly [number, number, number],
  from: number,
  to: number,
  top: number,
  bottom: number
): void => {
  const largest = Math.max(Math.abs(v[0]), Math.abs(v[1]), Math.abs(v[2]))
  if (largest === 0) return
  const [x, y, z] = [v[0] / largest, v[1] / largest, v[2] / largest]
  const alpha = (x < 0 ? -1 : 1) * Math.hypot(x, y, z)
  const [q, r] = [y / (x + alpha), z / (x + alpha)]
  const beta = (x + alpha) / alpha
  const third = k + 2 <= to
  for (let j = from; j <= to; j++) {
    const sum = beta * (h[k * size + j]! + q * h[(k + 1) * size + j]! + (third ? r * h[(k + 2) * size + j]! : 0))
    h[k * size + j]! -= sum
    h[(k + 1) * size + j]! -= sum * q
    if (third) h[(k + 2) * size + j]! -= sum * r
  }
  for (let i = top; i <= bottom; i++) {
    const sum = beta * (h[i * size + k]! + q * h[i * size + k + 1]! + (third ? r * h[i * size + k + 2]! : 0))
    h[i * size + k]! -= sum
    h[i * size + k + 1]! -= sum * q
    if (third) h[i * size + k + 2]! -= sum * r
  }
}
