import { tQuantile } from "../../stats/distributions.ts"
import type { Warning } from "../fault.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { within } from "../regression/within.ts"
import { formFaults, type InteractionForm, interaction } from "../sample/interaction.ts"
import type { Variable } from "../sample/variable.ts"
import { type Effect, testedEffect } from "./effect.ts"
import { johnsonNeyman, type SignificanceRegion } from "./johnson-neyman.ts"
import type { Equation, MediationModel, MediationOptions } from "./mediation.ts"
import { ALL_PATHS, type ModeratedPath, moderatedPath, moderatedPaths, type Path, pathAt, pathFaults, pathVariance } from "./moderated-path.ts"
import {
  conditionalTerm,
  contrasts,
  type ModeratorValue,
  type ModeratorValues,
  moderatorValues,
  observedRange,
  outsideRange,
  PERCENTILES,
  valueFaults
} from "./moderator-values.ts"

/** What gives the intervals of conditional direct effects: their Johnson-Neyman roots are exact. */
export const DIRECT_EFFECT_TEST = "t test of the joint equation"

export interface ModerationModel extends MediationModel {
  readonly moderator: Variable
}

export interface ModerationOptions extends MediationOptions {
  /** What the product terms multiply; by default `centred`. Slopes and conditional effects do not depend on it, only what the coefficients beside a product mean. */
  readonly form?: InteractionForm
  /** Which paths the moderator changes; without it, all. */
  readonly moderated?: ReadonlyArray<Path>
  /** Values of the moderator at which effects are given. */
  readonly values?: ModeratorValues
}

export interface ModerationFit {
  /**
   * Where all paths are moderated, eqs 5-9 and the joint equation outcome ~ treatment*moderator + mediator*moderator; otherwise the mediator's and the
   * outcome's equation.
   */
  readonly equations: ReadonlyArray<Equation>
  readonly values: ReadonlyArray<ModeratorValue>
  /** Direct and indirect effects at each value, their differences between values, and the index of moderated mediation where there is one. */
  readonly effects: ReadonlyArray<Effect>
  /** Where the direct effect is significant; undefined where it is not moderated. */
  readonly region: SignificanceRegion | undefined
  readonly warnings: ReadonlyArray<Warning>
}

/** The indirect effect's derivatives with respect to base and slope of both stages, at a value of the moderator. */
const gradient = (a: ModeratedPath, b: ModeratedPath, m: number) => {
  const [first, second] = [pathAt(a, m), pathAt(b, m)]
  return { a: [second, m * second], b: [first, m * first] } as const
}

/**
 * Moderated mediation: mediator = a1 x + a3 x M + …, outcome = c1 x + c3 x M + b1 m + b3 m M + …, M itself in both;
 * indirect(M) = (a1 + a3 M)(b1 + b3 M), direct(M) = c1 + c3 M (Edwards and Lambert 2007; Preacher, Rucker and Hayes 2007). By default all three paths are
 * moderated: the equations of the study's paper (5-9) are fitted as printed, and conditional effects come from eq. 7 and the joint equation, since eqs
 * 8-9 leave the treatment out and do not make an indirect effect with eq. 7.
 *
 * Where exactly one stage is moderated, the indirect effect is linear in M, and its slope is the index of moderated mediation (Hayes 2015): a3 b or a b3.
 * M stays in the equation whose stage it does not moderate (eq. 6), where Hayes' models 7, 8, 14 and 15 have it only as a covariate.
 *
 * Direct effects have t tests; the indirect ones the delta method's variance with the two equations independent, which the bootstrap improves on.
 */
