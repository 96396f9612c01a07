import { cholesky, choleskySolve } from "../../../linalg/cholesky.ts"
import { bilinear, crossProduct } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import type { Qr } from "../../../linalg/qr.ts"
import { Fault } from "../../fault.ts"
import type { Determinant } from "../determinant/method.ts"
import { maximum } from "./maximum.ts"
import type { SpatialColumns } from "./spatial-columns.ts"
import type { SpatialFrame } from "./spatial-frame.ts"

/** The spatial parameters at the maximum; zero where a specification has none. */
export interface SpatialPoint {
  readonly rho: number
  readonly lambda: number
}

/** An orthonormal basis of the regressors, X R^-1, and M times it; none of the latter where errors have no spatial part. */
export interface SpatialBasis {
  readonly z: ReadonlyArray<Float64Array>
  readonly mz: ReadonlyArray<Float64Array>
  /** Cross-products of all of these, z first. */
  readonly moments: Float64Array
}

/** The maximum, and there the slopes of y - rho W y on the basis (each filtered by I - lambda M): R b. */
export interface SpatialMaximum extends SpatialPoint {
  readonly coordinates: Float64Array
}

export const spatialBasis = ({ mx, x }: Pick<SpatialColumns, "x" | "mx">, factored: Qr): SpatialBasis => {
  const z = orthonormal(x, factored)
  const mz = mx.length === 0 ? [] : orthonormal(mx, factored)
  return { z, mz, moments: crossProduct([...z, ...mz]) }
}

/** A basis with further columns, orthonormal to it and to each other, and M times them. */
export const extendedBasis = (basis: SpatialBasis, further: Pick<SpatialBasis, "z" | "mz">): SpatialBasis => {
  const z = [...basis.z, ...further.z]
  const mz = [...basis.mz, ...further.mz]
  const all = [...z, ...mz]
  const isNew = (i: number) => (i < z.length ? i >= basis.z.length : i - z.length >= basis.mz.length)
  const before = all.flatMap((_, i) => (isNew(i) ? [] : [i]))
  const added = all.flatMap((_, i) => (isNew(i) ? [i] : []))
  const across = crossProduct([...further.z, ...further.mz], all)
  const moments = new Float64Array(all.length * all.length)
  before.forEach((i, a) => {
    before.forEach((j, b) => {
      moments[i * all.length + j] = basis.moments[a * before.length + b]!
    })
  })
  added.forEach((i, a) => {
    for (let j = 0; j < all.length; j++) moments[i * all.length + j] = moments[j * all.length + i] = across[a * all.length + j]!
  })
  return { z, mz, moments }
}

/** Cross-products of further columns and a basis, the columns first. */
const momentsWith = (given: ReadonlyArray<Float64Array>, { moments, mz, z }: SpatialBasis): Float64Array => {
  const width = z.length + mz.length
  const size = given.length + width
  const own = crossProduct(given)
  const across = crossProduct(given, [...z, ...mz])
  const all = new Float64Array(size * size)
  for (let i = 0; i < given.length; i++) {
    for (let j = 0; j < given.length; j++) all[i * size + j] = own[i * given.length + j]!
    for (let j = 0; j < width; j++) all[i * size + given.length + j] = all[(given.length + j) * size + i] = across[i * width + j]!
  }
  for (let i = 0; i < width; i++) all.set(moments.subarray(i * width, (i + 1) * width), (given.length + i) * size + given.length)
  return all
}

const orthonormal = (columns: ReadonlyArray<Float64Array>, { kept, r, rank }: Qr): ReadonlyArray<Float64Array> => {
  const basis: Array<Float64Array> = []
  for (let j = 0; j < rank; j++) {
    const column = columns[kept[j]!]!.slice()
    for (let i = 0; i < j; i++) {
      const factor = r[i * rank + j]!
      const other = basis[i]!
      for (let at = 0; at < column.length; at++) column[at]! -= factor * other[at]!
    }
    for (let at = 0; at < column.length; at++) column[at]! /= r[j * rank + j]!
    basis.push(column)
  }
  return basis
}

