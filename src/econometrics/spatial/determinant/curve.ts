import { type ChebyshevCoefficients, chebyshevDerivative, chebyshevFit, chebyshevSum } from "../../../linalg/chebyshev-interpolant.ts"

/** A function with logarithmic poles at or beyond the ends of an interval, and its first two derivatives. */
export interface Curve {
  readonly value: (rho: number) => number
  readonly first: (rho: number) => number
  readonly second: (rho: number) => number
}

/** The polynomial of one piece in (u - centre) / reach, and its derivatives by that. */
interface Piece {
  readonly centre: number
  readonly reach: number
  readonly value: ChebyshevCoefficients
  readonly first: ChebyshevCoefficients
  readonly second: ChebyshevCoefficients
}

/** A piece's polynomial is through points of an interval longer by this share than the piece, since derivatives lose most digits at its ends. */
const MARGIN = 0.1
/** So many values of one piece are computed each by itself before its polynomial is: a search over the whole interval asks for few, one for a maximum for many. */
const SINGLE_VALUES = 12

/**
 * A function that is dear to evaluate, for many rho. Its values and derivatives come from Chebyshev polynomials, each made when it is first needed.
 *
 * The interval is taken to x in [-1, 1], and x = 2 t / (1 + t^2): where f is analytic but for cuts of the real axis beyond the ends, as ln|I - rho W| with
 * real eigenvalues, it is analytic in |t| < 1. The pieces are 2^-(k + 1) < 1 - |t| <= 2^-k on either side; each lies from the pole as far as it is long, so
 * that 21 points give f to rounding, f' to some 1e-12 and f'' to some 1e-10; nearer to the ends f'' loses digits where f has no pole there (1e-8 at 0.995 of the
 * way, 1e-5 at 0.9999). A value that no piece has is computed by itself, the first few of a piece.
 *
 * Derivatives are a RangeError outside of (lower, upper); values are f's own there.
 */
export const curve = (f: (rho: number) => number, lower: number, upper: number): Curve => {
  const half = (upper - lower) / 2
  const middle = (upper + lower) / 2
  const pieces = new Map<number, Piece>()
  const singles = new Map<number, number>()
  const asked = new Map<number, number>()

  /** u = 1 - |t|, of the half on which rho lies. */
  const depth = (rho: number): number => {
    const gap = (rho < middle ? rho - lower : upper - rho) / half
    const root = Math.sqrt(gap * (2 - gap))
    return (root + gap) / (1 + root)
  }
  const rhoAt = (u: number, isBelow: boolean): number => {
    const gap = (half * (u * u)) / (1 + (1 - u) ** 2)
    return isBelow ? lower + gap : upper - gap
  }
  /** Pieces count from 1 above the middle and from -1 below it. */
  const indexOf = (rho: number, u: number): number => (rho < middle ? -1 : 1) * (1 + Math.floor(-Math.log2(u)))
  const pieceAt = (index: number): Piece => {
    const known = pieces.get(index)
    if (known !== undefined) return known
    const nearer = 2 ** -Math.abs(index)
    const centre = 1.5 * nearer
    const reach = (nearer / 2) * (1 + MARGIN)
    const value = chebyshevFit((s) => f(rhoAt(centre + reach * s, index < 0))).coefficients
    const first = chebyshevDerivative(value)
    const piece = { centre, reach, value, first, second: chebyshevDerivative(first) }
    pieces.set(index, piece)
    return piece
  }
  const isInside = (rho: number) => rho > lower && rho < upper

  const value = (rho: number): number => {
    const single = singles.get(rho)
    if (single !== undefined) return single
    if (isInside(rho)) {
      const u = depth(rho)
      const index = indexOf(rho, u)
      const already = asked.get(index) ?? 0
      if (pieces.has(index) || already >= SINGLE_VALUES) {
        const piece = pieceAt(index)
        return chebyshevSum(piece.value, (u - piece.centre) / piece.reach)
      }
      asked.set(index, already + 1)
    }
    const computed = f(rho)
    singles.set(rho, computed)
    return computed
  }
  /** f' and f'' by the chain rule over t. */
  const derivatives = (rho: number): readonly [number, number] => {
    if (!isInside(rho)) throw new RangeError(`tr W (I - rho W)^-1 needs a rho between ${lower} and ${upper}; it is ${rho}`)
    const u = depth(rho)
    const piece = pieceAt(indexOf(rho, u))
    const side = rho < middle ? -1 : 1
    const t = side * (1 - u)
    const s = (u - piece.centre) / piece.reach
    const byT = (-side * chebyshevSum(piece.first, s)) / piece.reach
    const byTT = chebyshevSum(piece.second, s) / piece.reach ** 2
    const square = 1 + t * t
    const slope = (half * 2 * u * (1 + Math.abs(t))) / square ** 2
    const bend = (-half * 4 * t * (3 - t * t)) / square ** 3
    const first = byT / slope
    return [first, (byTT - first * bend) / slope ** 2]
  }
  return { value, first: (rho) => derivatives(rho)[0], second: (rho) => derivatives(rho)[1] }
}
