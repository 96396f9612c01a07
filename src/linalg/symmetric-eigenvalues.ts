import { type Tridiagonal, tridiagonalize } from "./tridiagonal.ts"

const SWEEPS_PER_EIGENVALUE = 60
const LARGE = 1e100

/**
 * The eigenvalues of a symmetric tridiagonal matrix, ascending: implicit QL steps with Wilkinson's shift, and a matrix that falls apart where an element beside
 * the diagonal is rounding beside its neighbours (Golub and Van Loan 2013, section 8.3; Parlett 1998, chapter 8). About 2 steps an eigenvalue.
 */
export const tridiagonalEigenvalues = ({ diagonal, below }: Tridiagonal): Float64Array => {
  const n = diagonal.length
  let norm = 0
  for (const x of [diagonal, below]) for (const value of x) norm = Math.max(norm, Math.abs(value))
  if (norm === 0) return new Float64Array(n)
  // Squares must stay within the range of doubles.
  if (norm > LARGE || norm < 1 / LARGE)
    return tridiagonalEigenvalues({ diagonal: diagonal.map((x) => x / norm), below: below.map((x) => x / norm) }).map((x) => x * norm)
  const d = Float64Array.from(diagonal)
  const e = Float64Array.from({ length: n }, (_, i) => below[i] ?? 0)
  const least = Number.EPSILON * Number.EPSILON * norm
  const isNegligible = (i: number) => Math.abs(e[i]!) <= Math.max(least, Number.EPSILON * (Math.abs(d[i]!) + Math.abs(d[i + 1]!)))
  for (let first = 0; first < n; first++)
    for (let sweep = 0; ; sweep++) {
      let last = first
      while (last < n - 1 && !isNegligible(last)) last++
      if (last < n - 1) e[last] = 0
      if (last === first) break
      if (sweep === SWEEPS_PER_EIGENVALUE) throw new RangeError(`the QL algorithm has not converged after ${SWEEPS_PER_EIGENVALUE} sweeps`)
      qlStep(d, e, first, last)
    }
  return d.sort()
}

/** One implicit QL step on the block first..last: the shift is the eigenvalue of its first 2 x 2 corner that is nearer to d[first]; rotations chase the bulge upwards. */
const qlStep = (d: Float64Array, e: Float64Array, first: number, last: number): void => {
  const half = (d[first + 1]! - d[first]!) / (2 * e[first]!)
  const root = Math.hypot(half, 1)
  const shift = d[first]! - e[first]! / (half + (half < 0 ? -root : root))
  let g = d[last]! - shift
  let [cosine, sine, taken] = [1, 1, 0]
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i]!
    const b = cosine * e[i]!
    const length = Math.sqrt(f * f + g * g)
    e[i + 1] = length
    if (length === 0) {
      // The matrix has fallen apart inside: what is left is done by the next step.
      d[i + 1]! -= taken
      e[last] = 0
      return
    }
    sine = f / length
    cosine = g / length
    g = d[i + 1]! - taken
    const turned = (d[i]! - g) * sine + 2 * cosine * b
    taken = sine * turned
    d[i + 1] = g + taken
    g = cosine * turned - b
  }
  d[first]! -= taken
  e[first] = g
  e[last] = 0
}

/** The eigenvalues of a symmetric row-major matrix, ascending, without vectors: n^3 4/3 operations. The lower triangle is read. */
export const symmetricEigenvalues = (matrix: Float64Array, size: number): Float64Array => {
  if (!matrix.every(Number.isFinite)) throw new RangeError("eigenvalues of a matrix with an entry that is not finite")
  return tridiagonalEigenvalues(tridiagonalize(Float64Array.from(matrix), size))
}
