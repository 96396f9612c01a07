import type { Determinant } from "../determinant/method.ts"
import { gridOf } from "../models/maximum.ts"
import { type Ascent, maximumInBox } from "./maximum-in-box.ts"
import type { RandomPoint, RandomProfile } from "./random-likelihood.ts"

/** ln(1 + c) = 30: an entity variance 1e13 / T times the rest's; nothing is to be found beyond. */
const LARGEST_LOG = 30
const NO_LOG = Float64Array.of(0)
const MOST_LOG = Float64Array.of(LARGEST_LOG)
const STARTS_OF_LOG = [0.05, 0.5, 1.5, 3, 4.5, 6.5]
const STARTS_OF_LAMBDA = 24

/** The likelihood as a function of lambda, where there is one, and ln(1 + c), rho being the best at each, or zero. */
const ascentOf =
  (profile: RandomProfile, has: boolean, rho: "best" | "zero") =>
  (x: Float64Array): Ascent => {
    const logC = x[x.length - 1]!
    const [lambda, c] = [has ? x[0]! : 0, Math.expm1(logC)]
    const found = rho === "best" ? profile.best(lambda, c)?.likelihood : profile.at({ rho: 0, lambda, c })
    if (found === undefined || !Number.isFinite(found.value)) return { value: Number.NEGATIVE_INFINITY, gradient: () => new Float64Array(x.length) }
    return {
      value: found.value,
      gradient: () => {
        const slopes = found.gradient()
        const byLog = slopes.c * Math.exp(logC)
        return has ? Float64Array.of(slopes.lambda, byLog) : Float64Array.of(byLog)
      }
    }
  }

/** Where a grid of lambda and ln(1 + c) has its peaks along lambda. */
const peaksOf = (ascent: (x: Float64Array) => Ascent, error: Determinant | undefined): ReadonlyArray<Float64Array> => {
  const lambda = error === undefined ? () => 0 : gridOf(error.lower, error.upper, STARTS_OF_LAMBDA)
  const ridge = Array.from({ length: error === undefined ? 1 : STARTS_OF_LAMBDA - 1 }, (_, i) =>
    STARTS_OF_LOG.map((log) => {
      const point = error === undefined ? Float64Array.of(log) : Float64Array.of(lambda(i + 1), log)
      return { point, value: ascent(point).value }
    }).reduce((a, b) => (b.value > a.value ? b : a))
  )
  const at = (i: number) => ridge[i]?.value ?? Number.NEGATIVE_INFINITY
  return ridge.filter(({ value }, i) => Number.isFinite(value) && value >= at(i - 1) && value >= at(i + 1)).map(({ point }) => point)
}

/** The best of the points that steps from the starts lead to; undefined where steps go on without an end, as along a ridge to a bound. */
const highest = (
  ascent: (x: Float64Array) => Ascent,
  starts: ReadonlyArray<Float64Array>,
  lower: Float64Array,
  upper: Float64Array
): Float64Array | undefined => {
  const tops = starts.map((start) => maximumInBox(ascent, start, lower, upper))
  if (tops.length === 0) return undefined
  const best = tops.reduce((a, b) => (b.value > a.value ? b : a))
  return best.converged ? best.point : undefined
}

/**
 * Where the profile is greatest: Newton's steps from the peaks of a grid and from the maxima without lambda and without rho, so that no smaller model has a
 * greater likelihood; or from `near` alone where that is known to be near. Undefined where the likelihood rises up to a bound of rho or lambda.
 */
export const bestPoint = (
  profile: RandomProfile,
  lag: Determinant | undefined,
  error: Determinant | undefined,
  near?: RandomPoint
): RandomPoint | undefined => {
  const has = error !== undefined
  const ascent = ascentOf(profile, has, "best")
  const width = has ? error.upper - error.lower : 0
  const [lower, upper] = has ? [Float64Array.of(error.lower + 1e-7 * width, 0), Float64Array.of(error.upper - 1e-7 * width, LARGEST_LOG)] : [NO_LOG, MOST_LOG]
  const starts = (): ReadonlyArray<Float64Array> => {
    if (near !== undefined) return [Float64Array.of(...(has ? [near.lambda] : []), Math.log1p(near.c))]
    if (!has) return peaksOf(ascent, error)
    const withoutLambda = ascentOf(profile, false, "best")
    const noLambda = highest(withoutLambda, peaksOf(withoutLambda, undefined), NO_LOG, MOST_LOG)
    const withoutRho = ascentOf(profile, true, "zero")
    const noRho = lag === undefined ? undefined : highest(withoutRho, peaksOf(withoutRho, error), lower, upper)
    return [...peaksOf(ascent, error), ...(noLambda === undefined ? [] : [Float64Array.of(0, noLambda[0]!)]), ...(noRho === undefined ? [] : [noRho])]
  }
  const point = highest(ascent, starts(), lower, upper)
  if (point === undefined) return undefined
  const lambda = has ? point[0]! : 0
  if (has && (lambda <= lower[0]! || lambda >= upper[0]!)) return undefined
  const c = Math.expm1(point[point.length - 1]!)
  const found = profile.best(lambda, c)
  return found === undefined ? undefined : { rho: found.rho, lambda, c }
}
