import { Fault } from "../../fault.ts"
import { deltaEffects } from "./delta-effects.ts"
import { type Combination, type EffectsFit, placed, type SpatialEffects, slopesOf } from "./effect-of.ts"
import { type SpatialMultiplier, spatialMultiplier, unmultiplied } from "./multipliers.ts"
import { simulatedEffects } from "./simulated-effects.ts"

export interface EffectsOptions {
  /** How standard errors are made; by default by simulation. */
  readonly method?: "simulation" | "delta" | undefined
  /** Regressors, all by default; or sums of regressors, such as x and x*m at a value of m. */
  readonly of?: ReadonlyArray<string | Combination> | undefined
  /** Of the simulation, 1,000 by default. */
  readonly draws?: number | undefined
  readonly seed?: number | undefined
  /** Effects at the estimates, or by name the mean over the draws, as xsmle gives. */
  readonly point?: "estimates" | "mean-of-draws" | undefined
  readonly level?: number | undefined
}

const optionFaults = ({ draws = 1000, level = 0.95, method = "simulation", point = "estimates" }: EffectsOptions): ReadonlyArray<string> => [
  ...(method === "simulation" || method === "delta" ? [] : [`effects have standard errors by simulation or delta, not ${method}`]),
  ...(point === "estimates" || point === "mean-of-draws" ? [] : [`effects are those at the estimates or the mean-of-draws, not ${point}`]),
  ...(point === "mean-of-draws" && method === "delta" ? ["the delta method has no draws to take a mean of: take the method simulation"] : []),
  ...(Number.isInteger(draws) && draws >= 2 ? [] : [`draws are a whole number from 2, not ${draws}`]),
  ...(level > 0 && level < 1 ? [] : [`the level of intervals lies between 0 and 1 (0.95), not at ${level}`])
]

/** The multiplier of a fit: 1 where y has no spatial lag. */
const multiplierOf = (fit: EffectsFit): SpatialMultiplier =>
  fit.terms.includes("rho")
    ? spatialMultiplier(fit.weights, fit.parameters?.find(({ name }) => name === "rho")?.determinant, fit.frame?.deflated ?? false)
    : unmultiplied(fit.weights)

/** Where rho lies outside the bounds of W the multiplier does not converge, and effects have no meaning. The Lee-Yu likelihood can lead there: its own bounds are wider. */
const isBeyond = (fit: EffectsFit, { lower, upper }: SpatialMultiplier): boolean => {
  const rho = fit.terms.includes("rho") ? fit.estimates[fit.terms.indexOf("rho")]! : 0
  return !(rho > lower && rho < upper)
}

/** The effects of regressors on y: direct, indirect (spillovers) and total, with standard errors and intervals. */
export const spatialEffects = (fit: EffectsFit, options: EffectsOptions = {}): SpatialEffects => {
  const wrong = optionFaults(options)
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  const { draws = 1000, level = 0.95, point = "estimates", seed = 1 } = options
  const combinations = placed(
    fit,
    (options.of ?? slopesOf(fit)).map((of) => (typeof of === "string" ? { label: of, terms: [{ term: of, factor: 1 }] } : of))
  )
  const multiplier = multiplierOf(fit)
  const isDelta = options.method === "delta"
  const method = isDelta
    ? "delta method, normal interval"
    : `simulation: ${draws} draws, percentile interval${point === "estimates" ? "" : "; the estimate is the draws' mean"}`
  if (isBeyond(fit, multiplier)) {
    const { lower, upper } = multiplier
    const rho = fit.estimates[fit.terms.indexOf("rho")]!
    return {
      effects: [],
      method,
      warnings: [
        {
          code: "rho-beyond-bounds",
          message: `rho is estimated as ${rho.toPrecision(4)}, outside (${lower.toPrecision(4)}, ${upper.toPrecision(4)}): direct, indirect and total effects are not defined and none are given; the weights leave too little to tell rho from the year effects`
        }
      ]
    }
  }
  if (isDelta) return { effects: deltaEffects(fit, combinations, multiplier, level), method, warnings: [] }
  return { method, ...simulatedEffects(fit, combinations, multiplier, { draws, level, point, seed }) }
}
