import type { Warning } from "../fault.ts"
import { requireColumns } from "../linear/given-columns.ts"
import type { FixedEffectsOptions } from "../regression/fixed-effects.ts"
import { type WithinFit, type WithinModel, within } from "../regression/within.ts"
import type { Variable } from "../sample/variable.ts"
import { type Effect, testedEffect } from "./effect.ts"

/** A mediation with entity and year effects. */
export interface MediationModel extends Pick<WithinModel, "index" | "groups" | "coordinates"> {
  readonly outcome: Variable
  readonly treatment: Variable
  readonly mediator: Variable
  readonly controls: ReadonlyArray<Variable>
}

export type MediationOptions = Omit<FixedEffectsOptions, "essential">

/** A regression of a system, under its formula without the controls: `ami ~ coagglo + uic`. */
export interface Equation {
  readonly name: string
  readonly fit: WithinFit
}

export interface MediationFit {
  /** outcome ~ treatment (eq. 1), outcome ~ mediator (eq. 2), mediator ~ treatment (eq. 3), outcome ~ treatment + mediator (eq. 4). */
  readonly equations: ReadonlyArray<Equation>
  readonly effects: ReadonlyArray<Effect>
  readonly warnings: ReadonlyArray<Warning>
}

const slope = ({ coefficients, inference }: WithinFit, name: string) => {
  const i = inference.terms.indexOf(name)
  return {
    estimate: coefficients[i]!,
    stdError: inference.stdError[i]!,
    statistic: inference.statistic[i]!,
    pValue: inference.pValue[i]!,
    confLow: inference.confLow[i]!,
    confHigh: inference.confHigh[i]!
  }
}

/**
 * Mediation by three regressions with entity and year effects (eqs 2-4; Baron and Kenny 1986), and the total effect's (eq. 1).
 *
 * indirect = b1 g2 (treatment on mediator, mediator on outcome given treatment), direct = g1, total = g1 + b1 g2, which is eq. 1's slope.
 * The indirect effect's standard error is Sobel's, sqrt(b1^2 var(g2) + g2^2 var(b1)), with a normal test; its distribution is skew, so intervals
 * are better taken from the bootstrap. The other two have their regression's t tests.
 */
export const mediation = (model: MediationModel, options: MediationOptions = {}): MediationFit => {
  const { controls, mediator, outcome, treatment, ...panel } = model
  requireColumns({ variables: [outcome, treatment, mediator, ...controls], rows: model.index.rows, level: options.level, tolerance: options.tolerance })
  const level = options.level ?? 0.95
  const regress = (y: Variable, x: ReadonlyArray<Variable>): Equation => {
    const essential = x.map(({ name }) => name)
    return { name: `${y.name} ~ ${essential.join(" + ")}`, fit: within({ ...panel, dependent: y, regressors: [...x, ...controls] }, { ...options, essential }) }
  }
  const total = regress(outcome, [treatment])
  const mediatorAlone = regress(outcome, [mediator])
  const first = regress(mediator, [treatment])
  const second = regress(outcome, [treatment, mediator])
  const b1 = slope(first.fit, treatment.name)
  const g2 = slope(second.fit, mediator.name)
  const sobel = (b1.estimate * g2.stdError) ** 2 + (g2.estimate * b1.stdError) ** 2
  const equations = [total, mediatorAlone, first, second]
  return {
    equations,
    effects: [
      testedEffect(treatment.name, "indirect", b1.estimate * g2.estimate, sobel, { level }, "Sobel"),
      { term: treatment.name, effect: "direct", ...slope(second.fit, treatment.name), method: "t test of the regression" },
      { term: treatment.name, effect: "total", ...slope(total.fit, treatment.name), method: "t test of the regression" }
    ],
    warnings: equations.flatMap((equation) => equation.fit.warnings)
  }
}
