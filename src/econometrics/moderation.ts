import { tQuantile } from "../stats/distributions.ts"
import { quantile } from "../stats/quantile.ts"
import { bareEffect, type Effect, testedEffect } from "./effect.ts"
import type { Warning } from "./fault.ts"
import type { Variable } from "./fe-sample.ts"
import { type InteractionForm, interaction, interactionScale } from "./interaction.ts"
import { johnsonNeyman, type SignificanceRegion } from "./johnson-neyman.ts"
import type { Equation, MediationModel, MediationOptions } from "./mediation.ts"
import type { PanelIndex } from "./panel-index.ts"
import { type WithinFit, within } from "./within.ts"

export interface ModerationModel extends MediationModel {
  readonly moderator: Variable
}

export interface ModerationOptions extends MediationOptions {
  /** What the product terms multiply. Slopes and conditional effects do not depend on it, only what the coefficients beside a product mean. */
  readonly form?: InteractionForm
  /** Percentiles of the moderator at which effects are given. */
  readonly percentiles?: ReadonlyArray<number>
}

export interface ModerationFit {
  /** eqs 5-9, and the joint equation outcome ~ treatment*moderator + mediator*moderator. */
  readonly equations: ReadonlyArray<Equation>
  /** The moderator at each percentile. */
  readonly values: ReadonlyArray<ModeratorValue>
  /** Direct and indirect effects at each value, and their differences between values. */
  readonly effects: ReadonlyArray<Effect>
  /** Where the direct effect is significant. */
  readonly region: SignificanceRegion
  readonly warnings: ReadonlyArray<Warning>
}

export interface ModeratorValue {
  readonly percentile: number
  readonly value: number
}
/** An effect that is linear in the moderator: base + slope M, with the variances of both and their covariance. */
interface Moderated {
  readonly base: number
  readonly slope: number
  readonly v11: number
  readonly v13: number
  readonly v33: number
}

/** The percentiles at which conditional effects are given: those of mean and mean +/- SD under a normal distribution, but always inside the observed range. */
export const PERCENTILES: ReadonlyArray<number> = [16, 50, 84]

/** The moderator's values at these percentiles (type 6). */
export const moderatorValues = ({ values }: Variable, percentiles: ReadonlyArray<number>): ReadonlyArray<ModeratorValue> =>
  percentiles.map((percentile) => ({ percentile, value: quantile(values, percentile / 100) }))

/** Names of an effect at a value of the moderator, and of its difference between two: `coagglo | mi p84`, `coagglo | mi p84 - p16`. */
export const conditionalTerm = (treatment: string, moderator: string, at: ModeratorValue, less?: ModeratorValue): string =>
  `${treatment} | ${moderator} p${at.percentile}${less === undefined ? "" : ` - p${less.percentile}`}`

/** Every pair of values, the later less the earlier. */
export const contrasts = (values: ReadonlyArray<ModeratorValue>): ReadonlyArray<readonly [ModeratorValue, ModeratorValue]> =>
  values.flatMap((later, i) => values.slice(0, i).map((earlier) => [later, earlier] as const))

/** x's effect in a fit with the product x*m, on m's own scale whatever the product multiplies. */
const moderated = (fit: WithinFit, x: Variable, m: Variable, form: InteractionForm): Moderated => {
  const { coefficients, covariance, inference } = fit
  const k = coefficients.length
  const i = inference.terms.indexOf(x.name)
  const j = inference.terms.indexOf(`${x.name}*${m.name}`)
  const forX = interactionScale(form, x.values)
  const forM = interactionScale(form, m.values)
  // b1 x + b3 (x - cx)/sx (m - cm)/sm has the slope b1 - b3 cm/(sx sm) + m b3/(sx sm) in x.
  const unit = 1 / (forX.scale * forM.scale)
  const shift = forM.centre * unit
  const [vii, vij, vjj] = [covariance.matrix[i * k + i]!, covariance.matrix[i * k + j]!, covariance.matrix[j * k + j]!]
  return {
    base: coefficients[i]! - shift * coefficients[j]!,
    slope: unit * coefficients[j]!,
    v11: vii - 2 * shift * vij + shift * shift * vjj,
    v13: unit * (vij - shift * vjj),
    v33: unit * unit * vjj
  }
}

