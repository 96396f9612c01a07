import { bilinear } from "../../../linalg/cross-product.ts"
import { normalQuantile } from "../../../stats/normal.ts"
import { EFFECTS, type EffectsFit, effectsAt, type PlacedCombination, type SpatialEffect, slopeGradient, tidyEffect } from "./effect-of.ts"
import type { SpatialMultiplier } from "./multipliers.ts"

/** Effects with standard errors by the delta method and normal intervals. */
export const deltaEffects = (
  fit: EffectsFit,
  combinations: ReadonlyArray<PlacedCombination>,
  multiplier: SpatialMultiplier,
  level: number
): ReadonlyArray<SpatialEffect> => {
  const at = fit.terms.indexOf("rho")
  const rho = at === -1 ? 0 : fit.estimates[at]!
  const height = multiplier.at(rho)
  const slope = multiplier.slopes(rho)
  const quantile = normalQuantile((1 + level) / 2)
  return combinations.flatMap((combination) => {
    const point = effectsAt(fit.estimates, combination, height)
    const byRho = effectsAt(fit.estimates, combination, slope)
    return EFFECTS.map((name) => {
      const gradient = slopeGradient(name, combination, height, fit.terms.length)
      if (at !== -1) gradient[at] = byRho[name]
      const deviation = Math.sqrt(bilinear(gradient, fit.covariance))
      return tidyEffect(combination.label, name, point[name], deviation, point[name] - quantile * deviation, point[name] + quantile * deviation)
    })
  })
}
