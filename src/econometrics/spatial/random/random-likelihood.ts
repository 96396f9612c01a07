import { cholesky, choleskyInverse, choleskySolve } from "../../../linalg/cholesky.ts"
import { bilinear } from "../../../linalg/cross-product.ts"
import { Fault } from "../../fault.ts"
import type { Determinant } from "../determinant/method.ts"
import { maximum } from "../models/maximum.ts"
import { type ErrorComponents, errorComponents } from "./error-components.ts"
import { type RandomFrame, rowsOfYear } from "./random-frame.ts"

/** The parameters that are not concentrated out: zero where a model has none. c = T sigma2_entity/sigma2. */
export interface RandomPoint {
  readonly rho: number
  readonly lambda: number
  readonly c: number
}

/** The likelihood with slopes and sigma2 concentrated out, at one point. */
export interface RandomLikelihood {
  readonly value: number
  /** Its derivatives. */
  readonly gradient: () => RandomPoint
  /** Of the basis. */
  readonly slopes: Float64Array
  readonly sigma2: number
  /** (Z' Omega^-1 Z)^-1 of the basis Z, sigma2 apart: k x k. */
  readonly inverseGram: Float64Array
}

/** A column less what a basis explains of it by least squares, and the slopes of that. */
export interface Residual {
  readonly values: Float64Array
  readonly slopes: Float64Array
}

/** Columns of a model: y, W y where it has a spatial lag, and an orthonormal basis of its regressors, which was taken off both so that sums lose no digits. */
export interface RandomColumns {
  readonly y: Residual
  readonly wy: Residual | undefined
  readonly basis: ReadonlyArray<Float64Array>
}

export interface RandomProfile {
  readonly observations: number
  readonly at: (point: RandomPoint) => RandomLikelihood
  /** The best rho at lambda and c, and the likelihood there; undefined where it rises up to a bound. */
  readonly best: (lambda: number, c: number) => { readonly rho: number; readonly likelihood: RandomLikelihood } | undefined
}

/** How finely rho is searched before its best value is bracketed. */
const STEPS = 24

/**
 * lnL = -(n/2)(ln(2 pi q/n) + 1) + T ln|I - rho W| - ln|Omega|/2, q = e'Omega^-1 e of e = y - rho W y - Z g at the generalised least squares' g, n = N T, or
 * (N - 1) T where year effects are transformed away. q is a quadratic in rho.
 */
export const randomProfile = (frame: RandomFrame, { basis, wy, y }: RandomColumns, lag: Determinant | undefined): RandomProfile => {
  const { periods } = frame
  const k = basis.length
  const first = wy === undefined ? 1 : 2
  const size = first + k
  const components: ErrorComponents = errorComponents(frame, wy === undefined ? [y.values, ...basis] : [y.values, wy.values, ...basis])
  const n = rowsOfYear(frame) * periods
  const logs = new Map<number, number>()
  const logAbsolute = (rho: number): number => {
    const known = logs.get(rho)
    if (known !== undefined) return known
    const value = lag!.logAbsolute(rho)
    logs.set(rho, value)
    return value
  }
  const solved = (lambda: number, c: number) => {
    const found = components(lambda, c)
    const { moments } = found
    const gram = Float64Array.from({ length: k * k }, (_, at) => moments[(first + Math.floor(at / k)) * size + first + (at % k)]!)
    const factor = cholesky(gram, k)
    if (factor === undefined) return undefined
    const ofColumn = (own: number) => {
      const slopes = choleskySolve(
        factor,
        k,
        Float64Array.from({ length: k }, (_, j) => moments[(first + j) * size + own]!)
      )
      const rest = new Float64Array(size)
      rest[own] = 1
      slopes.forEach((slope, j) => {
        rest[first + j] = -slope
      })
      return { slopes, rest }
    }
    const own = ofColumn(0)
    const lagged = wy === undefined ? undefined : ofColumn(1)
    return {
      ...found,
      factor,
      own,
      lagged,
      q00: bilinear(own.rest, moments),
      q01: lagged === undefined ? 0 : bilinear(own.rest, moments, lagged.rest),
      q11: lagged === undefined ? 0 : bilinear(lagged.rest, moments)
    }
  }
  type Solved = NonNullable<ReturnType<typeof solved>>
  const concentrated = (q: number) => -(n / 2) * (Math.log((2 * Math.PI * q) / n) + 1)
  const likelihood = (s: Solved, rho: number): RandomLikelihood => {
    const rest = s.own.rest.map((value, i) => value - rho * (s.lagged?.rest[i] ?? 0))
    const q = s.q00 - 2 * rho * s.q01 + rho * rho * s.q11
    // By the envelope theorem the derivatives of q are its partial ones: the slopes' own do not enter.
    const scaled = n / (2 * q)
    return {
      value: concentrated(q) + s.logDeterminant + (lag === undefined ? 0 : periods * logAbsolute(rho)),
      gradient: () => {
        const { byC, byLambda, logDeterminantByC, logDeterminantByLambda } = s.slopes()
        return {
          rho: lag === undefined ? 0 : 2 * scaled * (s.q01 - rho * s.q11) - periods * lag.trace(rho),
          lambda: logDeterminantByLambda - scaled * bilinear(rest, byLambda),
          c: logDeterminantByC - scaled * bilinear(rest, byC)
        }
      },
      slopes: s.own.slopes.map((slope, j) => slope + y.slopes[j]! - (wy === undefined ? 0 : rho * (s.lagged!.slopes[j]! + wy.slopes[j]!))),
      sigma2: q / n,
      inverseGram: choleskyInverse(s.factor, k)
    }
  }
  const bestRho = (s: Solved): number | undefined =>
    lag === undefined
      ? 0
      : maximum(
          (rho) => {
            const q = s.q00 - 2 * rho * s.q01 + rho * rho * s.q11
            return {
              get value() {
                return concentrated(q) + periods * logAbsolute(rho)
              },
              get slope() {
                return (n * (s.q01 - rho * s.q11)) / q - periods * lag.trace(rho)
              }
            }
          },
          lag.lower,
          lag.upper,
          STEPS
        )
  return {
    observations: n,
    at: ({ c, lambda, rho }) => {
      const s = solved(lambda, c)
      if (s === undefined)
        throw new Fault(
          "information-singular",
          `the variance of the errors is not positive definite beside the estimates (lambda ${lambda.toPrecision(4)}): the data do not tell its parts apart; use other weights or fewer regressors`
        )
      return likelihood(s, rho)
    },
    best: (lambda, c) => {
      const s = solved(lambda, c)
      const rho = s === undefined ? undefined : bestRho(s)
      return rho === undefined ? undefined : { rho, likelihood: likelihood(s!, rho) }
    }
  }
}
