import { cholesky } from "../../../linalg/cholesky.ts"
import { bilinear, submatrix } from "../../../linalg/cross-product.ts"
import { normalQuantile, normalUpper } from "../../../stats/normal.ts"
import { quantile } from "../../../stats/quantile.ts"
import { stream } from "../../../stats/random.ts"
import { Fault, type Warning } from "../../fault.ts"
import { type Spectrum, spectrum } from "../determinant/spectrum.ts"
import type { SpatialFit } from "../models/spatial-fit.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Multipliers, multiplierSlopes, multipliers, multipliersOf } from "./spatial-multipliers.ts"

export type EffectName = "direct" | "indirect" | "total"

/** One effect of one regressor: S = (I - rho W)^-1 (b I + theta W); direct = tr(S)/N, total = the mean row sum, indirect = the rest. Estimated at the estimates. */
export interface SpatialEffect {
  readonly term: string
  readonly effect: EffectName
  readonly estimate: number
  readonly standardError: number
  readonly low: number
  readonly high: number
  /** Two-sided, of estimate / standardError under the normal distribution. */
  readonly pValue: number
}

/** The effects; none where rho lies outside the bounds of the weights, which a warning tells then. */
export interface SpatialEffects {
  readonly effects: ReadonlyArray<SpatialEffect>
  /** How standard errors and intervals were made. */
  readonly method: string
  readonly warnings: ReadonlyArray<Warning>
}

interface Triple {
  readonly direct: number
  readonly indirect: number
  readonly total: number
}
const NAMES: ReadonlyArray<EffectName> = ["direct", "indirect", "total"]

const triple = (m: Multipliers, b: number, theta: number): Triple => {
  const direct = b * m.own.x + theta * m.own.wx
  const total = b * m.all.x + theta * m.all.wx
  return { direct, indirect: total - direct, total }
}

/** Places in `fit.terms` of a regressor, of its spatial lag (-1 where the model has none) and of rho. */
const placesOf = (fit: SpatialFit, term: string) => ({ b: fit.terms.indexOf(term), theta: fit.terms.indexOf(`W*${term}`), rho: fit.terms.indexOf("rho") })

const effectsAt = (fit: SpatialFit, terms: ReadonlyArray<string>, parameters: Float64Array, m: Multipliers): ReadonlyArray<Triple> =>
  terms.map((term) => {
    const { b, theta } = placesOf(fit, term)
    return triple(m, parameters[b]!, theta === -1 ? 0 : parameters[theta]!)
  })

/** Where rho lies outside the bounds of W the multiplier does not converge, and effects have no meaning. The Lee-Yu likelihood can lead there: its own bounds are wider. */
const beyondBounds = (fit: SpatialFit, { lower, upper }: Spectrum): Warning | undefined => {
  const rho = fit.estimates[fit.terms.indexOf("rho")]!
  return rho > lower && rho < upper
    ? undefined
    : {
        code: "rho-beyond-bounds",
        message: `rho is estimated as ${rho.toPrecision(4)}, outside (${lower.toPrecision(4)}, ${upper.toPrecision(4)}): direct, indirect and total effects are not defined and none are given; the weights leave too little to tell rho from the year effects`
      }
}

const tidy = (term: string, effect: EffectName, estimate: number, standardError: number, low: number, high: number): SpatialEffect => ({
  term,
  effect,
  estimate,
  standardError,
  low,
  high,
  pValue: 2 * normalUpper(Math.abs(estimate / standardError))
})

/**
 * Effects of `terms` in a SAR or an SDM, with standard errors from draws of the estimates' asymptotic normal distribution (LeSage and Pace 2009,
 * section 2.7.3): draw i of a seed uses the stream (seed, i), a draw whose rho leaves its bounds is taken again from the same stream and counted.
 * Intervals are the draws' 2.5 and 97.5 percentiles (type 6).
 */
