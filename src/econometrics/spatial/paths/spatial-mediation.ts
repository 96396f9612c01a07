import { bilinear } from "../../../linalg/cross-product.ts"
import { normalQuantile } from "../../../stats/normal.ts"
import { Fault, type Warning } from "../../fault.ts"
import { type SpatialEffect, tidyEffect } from "../effects/effect-of.ts"
import { drawnSummary, parameterDraws, redrawnWarnings } from "../effects/simulated-effects.ts"
import { type EffectsOptions, effectsOptionFaults } from "../effects/spatial-effects.ts"
import type { SpatialFit } from "../models/spatial-ml.ts"
import { type MediationEquationOptions, type MediationEquations, mediationEquations, type SpatialMediationModel } from "./mediation-equations.ts"

export interface SpatialMediationOptions extends Omit<MediationEquationOptions, "seed">, Omit<EffectsOptions, "of"> {}

export interface SpatialMediationFit {
  readonly mediator: SpatialFit
  readonly outcome: SpatialFit
  /** Direct (own), indirect (spillover) and total effects of each path, `x -> u`, `u -> y`, `x -> u -> y` (through the mediator), `x -> y` (past it), and of x by both. */
  readonly effects: ReadonlyArray<SpatialEffect>
  /** How standard errors and intervals were made. */
  readonly method: string
  readonly warnings: ReadonlyArray<Warning>
}

/** Differences of fourth order: exact to rounding for what is bilinear in slopes, and smooth in rho. */
const STENCIL = [
  [-2, 1 / 12],
  [-1, -2 / 3],
  [1, 2 / 3],
  [2, -1 / 12]
] as const

/** Standard errors by the delta method, estimates of both equations being independent of each other. */
const deltaErrors = ({ mediator, multiplier, outcome, places, values }: MediationEquations): Float64Array => {
  const fits = [mediator, outcome] as const
  const point = values(mediator.estimates, outcome.estimates)
  const gradients = fits.map((fit) => Array.from(point, () => new Float64Array(fit.terms.length)))
  fits.forEach((fit, f) => {
    for (const place of [places.mediator, places.outcome][f]!) {
      const estimate = fit.estimates[place]!
      const room = Math.min(multiplier.upper - estimate, estimate - multiplier.lower)
      const step = fit.terms[place] === "rho" ? 1e-3 * room : 1e-2 * Math.max(Math.abs(estimate), Math.sqrt(fit.covariance[place * (fit.terms.length + 1)]!))
      for (const [times, weight] of STENCIL) {
        const moved = fit.estimates.map((value, i) => (i === place ? value + times * step : value))
        const at = f === 0 ? values(moved, outcome.estimates) : values(mediator.estimates, moved)
        at.forEach((value, e) => {
          gradients[f]![e]![place]! += (weight * value) / step
        })
      }
    }
  })
  return point.map((_, e) => Math.sqrt(fits.reduce((sum, fit, f) => sum + bilinear(gradients[f]![e]!, fit.covariance), 0)))
}

/**
 * Mediation in space. With S = (I - rho W)^-1 of each equation, a and alpha the slopes of the treatment and its lag in the mediator's equation, b and beta those of the mediator
 * in the outcome's, c and gamma those of the treatment there, effects are means of N x N matrices:
 *   treatment on mediator S_u (a I + alpha W), mediator on outcome S_y (b I + beta W), through the mediator their product, past it S_y (c I + gamma W);
 * direct the mean diagonal (own entity), total the mean row sum, indirect the rest (spillovers). No N x N matrix is made.
 *
 * They are effects of the treatment where, given the controls and fixed effects, nothing unobserved moves treatment and mediator, treatment and outcome, or mediator and
 * outcome together: the errors of both equations are independent. So are both fits then, which simulation and delta method take them for; the distribution of a
 * product is skew, and `spatialMediationReplicates` rests on neither.
 */
export const spatialMediation = (model: SpatialMediationModel, options: SpatialMediationOptions = {}): SpatialMediationFit => {
  const { draws = 1000, method = "simulation", point = "estimates", seed = 1, ...likelihood } = options
  const wrong = effectsOptionFaults(options)
  if (wrong.length > 0) throw new Fault("input", wrong.join("; "))
  const level = options.level ?? 0.95
  const equations = mediationEquations(model, likelihood)
  const { effects, mediator, multiplier, outcome, values } = equations
  const estimates = values(mediator.estimates, outcome.estimates)
  const result = { mediator, outcome }
  const warnings = [...mediator.warnings, ...outcome.warnings]
  if (method === "delta") {
    const errors = deltaErrors(equations)
    const reach = normalQuantile((1 + level) / 2)
    return {
      ...result,
      effects: effects.map(({ effect, term }, e) =>
        tidyEffect(term, effect, estimates[e]!, errors[e]!, estimates[e]! - reach * errors[e]!, estimates[e]! + reach * errors[e]!)
      ),
      method: "delta method, normal interval",
      warnings
    }
  }
  const { draw, redrawn } = parameterDraws([mediator, outcome], multiplier, seed)
  const drawn = effects.map(() => new Float64Array(draws))
  for (let i = 0; i < draws; i++) {
    const [first, second] = draw(i)
    values(first!, second!).forEach((value, e) => {
      drawn[e]![i] = value
    })
  }
  return {
    ...result,
    effects: effects.map(({ effect, term }, e) => {
      const { deviation, high, low, mean } = drawnSummary(drawn[e]!, level)
      return tidyEffect(term, effect, point === "estimates" ? estimates[e]! : mean, deviation, low, high)
    }),
    method: `simulation: ${draws} draws, percentile interval${point === "estimates" ? "" : "; the estimate is the draws' mean"}`,
    warnings: [...warnings, ...redrawnWarnings(redrawn(), draws, multiplier)]
  }
}
