import { cholesky } from "../../../linalg/cholesky.ts"
import { submatrix } from "../../../linalg/cross-product.ts"
import { quantile } from "../../../stats/quantile.ts"
import { stream } from "../../../stats/random.ts"
import { Fault, type Warning } from "../../fault.ts"
import { EFFECTS, type EffectsFit, effectsAt, type PlacedCombination, type SpatialEffect, tidyEffect } from "./effect-of.ts"
import type { SpatialMultiplier } from "./multipliers.ts"

export interface Simulation {
  readonly draws: number
  readonly seed: number
  readonly level: number
  /** Effects at the estimates, or the mean over the draws (xsmle's). */
  readonly point: "estimates" | "mean-of-draws"
}

/** Gives the parameters of draw i, rho within its bounds. */
const parameterDraws = (
  fit: EffectsFit,
  { lower, upper }: SpatialMultiplier,
  seed: number
): { readonly draw: (i: number) => Float64Array; readonly redrawn: () => number } => {
  // Of no effect is that of sigma2 and lambda: slopes and rho alone are drawn.
  const used = fit.terms.flatMap((term, i) => (term === "lambda" || term.startsWith("sigma2") ? [] : [i]))
  const factor = cholesky(submatrix(fit.covariance, fit.terms.length, used), used.length)
  if (factor === undefined)
    throw new Fault("covariance-singular", "the estimates' covariance is not positive definite: no draws can be made from it; use fewer regressors")
  const at = fit.terms.indexOf("rho")
  let redrawn = 0
  const draw = (i: number): Float64Array => {
    const random = stream(seed, i)
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const z = Float64Array.from(used, () => random.normal())
      const parameters = Float64Array.from(fit.estimates)
      used.forEach((place, row) => {
        for (let k = 0; k <= row; k++) parameters[place]! += factor[row * used.length + k]! * z[k]!
      })
      if (at === -1 || (parameters[at]! > lower && parameters[at]! < upper)) return parameters
      redrawn++
    }
    throw new Fault("rho-out-of-bounds", `10,000 draws in a row put rho outside (${lower}, ${upper}): its standard error is too large for simulated effects`)
  }
  return { draw, redrawn: () => redrawn }
}

/** What a simulation's warnings say of the draws taken again. */
const redrawnWarnings = (redrawn: number, draws: number, { lower, upper }: SpatialMultiplier): ReadonlyArray<Warning> =>
  redrawn === 0
    ? []
    : [
        {
          code: "draws-out-of-bounds",
          message: `${redrawn} draws for the effects' standard errors put rho outside (${lower.toPrecision(4)}, ${upper.toPrecision(4)}) and were taken again: ${draws} are used`
        }
      ]

/**
 * Effects with standard errors from draws of the estimates' asymptotic normal distribution (LeSage and Pace 2009, section 2.7.3): draw i of a seed uses the
 * stream (seed, i), a draw whose rho leaves its bounds is taken again from the same stream and counted. Intervals are the draws' percentiles (type 6).
 */
export const simulatedEffects = (
  fit: EffectsFit,
  combinations: ReadonlyArray<PlacedCombination>,
  multiplier: SpatialMultiplier,
  { draws, level, point, seed }: Simulation
): { readonly effects: ReadonlyArray<SpatialEffect>; readonly warnings: ReadonlyArray<Warning> } => {
  const at = fit.terms.indexOf("rho")
  const { draw, redrawn } = parameterDraws(fit, multiplier, seed)
  const values = combinations.map(() => ({ direct: new Float64Array(draws), indirect: new Float64Array(draws), total: new Float64Array(draws) }))
  for (let i = 0; i < draws; i++) {
    const parameters = draw(i)
    const height = multiplier.at(at === -1 ? 0 : parameters[at]!)
    combinations.forEach((combination, c) => {
      const effects = effectsAt(parameters, combination, height)
      for (const name of EFFECTS) values[c]![name][i] = effects[name]
    })
  }
  const height = multiplier.at(at === -1 ? 0 : fit.estimates[at]!)
  const effects = combinations.flatMap((combination, c) => {
    const estimates = effectsAt(fit.estimates, combination, height)
    return EFFECTS.map((name) => {
      const drawn = values[c]![name].sort()
      const mean = drawn.reduce((sum, value) => sum + value, 0) / draws
      const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1))
      const [low, high] = [quantile(drawn, (1 - level) / 2), quantile(drawn, (1 + level) / 2)]
      return tidyEffect(combination.label, name, point === "estimates" ? estimates[name] : mean, deviation, low, high)
    })
  })
  return { effects, warnings: redrawnWarnings(redrawn(), draws, multiplier) }
}
