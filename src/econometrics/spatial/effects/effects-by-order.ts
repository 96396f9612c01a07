import { bilinear } from "../../../linalg/cross-product.ts"
import { type SparseMatrix, sparseIdentity } from "../../../linalg/sparse-matrix.ts"
import { sparseProduct, traceOfProduct } from "../../../linalg/sparse-product.ts"
import { normalQuantile } from "../../../stats/normal.ts"
import { Fault } from "../../fault.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Combination, coefficientsAt, EFFECTS, type EffectName, type EffectsFit, placed, type SpatialEffect, tidyEffect } from "./effect-of.ts"
import { requireInside, rhoOf } from "./fit-multiplier.ts"

/** An effect of order q alone, or of all orders up to q. */
export interface OrderEffect extends SpatialEffect {
  readonly order: number
  readonly cumulated: boolean
}

/** Products of powers of the weights with more links take minutes. */
const MOST_LINKS = 5e6

/** tr(W^q)/N and 1'W^q 1/N for q = 0 … `most`, exactly: of the powers W^a and W^b with a + b = q, b - a at most 1, the products' traces. */
const powerMeans = (weights: WeightsMatrix, most: number): { readonly own: Float64Array; readonly all: Float64Array } => {
  const size = weights.entities.length
  const own = new Float64Array(most + 1)
  const all = new Float64Array(most + 1)
  let ones = new Float64Array(size).fill(1)
  let [low, high]: [SparseMatrix, SparseMatrix] = [sparseIdentity(size), sparseIdentity(size)]
  for (let q = 0; q <= most; q++) {
    all[q] = ones.reduce((sum, value) => sum + value, 0) / size
    ones = Float64Array.from(spatialLag(weights, ones))
    own[q] = traceOfProduct(low, high) / size
    const links = Math.max(high.values.length, weights.matrix.values.length)
    if (links > MOST_LINKS)
      throw new Fault(
        "too-many-links",
        `at order ${q} a power of the weights has ${links} links between ${size} entities: ask for fewer orders, or for all of them together by spatialEffects`
      )
    if (q % 2 === 0) high = sparseProduct(high, weights.matrix)
    else low = high
  }
  return { own, all }
}

/**
 * Effects by order of neighbour: S^-1 = I + rho W + rho^2 W^2 + …, so that order q is of rho^q W^q (b I + theta W): the entity itself, its neighbours, theirs
 * (LeSage and Pace 2009, section 2.7.1). Each order, and all up to it; standard errors by the delta method, normal intervals. A Fault where rho lies beyond its bounds.
 */
export const effectsByOrder = (
  fit: EffectsFit,
  options: { readonly of?: ReadonlyArray<string | Combination> | undefined; readonly orders?: number | undefined; readonly level?: number | undefined } = {}
): ReadonlyArray<OrderEffect> => {
  const { level = 0.95, orders = 5 } = options
  const wrong = [
    ...(Number.isInteger(orders) && orders >= 0 && orders <= 50 ? [] : [`orders of neighbours are a whole number from 0 to 50, not ${orders}`]),
    ...(level > 0 && level < 1 ? [] : [`the level of intervals lies between 0 and 1 (0.95), not at ${level}`])
  ]
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  requireInside(fit)
  const combinations = placed(fit, options.of)
  const at = fit.terms.indexOf("rho")
  const rho = rhoOf(fit)
  const { all, own } = powerMeans(fit.weights, orders + 1)
  const reach = normalQuantile((1 + level) / 2)
  const size = fit.terms.length
  return combinations.flatMap((combination) => {
    const { b, label, theta } = combination
    const [ofB, ofTheta] = coefficientsAt(fit.estimates, combination)
    const total: Record<EffectName, { estimate: number; gradient: Float64Array }> = {
      direct: { estimate: 0, gradient: new Float64Array(size) },
      indirect: { estimate: 0, gradient: new Float64Array(size) },
      total: { estimate: 0, gradient: new Float64Array(size) }
    }
    return Array.from({ length: orders + 1 }, (_, q) => q).flatMap((q) =>
      EFFECTS.flatMap((name) => {
        const [x, wx] = [
          { direct: own[q]!, indirect: all[q]! - own[q]!, total: all[q]! }[name],
          { direct: own[q + 1]!, indirect: all[q + 1]! - own[q + 1]!, total: all[q + 1]! }[name]
        ]
        const power = rho ** q
        const gradient = new Float64Array(size)
        for (const [place, factor] of b) gradient[place]! += factor * power * x
        for (const [place, factor] of theta) gradient[place]! += factor * power * wx
        if (at !== -1 && q > 0) gradient[at] = q * rho ** (q - 1) * (ofB * x + ofTheta * wx)
        // Plus zero, so that what is nothing is no -0.
        const estimate = power * (ofB * x + ofTheta * wx) + 0
        const sofar = total[name]
        sofar.estimate += estimate
        sofar.gradient = sofar.gradient.map((value, i) => value + gradient[i]!)
        const tidy = (value: number, by: Float64Array, cumulated: boolean): OrderEffect => {
          const deviation = Math.sqrt(bilinear(by, fit.covariance))
          return { order: q, cumulated, ...tidyEffect(label, name, value, deviation, value - reach * deviation, value + reach * deviation) }
        }
        return [tidy(estimate, gradient, false), tidy(sofar.estimate, sofar.gradient, true)]
      })
    )
  })
}