export const simulatedEffects = (
  weights: WeightsMatrix,
  fit: SpatialFit,
  terms: ReadonlyArray<string>,
  draws: number,
  seed: number,
  level = 0.95
): SpatialEffects => {
  const eigen = spectrum(denseWeights(weights), weights.entities.length)
  const method = `simulation: ${draws} draws, percentile interval`
  const beyond = beyondBounds(fit, eigen)
  if (beyond !== undefined) return { effects: [], method, warnings: [beyond] }
  const size = fit.terms.length - 1 // sigma2 is the last, and no effect depends on it
  const factor = cholesky(
    submatrix(
      fit.covariance,
      fit.terms.length,
      Array.from({ length: size }, (_, i) => i)
    ),
    size
  )
  if (factor === undefined)
    throw new Fault("covariance-singular", "the estimates' covariance is not positive definite: no draws can be made from it; use fewer regressors")
  const at = fit.terms.indexOf("rho")
  const multiply = multipliersOf(weights, eigen)
  let redrawn = 0
  const drawn = Array.from({ length: draws }, (_, i) => {
    const random = stream(seed, i)
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const z = Float64Array.from({ length: size }, () => random.normal())
      const parameters = fit.estimates.slice(0, size)
      for (let row = 0; row < size; row++) for (let k = 0; k <= row; k++) parameters[row]! += factor[row * size + k]! * z[k]!
      const rho = parameters[at]!
      if (rho > eigen.lower && rho < eigen.upper) return effectsAt(fit, terms, parameters, multiply(rho))
      redrawn++
    }
    throw new Fault(
      "rho-out-of-bounds",
      `10,000 draws in a row put rho outside (${eigen.lower}, ${eigen.upper}): its standard error is too large for simulated effects`
    )
  })
  const point = effectsAt(fit, terms, fit.estimates, multipliers(weights, eigen, fit.estimates[at]!))
  const effects = terms.flatMap((term, r) =>
    NAMES.map((name) => {
      const values = Float64Array.from(drawn, (draw) => draw[r]![name]).sort()
      const mean = values.reduce((sum, value) => sum + value, 0) / draws
      const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1))
      return tidy(term, name, point[r]![name], deviation, quantile(values, (1 - level) / 2), quantile(values, (1 + level) / 2))
    })
  )
  const warnings: ReadonlyArray<Warning> =
    redrawn === 0
      ? []
      : [
          {
            code: "draws-out-of-bounds",
            message: `${redrawn} draws for the effects' standard errors put rho outside (${eigen.lower.toPrecision(4)}, ${eigen.upper.toPrecision(4)}) and were taken again: ${draws} are used`
          }
        ]
  return { effects, method, warnings }
}

/** The same effects with standard errors by the delta method and normal intervals. */
export const deltaEffects = (weights: WeightsMatrix, fit: SpatialFit, terms: ReadonlyArray<string>, level = 0.95): SpatialEffects => {
  const eigen = spectrum(denseWeights(weights), weights.entities.length)
  const method = "delta method, normal interval"
  const beyond = beyondBounds(fit, eigen)
  if (beyond !== undefined) return { effects: [], method, warnings: [beyond] }
  const rho = fit.estimates[fit.terms.indexOf("rho")]!
  const height = multipliers(weights, eigen, rho)
  const slope = multiplierSlopes(weights, eigen, rho)
  const effects = terms.flatMap((term) => {
    const places = placesOf(fit, term)
    const b = fit.estimates[places.b]!
    const theta = places.theta === -1 ? 0 : fit.estimates[places.theta]!
    const byB = triple(height, 1, 0)
    const byTheta = triple(height, 0, 1)
    const byRho = triple(slope, b, theta)
    const point = triple(height, b, theta)
    return NAMES.map((name) => {
      const gradient = new Float64Array(fit.terms.length)
      gradient[places.b] = byB[name]
      if (places.theta !== -1) gradient[places.theta] = byTheta[name]
      gradient[places.rho] = byRho[name]
      const deviation = Math.sqrt(bilinear(gradient, fit.covariance))
      const reach = normalQuantile((1 + level) / 2) * deviation
      return tidy(term, name, point[name], deviation, point[name] - reach, point[name] + reach)
    })
  })
  return { effects, method, warnings: [] }
}