const subtract = (column: Float64Array, basis: ReadonlyArray<Float64Array>, slopes: Float64Array): Float64Array => {
  const rest = column.slice()
  basis.forEach((other, j) => {
    for (let at = 0; at < rest.length; at++) rest[at]! -= slopes[j]! * other[at]!
  })
  return rest
}

/** How finely a profile is searched before its top is bracketed: where ln|I - rho W| is dear, more coarsely; of rho alone, whose e'e is a quadratic, yet more so. */
const stepsOf = ({ method }: Determinant, isQuadratic: boolean): number => (method === "eigenvalues" ? 200 : isQuadratic ? 12 : 24)

const noMaximum = (name: string, { lower, upper }: Determinant): Fault =>
  new Fault(
    "no-interior-maximum",
    `the likelihood rises up to a bound of ${name} (${lower.toPrecision(4)}, ${upper.toPrecision(4)}): the model has no estimate inside; use other weights or fewer regressors`
  )

/**
 * rho and lambda at which the likelihood, its slopes and variance concentrated out, is greatest: for each lambda the best rho, e'e being a quadratic in rho,
 * and over lambda the best of these. The columns enter by their cross-products alone, so that a step costs k^3 however many rows there are. So that these
 * lose no digits, regressors are replaced by an orthonormal basis, and what it explains is taken off y and W y first (b moves by as much).
 */
