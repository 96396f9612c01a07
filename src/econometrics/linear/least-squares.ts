import { inverseGram, leastSquares, type Qr, qr } from "../../linalg/qr.ts"
import { triangularFactor } from "../../linalg/triangular-factor.ts"

/** Least squares of one column on others, those being left out that the ones before them explain. */
export interface LeastSquares {
  /** Which columns the coefficients are of, in order. */
  readonly kept: ReadonlyArray<number>
  readonly dropped: ReadonlyArray<number>
  readonly coefficients: Float64Array
  /** (X'WX)^-1 over the kept columns, row-major. */
  readonly bread: Float64Array
  /** y - Xb. */
  readonly residuals: Float64Array
}

export interface LeastSquaresOptions {
  readonly weights?: Float64Array | undefined
  readonly tolerance?: number | undefined
  /** The norm that each column is held against when its independence is judged; without it, its own. */
  readonly norms?: ArrayLike<number> | undefined
}

/** Residuals at most this share of the dependent's sum of squares are rounding. */
export const PERFECT = 1e-24

/** What is left of y after X b. */
export const residualsOf = (y: Float64Array, x: ReadonlyArray<Float64Array>, b: ArrayLike<number>): Float64Array => {
  const residuals = Float64Array.from(y)
  for (let j = 0; j < x.length; j++) {
    const column = x[j]!
    const slope = b[j]!
    for (let i = 0; i < residuals.length; i++) residuals[i] = residuals[i]! - slope * column[i]!
  }
  return residuals
}

/** The QR factorisation that decides rank and bread, of the small triangular factor of the columns in their place. */
export const factorise = (columns: ReadonlyArray<Float64Array>, { norms, tolerance, weights }: LeastSquaresOptions = {}): Qr =>
  qr(triangularFactor(columns, weights), { ...(tolerance === undefined ? {} : { tolerance }), ...(norms === undefined ? {} : { norms }) })

/** Weighted least squares by QR: coefficients to the digits that the condition of X (not of X'X) allows. */
export const regress = (columns: ReadonlyArray<Float64Array>, y: Float64Array, options: LeastSquaresOptions = {}): LeastSquares => {
  const triangle = triangularFactor([...columns, y], options.weights)
  const { norms, tolerance } = options
  const factor = qr(triangle.slice(0, -1), { ...(tolerance === undefined ? {} : { tolerance }), ...(norms === undefined ? {} : { norms }) })
  const coefficients = leastSquares(factor, triangle.at(-1)!)
  return {
    kept: factor.kept,
    dropped: factor.dropped,
    coefficients,
    bread: inverseGram(factor),
    residuals: residualsOf(
      y,
      factor.kept.map((c) => columns[c]!),
      coefficients
    )
  }
}
