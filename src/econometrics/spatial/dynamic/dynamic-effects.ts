import { bilinear } from "../../../linalg/cross-product.ts"
import { normalQuantile } from "../../../stats/normal.ts"
import type { Warning } from "../../fault.ts"
import type { Determinant } from "../determinant/method.ts"
import { EFFECTS, type EffectName, effectsAt, placed, type SpatialEffect, slopeGradient, tidyEffect } from "../effects/effect-of.ts"
import { spatialMultiplier } from "../effects/multipliers.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"

export type Horizon = "short-run" | "long-run"

/** An effect of a regressor in the year of its change, or once it has run its course. */
export interface DynamicEffect extends Omit<SpatialEffect, "effect"> {
  readonly horizon: Horizon
  readonly effect: EffectName
}

export interface DynamicEffects {
  readonly effects: ReadonlyArray<DynamicEffect>
  readonly warnings: ReadonlyArray<Warning>
}

/** Estimates of which effects are computed, with the places of tau, eta and rho among them (-1: not in the model). */
export interface DynamicEstimates {
  readonly weights: WeightsMatrix
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  readonly covariance: Float64Array
  readonly places: { readonly tau: number; readonly eta: number; readonly rho: number }
}

/**
 * Direct, indirect and total effects: short-run of (I - rho W)^-1 (b I + theta W), long-run of ((1 - tau) I - (rho + eta) W)^-1 (b I + theta W), with standard errors
 * by the delta method and normal intervals (Debarsy, Ertur and LeSage 2012; Elhorst 2014, table 4.1). The long run is the short one at
 * q = (rho + eta)/(1 - tau), divided by 1 - tau.
 */
export const dynamicEffects = (
  fit: DynamicEstimates,
  regressors: ReadonlyArray<string>,
  known: Determinant,
  deflated: boolean,
  level: number
): DynamicEffects => {
  const { covariance, estimates, places, terms, weights } = fit
  const multiplier = spatialMultiplier(weights, known, deflated)
  const combinations = placed(fit, regressors)
  const value = (place: number) => (place === -1 ? 0 : estimates[place]!)
  const quantile = normalQuantile((1 + level) / 2)
  const warnings: Array<Warning> = []
  const of = (horizon: Horizon): ReadonlyArray<DynamicEffect> => {
    const left = horizon === "long-run" ? 1 - value(places.tau) : 1
    const q = horizon === "long-run" ? (value(places.rho) + value(places.eta)) / left : value(places.rho)
    if (!(left > 0 && q > multiplier.lower && q < multiplier.upper)) {
      warnings.push({
        code: "rho-beyond-bounds",
        message: `${horizon === "long-run" ? "(rho + eta)/(1 - tau)" : "rho"} is ${q.toPrecision(4)}, outside (${multiplier.lower.toPrecision(4)}, ${multiplier.upper.toPrecision(4)})${left > 0 ? "" : " with tau above 1"}: ${horizon} effects are not defined and none are given`
      })
      return []
    }
    const height = multiplier.at(q)
    const slope = multiplier.slopes(q)
    return combinations.flatMap((combination) => {
      const point = effectsAt(estimates, combination, height)
      const byQ = effectsAt(estimates, combination, slope)
      return EFFECTS.map((effect) => {
        const gradient = slopeGradient(effect, combination, height, terms.length).map((value) => value / left)
        gradient[places.rho]! += byQ[effect] / left ** 2
        if (horizon === "long-run") {
          if (places.eta !== -1) gradient[places.eta]! += byQ[effect] / left ** 2
          if (places.tau !== -1) gradient[places.tau]! += (point[effect] + byQ[effect] * q) / left ** 2
        } else gradient[places.rho] = byQ[effect]
        const estimate = point[effect] / left
        const deviation = Math.sqrt(bilinear(gradient, covariance))
        return {
          horizon,
          ...tidyEffect(combination.label, effect, estimate, deviation, estimate - quantile * deviation, estimate + quantile * deviation),
          effect
        }
      })
    })
  }
  return { effects: [...of("short-run"), ...of("long-run")], warnings }
}
