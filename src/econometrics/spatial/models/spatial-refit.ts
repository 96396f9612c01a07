import { dot } from "../../../linalg/dot.ts"
import { qr } from "../../../linalg/qr.ts"
import { Fault } from "../../fault.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import type { Variable } from "../../sample/variable.ts"
import type { Determinant } from "../determinant/method.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { spatialColumns } from "./spatial-columns.ts"
import type { SpatialFit } from "./spatial-ml.ts"
import { extendedBasis, spatialBasis, spatialProfile } from "./spatial-profile.ts"

/**
 * Estimates of a model again, of another dependent variable and, where the model was prepared so, of other values of one regressor: slopes, rho and lambda in the
 * order of the fit's terms, without sigma2. Undefined where the likelihood has no maximum inside or the new values make the regressors collinear.
 */
export type SpatialRefit = (dependent: Float64Array, changed?: Float64Array) => Float64Array | undefined

/** How finely refits search for the maximum before they bracket it. */
const STEPS = 24

/** ln|I - rho W| at the points of a search's grid, which every search asks for, computed once. */
const remembered = (determinant: Determinant | undefined): Determinant | undefined => {
  if (determinant === undefined) return undefined
  const known = new Map<number, number>()
  return {
    ...determinant,
    logAbsolute: (rho) => {
      let value = known.get(rho)
      if (value === undefined) {
        value = determinant.logAbsolute(rho)
        known.set(rho, value)
      }
      return value
    }
  }
}

/** Takes off a column what the basis explains, twice so that no digits are lost; gives the slopes. */
const takeOff = (column: Float64Array, z: ReadonlyArray<Float64Array>): Float64Array => {
  const slopes = new Float64Array(z.length)
  for (let pass = 0; pass < 2; pass++)
    z.forEach((basis, i) => {
      const slope = dot(basis, column)
      slopes[i]! += slope
      for (let at = 0; at < column.length; at++) column[at]! -= slope * basis[at]!
    })
  return slopes
}

/** b of R b = coordinates, R upper triangular, column j of it being `r[j]`. */
const backSubstitute = (r: ReadonlyArray<Float64Array>, coordinates: Float64Array): Float64Array => {
  const b = Float64Array.from(coordinates)
  for (let j = b.length - 1; j >= 0; j--) {
    b[j]! /= r[j]![j]!
    for (let i = 0; i < j; i++) b[i]! -= r[j]![i]! * b[j]!
  }
  return b
}

/**
 * Prepares a fitted model for many refits: its weights, effects, determinants and all regressors but `changing` (a name; its spatial lag changes with it) are
 * taken, demeaned, lagged and made orthogonal once. A refit then costs some passes over the columns and the search for the maximum, no variance.
 * `regressors` are the fitted model's, entity by entity in the order of its weights.
 */
export const spatialRefit = (fit: SpatialFit, regressors: ReadonlyArray<Variable>, changing?: string): SpatialRefit => {
  const { errorWeights, frame, parameters, terms, weights } = fit
  const determinantOf = (name: "rho" | "lambda") => remembered(parameters.find((one) => one.name === name)?.determinant)
  const [lag, error] = [determinantOf("rho"), determinantOf("lambda")]
  const lagWeights = lag === undefined ? undefined : weights
  const slopes = terms.slice(0, terms.length - parameters.length - 1)
  const isChanging = (term: string) => term === changing || term === `W*${changing}`
  const fixed = slopes.filter((term) => !isChanging(term))
  const moving = slopes.filter(isChanging)
  const columnOf = (term: string): Float64Array => {
    if (term === CONSTANT) return new Float64Array(fit.nobs).fill(1)
    const own = regressors.find(({ name }) => name === term)
    if (own !== undefined) return frame.prepare(own.values)
    return spatialLag(weights, frame.prepare(regressors.find(({ name }) => `W*${name}` === term)!.values))
  }
  const before = spatialColumns(frame, new Float64Array(fit.nobs), fixed.map(columnOf), undefined, errorWeights)
  const factored = qr(before.x, { tolerance: 0 })
  const basis = spatialBasis(before, factored)
  const triangle = fixed.map((_, j) => Float64Array.from({ length: slopes.length }, (__, i) => (i <= j ? factored.r[i * factored.rank + j]! : 0)))
  const place = [...fixed, ...moving].map((term) => slopes.indexOf(term))

  return (dependent, changed) => {
    const prepared = changed === undefined ? undefined : frame.prepare(changed)
    const given = prepared === undefined ? moving.map(columnOf) : moving.map((term) => (term === changing ? prepared : spatialLag(weights, prepared)))
    const { x, mx, ...columns } = spatialColumns(frame, dependent, given, lagWeights, errorWeights)
    const z: Array<Float64Array> = []
    const mz: Array<Float64Array> = []
    const r = [...triangle]
    for (let j = 0; j < x.length; j++) {
      const column = x[j]!.slice()
      const whole = dot(column, column)
      const along = takeOff(column, [...basis.z, ...z])
      const rest = dot(column, column)
      if (!(rest > 1e-14 * whole)) return undefined
      const length = Math.sqrt(rest)
      const entries = new Float64Array(slopes.length)
      entries.set(along)
      entries[along.length] = length
      r.push(entries)
      if (error !== undefined) {
        const lagged = mx[j]!.slice()
        ;[...basis.mz, ...mz].forEach((other, i) => {
          for (let at = 0; at < lagged.length; at++) lagged[at]! -= along[i]! * other[at]!
        })
        mz.push(lagged.map((value) => value / length))
      }
      z.push(column.map((value) => value / length))
    }
    const whole = z.length === 0 ? basis : extendedBasis(basis, { z, mz })
    try {
      const { coordinates, lambda, rho } = spatialProfile(frame, columns, whole, lag, error, () => STEPS)
      const found = backSubstitute(r, coordinates)
      const estimates = new Float64Array(slopes.length + parameters.length)
      place.forEach((at, j) => {
        estimates[at] = found[j]!
      })
      parameters.forEach(({ name }, p) => {
        estimates[slopes.length + p] = name === "rho" ? rho : lambda
      })
      return estimates
    } catch (thrown) {
      if (thrown instanceof Fault && (thrown.code === "no-interior-maximum" || thrown.code === "collinear")) return undefined
      throw thrown
    }
  }
}