const at = ({ base, slope, v11, v13, v33 }: Moderated, m: number) => ({
  estimate: base + slope * m,
  variance: v11 + 2 * v13 * m + v33 * m * m
})

/**
 * Moderated mediation. The equations of the study's paper (5-9) are fitted as printed; conditional effects come from eq. 7 and the joint equation, since
 * eqs 8-9 leave the treatment out and do not make an indirect effect with eq. 7:
 * mediator = a1 x + a2 M + a3 x M + …, outcome = c1 x + c3 x M + b1 m + b3 m M + b2 M + …;
 * indirect(M) = (a1 + a3 M)(b1 + b3 M), direct(M) = c1 + c3 M (Edwards and Lambert 2007; Preacher, Rucker and Hayes 2007).
 *
 * Direct effects have t tests; the indirect ones the delta method's variance with the two equations independent, which the bootstrap improves on;
 * differences of indirect effects have no standard error here but the bootstrap's.
 */
export const moderation = (index: PanelIndex, model: ModerationModel, options: ModerationOptions = {}): ModerationFit => {
  const { controls, mediator, moderator, outcome, treatment } = model
  const form = options.form ?? "centred"
  const level = options.level ?? 0.95
  const [xm, um] = [interaction(treatment, moderator, form), interaction(mediator, moderator, form)]
  const regress = (y: Variable, formula: string, x: ReadonlyArray<Variable>): Equation => ({
    name: `${y.name} ~ ${formula}`,
    fit: within(index, y, [...x, ...controls], { ...options, essential: x.map(({ name }) => name) })
  })
  const [x, u, m] = [treatment.name, mediator.name, moderator.name]
  const seventh = regress(mediator, `${x}*${m}`, [treatment, moderator, xm])
  const joint = regress(outcome, `${x}*${m} + ${u}*${m}`, [treatment, moderator, xm, mediator, um])
  const equations = [
    regress(outcome, `${x}*${m}`, [treatment, moderator, xm]),
    regress(mediator, `${x} + ${m}`, [treatment, moderator]),
    seventh,
    regress(outcome, `${u} + ${m}`, [mediator, moderator]),
    regress(outcome, `${u}*${m}`, [mediator, moderator, um]),
    joint
  ]
  const a = moderated(seventh.fit, treatment, moderator, form)
  const b = moderated(joint.fit, mediator, moderator, form)
  const c = moderated(joint.fit, treatment, moderator, form)
  const values = moderatorValues(moderator, options.percentiles ?? PERCENTILES)
  const direct = { df: joint.fit.covariance.df[0]!, level }
  const indirect = (value: number): number => at(a, value).estimate * at(b, value).estimate
  const effects = [
    ...values.map((v) => {
      const [first, second] = [at(a, v.value), at(b, v.value)]
      const variance = first.estimate ** 2 * second.variance + second.estimate ** 2 * first.variance
      return testedEffect(conditionalTerm(x, m, v), "indirect", first.estimate * second.estimate, variance, { level }, "delta method")
    }),
    ...values.map((v) => {
      const { estimate, variance } = at(c, v.value)
      return testedEffect(conditionalTerm(x, m, v), "direct", estimate, variance, direct, "t test of the joint equation")
    }),
    ...contrasts(values).map(([later, earlier]) =>
      bareEffect(conditionalTerm(x, m, later, earlier), "indirect", indirect(later.value) - indirect(earlier.value), "interval by bootstrap")
    ),
    ...contrasts(values).map(([later, earlier]) => {
      const distance = later.value - earlier.value
      return testedEffect(conditionalTerm(x, m, later, earlier), "direct", c.slope * distance, distance ** 2 * c.v33, direct, "t test of the joint equation")
    })
  ]
  const range = [moderator.values.reduce((low, v) => Math.min(low, v)), moderator.values.reduce((high, v) => Math.max(high, v))] as const
  const critical = tQuantile((1 + level) / 2, joint.fit.covariance.df[0]!)
  return {
    equations,
    values,
    effects,
    region: johnsonNeyman({ b1: c.base, b3: c.slope, v11: c.v11, v13: c.v13, v33: c.v33 }, critical, range),
    warnings: equations.flatMap((equation) => equation.fit.warnings)
  }
}
