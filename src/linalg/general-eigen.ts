import { hessenberg } from "./hessenberg.ts"

/** Eigenvalues of a real square matrix, conjugate pairs included. */
export interface Eigenvalues {
  readonly real: Float64Array
  readonly imaginary: Float64Array
}

const SWEEPS_PER_EIGENVALUE = 100

/**
 * All eigenvalues of a square row-major matrix that need not be symmetric: reduction to Hessenberg form, then Francis's implicit double-shift QR
 * steps until subdiagonal elements vanish (Golub and Van Loan 2013, algorithms 7.4.2, 7.5.1 and 7.5.2). Every tenth sweep at one place takes an
 * exceptional shift, without which the steps can go round in circles on matrices of zeros and ones; ml-matrix's have none, and never end there.
 */
export const generalEigenvalues = (matrix: Float64Array, size: number): Eigenvalues => {
  if (!matrix.every(Number.isFinite)) throw new RangeError("eigenvalues of a matrix with an entry that is not finite")
  const h = hessenberg(matrix, size)
  const scale = h.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  let last = size - 1
  let sweeps = 0
  while (last >= 0) {
    const first = blockStart(h, size, last, scale)
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

/** Where the unreduced block that ends in row `last` begins: below the nearest negligible subdiagonal element, which is set to zero. */
const blockStart = (h: Float64Array, size: number, last: number, scale: number): number => {
  for (let k = last; k > 0; k--) {
    const diagonal = Math.abs(h[k * size + k]!) + Math.abs(h[(k - 1) * size + k - 1]!)
    if (Math.abs(h[k * size + k - 1]!) > Number.EPSILON * (diagonal === 0 ? scale : diagonal)) continue
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

/** One implicit double-shift QR step on rows and columns first..last. */
const francisStep = (h: Float64Array, size: number, first: number, last: number, exceptional: boolean): void => {
  const at = (i: number, j: number) => h[i * size + j]!
  let sum = at(last, last) + at(last - 1, last - 1)
  let product = at(last, last) * at(last - 1, last - 1) - at(last, last - 1) * at(last - 1, last)
  if (exceptional) {
    const s = Math.abs(at(last, last - 1)) + Math.abs(at(last - 1, last - 2))
    sum = 1.5 * s
    product = s * s
  }
  let x = at(first, first) * (at(first, first) - sum) + at(first, first + 1) * at(first + 1, first) + product
  let y = at(first + 1, first) * (at(first, first) + at(first + 1, first + 1) - sum)
  let z = at(first + 1, first) * at(first + 2, first + 1)
  for (let k = first; k < last; k++) {
    const three = k < last - 1
    reflect(h, size, k, [x, y, three ? z : 0], Math.max(first, k - 1), last, first, Math.min(k + 3, last))
    x = at(k + 1, k)
    y = k + 2 <= last ? at(k + 2, k) : 0
    z = k + 3 <= last ? at(k + 3, k) : 0
  }
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
