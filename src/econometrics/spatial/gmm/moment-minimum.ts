import { cholesky, choleskySolve } from "../../../linalg/cholesky.ts"
import { bilinear } from "../../../linalg/cross-product.ts"
import { signChanges } from "../../../linalg/real-roots.ts"
import { Fault } from "../../fault.ts"

/** Moments m(lambda, s) = c0 + c1 lambda + c2 lambda^2 - C s that are zero at the true lambda and variances s. */
export interface QuadraticMoments {
  readonly constant: Float64Array
  readonly linear: Float64Array
  readonly square: Float64Array
  /** The columns of C, one a variance; none where the moments are free of variances. */
  readonly variances: ReadonlyArray<Float64Array>
}

export interface MomentMinimum {
  readonly lambda: number
  /** s. */
  readonly variances: Float64Array
}

/** a_ij, row-major. */
const matrix = (rows: number, columns: number, at: (i: number, j: number) => number): Float64Array =>
  Float64Array.from({ length: rows * columns }, (_, place) => at(Math.floor(place / columns), place % columns))

const times = (a: Float64Array, x: Float64Array): Float64Array =>
  Float64Array.from({ length: a.length / x.length }, (_, i) => x.reduce((sum, value, j) => sum + a[i * x.length + j]! * value, 0))

/**
 * The lambda and s that minimise m'Y m, Y being `weights` (q x q, row-major). The variances are linear in the moments and put in; what is left is a polynomial of
 * the fourth degree in lambda, whose minima are roots of its derivative: no search, and none that is missed. Of several the lowest inside the bounds is taken,
 * and where there is none inside, the lowest of all.
 */
export const minimiseMoments = (
  { constant, linear, square, variances }: QuadraticMoments,
  weights: Float64Array,
  { lower, upper }: { readonly lower: number; readonly upper: number }
): MomentMinimum => {
  const q = constant.length
  const k = variances.length
  const weighted = variances.map((column) => times(weights, column))
  const gram = matrix(k, k, (i, j) => weighted[i]!.reduce((sum, value, r) => sum + value * variances[j]![r]!, 0))
  const factor = k === 0 ? new Float64Array(0) : cholesky(gram, k)
  if (factor === undefined) throw new Fault("moments", "the moments do not tell the variances of the errors apart: there are too few places or periods")
  const solved = choleskySolve(
    factor,
    k,
    matrix(k, q, (i, r) => weighted[i]![r]!),
    q
  )
  // What the variances leave of the weights: Y - Y C (C'Y C)^-1 C'Y.
  const rest = matrix(q, q, (i, j) => weights[i * q + j]! - weighted.reduce((sum, column, s) => sum + column[i]! * solved[s * q + j]!, 0))
  const of = (x: Float64Array, y: Float64Array) => bilinear(x, rest, y)
  const quartic = [of(constant, constant), 2 * of(constant, linear), of(linear, linear) + 2 * of(constant, square), 2 * of(linear, square), of(square, square)]
  const value = (x: number) => quartic.reduceRight((sum, c) => sum * x + c, 0)
  const turning = signChanges(quartic.slice(1).map((c, i) => c * (i + 1)))
  const inside = turning.filter((x) => x > lower && x < upper)
  const candidates = inside.length > 0 ? inside : turning
  if (candidates.length === 0)
    throw new Fault("no-lambda", "the moments of the residuals do not depend on lambda: the weights link no places whose residuals differ from zero")
  const lambda = candidates.reduce((best, x) => (value(x) < value(best) ? x : best))
  return { lambda, variances: times(solved, momentsAt({ constant, linear, square, variances }, lambda)) }
}

/** m at a lambda, the variances' part not taken off. */
export const momentsAt = ({ constant, linear, square }: QuadraticMoments, lambda: number): Float64Array =>
  constant.map((c, r) => c + lambda * linear[r]! + lambda * lambda * square[r]!)

/** -dm/dlambda at a lambda. */
export const momentSlope = ({ linear, square }: QuadraticMoments, lambda: number): Float64Array => linear.map((c, r) => -c - 2 * lambda * square[r]!)

/** An inverse of a symmetric positive definite q x q matrix, for weights of moments. */
export const inverseWeights = (covariance: Float64Array, q: number): Float64Array => {
  const factor = cholesky(covariance, q)
  if (factor === undefined)
    throw new Fault(
      "moments",
      "the covariance of the moments is singular: there are too few places, or the weights link each with all others alike; take the moments kp-1999"
    )
  return choleskySolve(
    factor,
    q,
    matrix(q, q, (i, j) => (i === j ? 1 : 0)),
    q
  )
}
