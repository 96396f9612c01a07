import { Fault, type Warning } from "../../fault.ts"
import { requireColumns } from "../../linear/given-columns.ts"
import {
  conditionalTerm,
  contrasts,
  type ModeratorValue,
  type ModeratorValues,
  moderatorValues,
  outsideRange,
  PERCENTILES,
  valueFaults
} from "../../mediation/moderator-values.ts"
import { formFaults, type InteractionForm, interaction, interactionScale } from "../../sample/interaction.ts"
import type { Variable } from "../../sample/variable.ts"
import type { Combination, SpatialEffect } from "../effects/effect-of.ts"
import { type EffectsOptions, spatialEffects } from "../effects/spatial-effects.ts"
import { type SpatialFit, type SpatialMlOptions, spatialMl } from "../models/spatial-ml.ts"
import type { SpatialModel } from "../models/spatial-sample.ts"

/** A spatial model in which a moderator changes the effects of the treatment. */
export interface SpatialModerationModel extends Pick<SpatialModel, "weights" | "index"> {
  readonly outcome: Variable
  readonly treatment: Variable
  readonly moderator: Variable
  readonly controls: ReadonlyArray<Variable>
}

export interface SpatialModerationOptions extends Omit<SpatialMlOptions, "specification" | "seed">, Omit<EffectsOptions, "of"> {
  /** sdm by default. */
  readonly specification?: SpatialMlOptions["specification"] | undefined
  /** What the product multiplies; centred by default. Effects do not depend on it. */
  readonly form?: InteractionForm | undefined
  /** Values of the moderator at which effects are given; by default its 16th, 50th and 84th percentile. */
  readonly values?: ModeratorValues | undefined
}

export interface SpatialModerationFit {
  /** Of the outcome on treatment, moderator, their product and the controls, with their spatial lags where the specification has them. */
  readonly fit: SpatialFit
  readonly values: ReadonlyArray<ModeratorValue>
  /** Direct, indirect and total effects of the treatment at each value, and their differences between values. */
  readonly effects: ReadonlyArray<SpatialEffect>
  /** How standard errors and intervals were made. */
  readonly method: string
  readonly warnings: ReadonlyArray<Warning>
}

/**
 * Spillovers at values of a moderator M: y = rho W y + b1 x + b2 M + b3 x M + W (t1 x + t2 M + t3 x M) + …, or any other specification. Where M is m in every
 * entity, a change of x acts by (I - rho W)^-1 [(b1 + b3 m) I + (t1 + t3 m) W]: its direct, indirect and total effect at m, and differences
 * between values. Standard errors by simulation from the joint distribution of all coefficients, or by the delta method.
 */
export const spatialModeration = (model: SpatialModerationModel, options: SpatialModerationOptions = {}): SpatialModerationFit => {
  const { controls, index, moderator, outcome, treatment, weights } = model
  const { draws, form = "centred", method, point, seed, specification = "sdm", values: choice = { percentiles: PERCENTILES }, ...likelihood } = options
  requireColumns({ variables: [outcome, treatment, moderator, ...controls], rows: index?.rows, level: options.level, tolerance: options.tolerance }, [
    ...formFaults(form),
    ...valueFaults(choice)
  ])
  const product = interaction(treatment, moderator, form)
  const fit = spatialMl({ weights, index, dependent: outcome, regressors: [treatment, moderator, product, ...controls] }, { ...likelihood, specification })
  const lacking = [treatment, product].map(({ name }) => name).filter((name) => !fit.terms.includes(name))
  if (lacking.length > 0)
    throw new Fault(
      "collinear",
      `the effects or the regressors before explain ${lacking.join(" and ")}: there is no moderation to estimate; leave regressors out`
    )

  const [ofX, ofM] = [interactionScale(form, treatment.values), interactionScale(form, moderator.values)]
  const values = moderatorValues(moderator, choice)
  const slope = (distance: number) => ({ term: product.name, factor: distance / (ofX.scale * ofM.scale) })
  const label = (at: ModeratorValue, less?: ModeratorValue) => conditionalTerm(treatment.name, moderator.name, at, less)
  const of: ReadonlyArray<Combination> = [
    ...values.map((at) => ({ label: label(at), terms: [{ term: treatment.name, factor: 1 }, slope(at.value - ofM.centre)] })),
    ...contrasts(values, choice).map(([later, earlier]) => ({ label: label(later, earlier), terms: [slope(later.value - earlier.value)] }))
  ]
  const found = spatialEffects(fit, { method, draws, seed, point, level: options.level, of })
  return {
    fit,
    values,
    effects: found.effects,
    method: found.method,
    warnings: [...fit.warnings, ...outsideRange(moderator, values), ...found.warnings]
  }
}