export const spatialProfile = (
  frame: SpatialFrame,
  columns: Omit<SpatialColumns, "x" | "mx">,
  basis: SpatialBasis,
  lag: Determinant | undefined,
  error: Determinant | undefined,
  steps: (determinant: Determinant) => number = (determinant) => stepsOf(determinant, error === undefined)
): SpatialMaximum => {
  const { mz, z } = basis
  const k = z.length
  const slopesOf = (column: Float64Array) => Float64Array.from(z, (other) => dot(other, column))
  const none = new Float64Array(0)
  const ySlopes = slopesOf(columns.y)
  const wSlopes = columns.wy === undefined ? none : slopesOf(columns.wy)
  const given = [
    subtract(columns.y, z, ySlopes),
    ...(columns.wy === undefined ? [] : [subtract(columns.wy, z, wSlopes)]),
    ...(columns.my === undefined ? [] : [subtract(columns.my, mz, ySlopes)]),
    ...(columns.mwy === undefined ? [] : [subtract(columns.mwy, mz, wSlopes)])
  ]
  const moments = momentsWith(given, basis)
  const width = given.length + z.length + mz.length
  const hasLag = lag !== undefined
  /** Where the columns stand: y, W y, M y, M W y, the basis, M times it. */
  const [atWy, atMy, atMwy, atZ, atMz] = [1, hasLag ? 2 : 1, 3, given.length, given.length + k]
  const moment = (i: number, j: number) => moments[i * width + j]!

  /** Slopes of a filtered column (y or W y, at `own`, its M-lag at `lagged`) on the filtered basis. */
  const at = (lambda: number) => {
    const products = new Float64Array(k * k)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        products[i * k + j] =
          error === undefined
            ? moment(atZ + i, atZ + j)
            : moment(atZ + i, atZ + j) - lambda * (moment(atZ + i, atMz + j) + moment(atMz + i, atZ + j)) + lambda * lambda * moment(atMz + i, atMz + j)
    // In units of the filtered columns: near lambda = 1 little is left of a constant.
    const unit = Float64Array.from({ length: k }, (_, i) => 1 / Math.sqrt(products[i * k + i]!))
    const factor = cholesky(
      products.map((value, place) => value * unit[Math.floor(place / k)]! * unit[place % k]!),
      k
    )
    if (factor === undefined)
      throw new Fault("collinear", `the regressors of the model are collinear once filtered by I - lambda M at lambda = ${lambda}; leave one out`)
    const weightsOf = (own: number, lagged: number) => {
      const right = unit.map((scale, i) =>
        error === undefined
          ? scale * moment(atZ + i, own)
          : scale * (moment(atZ + i, own) - lambda * (moment(atZ + i, lagged) + moment(atMz + i, own)) + lambda * lambda * moment(atMz + i, lagged))
      )
      const slopes = choleskySolve(factor, k, right).map((slope, i) => slope * unit[i]!)
      const weights = new Float64Array(width)
      weights[own] = 1
      if (error !== undefined) weights[lagged] = -lambda
      for (let i = 0; i < k; i++) {
        weights[atZ + i] = -slopes[i]!
        if (error !== undefined) weights[atMz + i] = lambda * slopes[i]!
      }
      return { slopes, weights }
    }
    const own = weightsOf(0, atMy)
    const lagged = hasLag ? weightsOf(atWy, atMwy) : undefined
    const q00 = bilinear(own.weights, moments)
    const q01 = lagged === undefined ? 0 : bilinear(own.weights, moments, lagged.weights)
    const q11 = lagged === undefined ? 0 : bilinear(lagged.weights, moments)
    return { own, lagged, q00, q01, q11 }
  }
  const { observations: n, copies } = frame
  const likelihood = (sse: number) => -(n / 2) * (Math.log((2 * Math.PI * sse) / n) + 1)
  // Every lambda asks for the same grid of rho.
  const known = new Map<number, number>()
  const logAbsolute = (determinant: Determinant, rho: number): number => {
    const before = known.get(rho)
    if (before !== undefined) return before
    const value = determinant.logAbsolute(rho)
    known.set(rho, value)
    return value
  }
  const bestRho = ({ q00, q01, q11 }: ReturnType<typeof at>, determinant: Determinant): number | undefined =>
    maximum(
      (rho) => {
        const sse = q00 - 2 * rho * q01 + rho * rho * q11
        return {
          get value() {
            return likelihood(sse) + copies * logAbsolute(determinant, rho)
          },
          get slope() {
            return (-n * (rho * q11 - q01)) / sse - copies * determinant.trace(rho)
          }
        }
      },
      determinant.lower,
      determinant.upper,
      steps(determinant)
    )
  const maximumAt = (rho: number, lambda: number, { lagged, own }: ReturnType<typeof at>): SpatialMaximum => ({
    rho,
    lambda,
    coordinates: ySlopes.map((slope, i) => slope + own.slopes[i]! - (lagged === undefined ? 0 : rho * (wSlopes[i]! + lagged.slopes[i]!)))
  })
  if (error === undefined) {
    const fit = at(0)
    if (lag === undefined) return maximumAt(0, 0, fit)
    const rho = bestRho(fit, lag)
    if (rho === undefined) throw noMaximum("rho", lag)
    return maximumAt(rho, 0, fit)
  }
  const inner = (lambda: number) => {
    const fit = at(lambda)
    const found = lag === undefined ? 0 : bestRho(fit, lag)
    return { fit, rho: found ?? 0, inside: found !== undefined }
  }
  const lambda = maximum(
    (value) => {
      const { fit, rho } = inner(value)
      const sse = fit.q00 - 2 * rho * fit.q01 + rho * rho * fit.q11
      // By the envelope theorem the derivative of e'e is its partial one: neither b nor rho enters by its own slope. e'M u, u = y - rho W y - z b:
      const e = fit.own.weights.map((weight, i) => weight - rho * (fit.lagged?.weights[i] ?? 0))
      const mu = new Float64Array(width)
      mu[atMy] = 1
      if (hasLag) mu[atMwy] = -rho
      for (let i = 0; i < k; i++) mu[atMz + i] = -(fit.own.slopes[i]! - rho * (fit.lagged?.slopes[i] ?? 0))
      return {
        get value() {
          return likelihood(sse) + copies * (error.logAbsolute(value) + (lag === undefined ? 0 : lag.logAbsolute(rho)))
        },
        get slope() {
          return (n * bilinear(e, moments, mu)) / sse - copies * error.trace(value)
        }
      }
    },
    error.lower,
    error.upper,
    steps(error)
  )
  if (lambda === undefined) throw noMaximum("lambda", error)
  const { fit, inside, rho } = inner(lambda)
  if (!inside) throw noMaximum("rho", lag!)
  return maximumAt(rho, lambda, fit)
}