export const moderation = (model: ModerationModel, options: ModerationOptions = {}): ModerationFit => {
  const { controls, mediator, moderator, outcome, treatment, ...panel } = model
  const form = options.form ?? "centred"
  requireColumns(
    { variables: [outcome, treatment, mediator, moderator, ...controls], rows: model.index.rows, level: options.level, tolerance: options.tolerance },
    [...pathFaults(options.moderated), ...formFaults(form), ...valueFaults(options.values)]
  )
  const level = options.level ?? 0.95
  const choice = options.values ?? { percentiles: PERCENTILES }
  const moderated = moderatedPaths(options.moderated ?? ALL_PATHS)
  const [xm, um] = [interaction(treatment, moderator, form), interaction(mediator, moderator, form)]
  const regress = (y: Variable, formula: string, x: ReadonlyArray<Variable>): Equation => ({
    name: `${y.name} ~ ${formula}`,
    fit: within({ ...panel, dependent: y, regressors: [...x, ...controls] }, { ...options, essential: x.map(({ name }) => name) })
  })
  const [x, u, m] = [treatment.name, mediator.name, moderator.name]
  const sixth = () => regress(mediator, `${x} + ${m}`, [treatment, moderator])
  const seventh = () => regress(mediator, `${x}*${m}`, [treatment, moderator, xm])
  const first = moderated.first ? seventh() : sixth()
  const ofTreatment = moderated.direct ? `${x}*${m}` : x
  const joint = regress(
    outcome,
    moderated.second ? `${ofTreatment} + ${u}*${m}` : `${ofTreatment} + ${u}${moderated.direct ? "" : ` + ${m}`}`,
    moderated.direct
      ? [treatment, moderator, xm, mediator, ...(moderated.second ? [um] : [])]
      : [treatment, mediator, moderator, ...(moderated.second ? [um] : [])]
  )
  const asPrinted = moderated.first && moderated.second && moderated.direct
  const equations = asPrinted
    ? [
        regress(outcome, `${x}*${m}`, [treatment, moderator, xm]),
        sixth(),
        first,
        regress(outcome, `${u} + ${m}`, [mediator, moderator]),
        regress(outcome, `${u}*${m}`, [mediator, moderator, um]),
        joint
      ]
    : [first, joint]

  const a = moderatedPath(first.fit, treatment, moderator, form)
  const b = moderatedPath(joint.fit, mediator, moderator, form)
  const c = moderatedPath(joint.fit, treatment, moderator, form)
  const values = moderatorValues(moderator, choice)
  const pairs = contrasts(values, choice)
  const byT = { df: joint.fit.covariance.df[0]!, level }
  const indirect = (value: number): number => pathAt(a, value) * pathAt(b, value)
  const indirectEffect = (term: string, later: number, earlier?: number): Effect => {
    const g = gradient(a, b, later)
    const h = earlier === undefined ? { a: [0, 0], b: [0, 0] } : gradient(a, b, earlier)
    const variance = pathVariance(a, g.a[0] - h.a[0]!, g.a[1] - h.a[1]!) + pathVariance(b, g.b[0] - h.b[0]!, g.b[1] - h.b[1]!)
    return testedEffect(term, "indirect", indirect(later) - (earlier === undefined ? 0 : indirect(earlier)), variance, { level }, "delta method")
  }
  const test = DIRECT_EFFECT_TEST
  const direct = moderated.direct
    ? values.map((v) => testedEffect(conditionalTerm(x, m, v), "direct", pathAt(c, v.value), pathVariance(c, 1, v.value), byT, test))
    : [testedEffect(x, "direct", c.base, c.v11, byT, test)]
  const linear = moderated.first !== moderated.second
  const effects = [
    ...values.map((v) => indirectEffect(conditionalTerm(x, m, v), v.value)),
    ...direct,
    ...pairs.map(([later, earlier]) => indirectEffect(conditionalTerm(x, m, later, earlier), later.value, earlier.value)),
    ...(moderated.direct ? pairs : []).map(([later, earlier]) => {
      const distance = later.value - earlier.value
      return testedEffect(conditionalTerm(x, m, later, earlier), "direct", c.slope * distance, pathVariance(c, 0, distance), byT, test)
    }),
    ...(linear
      ? [
          testedEffect(
            `${x} | ${m}`,
            "index",
            a.slope * b.base + a.base * b.slope,
            pathVariance(a, b.slope, b.base) + pathVariance(b, a.slope, a.base),
            { level },
            "delta method"
          )
        ]
      : [])
  ]
  return {
    equations,
    values,
    effects,
    region: moderated.direct
      ? johnsonNeyman(
          { b1: c.base, b3: c.slope, v11: c.v11, v13: c.v13, v33: c.v33 },
          tQuantile((1 + level) / 2, joint.fit.covariance.df[0]!),
          observedRange(moderator.values)
        )
      : undefined,
    warnings: [...equations.flatMap((equation) => equation.fit.warnings), ...outsideRange(moderator, values)]
  }
}
