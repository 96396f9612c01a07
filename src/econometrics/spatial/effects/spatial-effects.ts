import { Fault } from "../../fault.ts"
import { deltaEffects } from "./delta-effects.ts"
import { type Combination, type EffectsFit, placed, type SpatialEffects } from "./effect-of.ts"
import { beyondBounds, fitMultiplier } from "./fit-multiplier.ts"
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

/** What is wrong with how effects are to be made, if anything. */
export const effectsOptionFaults = ({ draws = 1000, level = 0.95, method = "simulation", point = "estimates" }: EffectsOptions): ReadonlyArray<string> => [
  ...(method === "simulation" || method === "delta" ? [] : [`effects have standard errors by simulation or delta, not ${method}`]),
  ...(point === "estimates" || point === "mean-of-draws" ? [] : [`effects are those at the estimates or the mean-of-draws, not ${point}`]),
  ...(point === "mean-of-draws" && method === "delta" ? ["the delta method has no draws to take a mean of: take the method simulation"] : []),
  ...(Number.isInteger(draws) && draws >= 2 ? [] : [`draws are a whole number from 2, not ${draws}`]),
  ...(level > 0 && level < 1 ? [] : [`the level of intervals lies between 0 and 1 (0.95), not at ${level}`])
]

/** The effects of regressors on y: direct, indirect (spillovers) and total, with standard errors and intervals. */
export const spatialEffects = (fit: EffectsFit, options: EffectsOptions = {}): SpatialEffects => {
  const wrong = effectsOptionFaults(options)
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  const { draws = 1000, level = 0.95, point = "estimates", seed = 1 } = options
  const combinations = placed(fit, options.of)
  const multiplier = fitMultiplier(fit)
  const isDelta = options.method === "delta"
  const method = isDelta
    ? "delta method, normal interval"
    : `simulation: ${draws} draws, percentile interval${point === "estimates" ? "" : "; the estimate is the draws' mean"}`
  const beyond = beyondBounds(fit, multiplier)
  if (beyond !== undefined) return { effects: [], method, warnings: [{ code: "rho-beyond-bounds", message: beyond }] }
  if (isDelta) return { effects: deltaEffects(fit, combinations, multiplier, level), method, warnings: [] }
  return { method, ...simulatedEffects(fit, combinations, multiplier, { draws, level, point, seed }) }
}
