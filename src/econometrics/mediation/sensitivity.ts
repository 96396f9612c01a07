import { type PathOptions, solvedInSample } from "../bootstrap/path-model.ts"
import { Fault, type Warning } from "../fault.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { type Effect, testedEffect } from "./effect.ts"
import type { MediationModel } from "./mediation.ts"
import { type SensitivityEffect, sensitivityPaths } from "./sensitivity-paths.ts"

export interface SensitivityOptions extends PathOptions {
  /** Correlations of the two equations' errors, each strictly between -1 and 1. */
  readonly rhos?: ReadonlyArray<number>
  readonly level?: number
}

/** Products of the shares of the mediator's and the outcome's variance that a confounder explains where the indirect effect is zero. */
export interface ConfounderShares {
  /** Of the variance that the equations leave unexplained: R2*. */
  readonly unexplained: number
  /** Of the whole variance: R2~. */
  readonly total: number
  /** R2~ of the variance that entity and year effects leave. */
  readonly within: number
}

export interface SensitivityFit {
  /** Indirect and direct effect at each rho, then the rho at which the indirect effect is zero. */
  readonly effects: ReadonlyArray<Effect>
  readonly zero: ConfounderShares
  /** The rhos, of those given, at which the indirect effect's interval has zero in it. */
  readonly insignificant: ReadonlyArray<number>
  readonly warnings: ReadonlyArray<Warning>
}

/** From -0.9 to 0.9 by 0.1. */
export const RHOS: ReadonlyArray<number> = Array.from({ length: 19 }, (_, i) => (i - 9) / 10)

const variation = (x: Float64Array): number => {
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length
  return x.reduce((sum, v) => sum + (v - mean) ** 2, 0)
}

/**
 * How much confounding of mediator and outcome the indirect effect bears: it and the direct effect as functions of rho, the correlation of the errors of
 * mediator ~ treatment and outcome ~ treatment + mediator, which is zero under sequential ignorability:
 *
 * indirect(rho) = b1 (s1/s2) [r - rho sqrt((1 - r^2)/(1 - rho^2))], s1 and s2 the error's standard deviations of outcome ~ treatment and
 * mediator ~ treatment, r their errors' correlation; direct(rho) = total - indirect(rho). It is zero at rho = r. A confounder that explains the shares R2*_M and R2*_Y of what the
 * equations leave unexplained makes rho^2 = R2*_M R2*_Y; with shares of the whole variance R2~ the product is rho^2 (1 - R2_M)(1 - R2_Y).
 *
 * Source: Imai, Keele and Yamamoto (2010), Statistical Science 25, theorem 4 and section 6.1 (linear structural equations; R's mediation, `medsens`).
 * Intervals by the delta method with the entities' scores in all equations together, errors' variances included (theirs is for independent rows, with errors'
 * variances taken as known); normal tests. The residuals' own degrees of freedom cancel but for those of the mediator's slope.
 */
export const sensitivity = (model: MediationModel, options: SensitivityOptions = {}): SensitivityFit => {
  const { rhos = RHOS, level = 0.95 } = options
  requireColumns({ variables: [model.outcome, model.treatment, model.mediator, ...model.controls], rows: model.index.rows, level })
  const paths = sensitivityPaths(model, rhos, options)
  const { equations, resampler, stdErrors } = solvedInSample(paths, "cluster")
  const { parameters } = equations
  const [, mediatorLeft, , , , outcomeLeft] = parameters as unknown as [number, number, number, number, number, number]
  const [u, y] = [paths.variables.at(-2)!, paths.variables.at(-1)!]
  const uu = (resampler.size - 2) * (resampler.size + 1)
  const yy = resampler.size ** 2 - 1
  if (!(outcomeLeft ** 2 > 1e-12 * resampler.products[yy]! && mediatorLeft ** 2 > 1e-12 * resampler.products[uu]!))
    throw new Fault(
      "perfect-fit",
      `${model.mediator.name} or ${model.outcome.name} is fitted exactly by its equation, so that its errors have no correlation with anything; is it made of its regressors?`
    )
  const values = new Float64Array(paths.names.length)
  const errors = new Float64Array(values.length)
  paths.values(parameters, values)
  stdErrors(new Float64Array(resampler.units).fill(1), equations.influence(), "joint", errors)
  const effects = paths.effects.map(({ effect, term }: SensitivityEffect, j) =>
    testedEffect(term, effect, values[j]!, errors[j]! ** 2, { level }, "delta method, clustered by entity")
  )
  const zero = effects.at(-1)!.estimate ** 2
  const left = (mediatorLeft * outcomeLeft) ** 2
  const indirect = effects.filter(({ effect }) => effect === "indirect")
  return {
    effects,
    zero: {
      unexplained: zero,
      total: (zero * left) / (variation(u.values) * variation(y.values)),
      within: (zero * left) / (resampler.products[uu]! * resampler.products[yy]!)
    },
    insignificant: rhos.filter((_, i) => indirect[i]!.confLow <= 0 && indirect[i]!.confHigh >= 0),
    warnings: paths.warnings
  }
}
