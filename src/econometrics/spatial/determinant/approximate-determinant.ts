import { chebyshevLogDeterminant } from "../../../linalg/chebyshev-log-determinant.ts"
import { monteCarloLogDeterminant } from "../../../linalg/monte-carlo-log-determinant.ts"
import { spectralRadiusBound } from "../../../linalg/perron-bound.ts"
import type { SparseMatrix } from "../../../linalg/sparse-matrix.ts"
import { stream } from "../../../stats/random.ts"
import type { Determinant } from "./method.ts"

const DRAWS = 50
const TERMS = 100

/** A series in rho r of W / r, whose eigenvalues are up to 1. */
interface Series {
  readonly logAbsolute: number
  readonly first: number
  readonly second: number
}

/**
 * From estimated traces of polynomials of W, 50 draws of 100 terms (`monteCarloLogDeterminant`). `error` is the standard error and a bound of what the cut series
 * leaves out, together. rho lies in (-1/r, 1/r), r a bound of the spectral radius.
 */
export const monteCarloDeterminant = (w: SparseMatrix, deflated: boolean, seed: number): Determinant => {
  const radius = radiusOf(w)
  const at = monteCarloLogDeterminant(divided(w, radius), stream(seed, 0).normal, { draws: DRAWS, powers: TERMS })
  const error = (rho: number) => at(rho * radius).standardError + at(rho * radius).truncationBound
  return {
    method: "monte-carlo",
    description: `Monte Carlo, ${DRAWS} draws of ${TERMS} terms, error of ln|I - rho W| up to about ${largestOf(error, radius)} at ${share}`,
    ...ofSeries((rho) => at(rho), radius, deflated),
    error
  }
}

/** From the exact traces of W, .., W^4 (`chebyshevLogDeterminant`); `error` is a bound. W must be similar to a symmetric matrix: RangeError. */
export const chebyshevDeterminant = (w: SparseMatrix, deflated: boolean): Determinant => {
  const radius = radiusOf(w)
  const at = chebyshevLogDeterminant(divided(w, radius))
  const error = (rho: number) => at(rho * radius).errorBound
  return {
    method: "chebyshev",
    description: `five Chebyshev polynomials, error of ln|I - rho W| at most ${largestOf(error, radius)} at ${share}`,
    ...ofSeries((rho) => at(rho), radius, deflated),
    error
  }
}

const SHARE = 0.9
const share = `${SHARE} of the bounds of rho`
const largestOf = (error: (rho: number) => number, radius: number) => Math.max(error(-SHARE / radius), error(SHARE / radius)).toPrecision(2)

const radiusOf = (w: SparseMatrix): number => {
  const bound = spectralRadiusBound(w)
  // Sums of rows that were divided by their sums are 1 but for rounding.
  return Math.abs(bound - 1) < 1e-9 ? 1 : bound
}
const divided = (w: SparseMatrix, radius: number): SparseMatrix => (radius === 1 ? w : { ...w, values: w.values.map((value) => value / radius) })

const ofSeries = (
  at: (rho: number) => Series,
  radius: number,
  deflated: boolean
): Pick<Determinant, "lower" | "upper" | "logAbsolute" | "trace" | "traceSquare"> => {
  const poles = deflated ? 1 : 0
  return {
    lower: -1 / radius,
    upper: 1 / radius,
    logAbsolute: (rho) => at(rho * radius).logAbsolute - (deflated ? Math.log(1 - rho) : 0),
    trace: (rho) => -radius * at(rho * radius).first - poles / (1 - rho),
    traceSquare: (rho) => -radius * radius * at(rho * radius).second - poles / (1 - rho) ** 2
  }
}
