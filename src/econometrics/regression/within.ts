import { panelFactors } from "../effects/panel-absorption.ts"
import { correlation } from "../linear/correlation.ts"
import { requireColumns } from "../linear/given-columns.ts"
import { inferUnder } from "../linear/inference.ts"
import type { RowWeights } from "../linear/linear-fit.ts"
import { scoreDesign } from "../linear/score-design.ts"
import type { PanelIndex } from "../sample/panel-index.ts"
import type { Variable } from "../sample/variable.ts"
import { covariance } from "../variance/variance.ts"
import { type FeSample, feSample } from "./fe-sample.ts"
import { type FixedEffectsFit, type FixedEffectsModel, type FixedEffectsOptions, fixedEffects } from "./fixed-effects.ts"
import { CONSTANT } from "./regression-sample.ts"

/** A two-way fixed effects regression; `groups` are beside `entity` and `year`. */
export interface WithinModel extends Omit<FixedEffectsModel, "effects"> {
  readonly index: PanelIndex
}

/** A fitted two-way fixed effects regression: `terms`, `inference` and `covariance` are of the slopes, then of the constant. */
export interface WithinFit extends FixedEffectsFit {
  readonly sample: FeSample
  /** The regressors kept, in the order of the slopes. */
  readonly regressors: ReadonlyArray<Variable>
  readonly statistics: FixedEffectsFit["statistics"] & {
    /** 1 - SSR / sum (Qy)^2, Q taking off entity means only: `xtreg, fe` with year dummies among the regressors. */
    readonly rSquaredWithin: number
    /** The same with entity and year effects taken off y: reghdfe's and fixest's "within". */
    readonly rSquaredWithinTwoWay: number
    /** The squared correlation of y with Xb and the year effects, entity effects left out: `xtreg, fe`. */
    readonly rSquaredOverall: number
  }
}

const weighted = (x: Float64Array, weights: RowWeights | undefined): Float64Array =>
  weights === undefined ? x : x.map((value, i) => value * weights.values[i]!)

const sum = (x: Float64Array): number => x.reduce((total, value) => total + value, 0)

/**
 * Two-way fixed effects: y_it = x_it'b + u_i + v_t + e_it by least squares (eq. 1 of the study's paper); `fixedEffects` with the panel's two factors, and
 * what Stata's `xtreg, fe` with year dummies adds: the constant and its R-squareds.
 *
 * The variance is by default that of the model with entity effects absorbed and year dummies as regressors: (X'X)^-1 [sum_g X_g'e_g e_g'X_g] (X'X)^-1
 * G/(G - 1) (n - 1)/(n - K) with K = slopes + year dummies + constant, t with G - 1 degrees of freedom (Stata `xtreg y x i.year, fe vce(cluster id)`; fixest
 * `feols(y ~ x | id + year, cluster = ~id)`, which leaves out the constant's row). The constant is mean(y) - mean(x)'b - mean(D)'g, the first year being the
 * base; its standard error comes from the same sandwich.
 */
export const within = (model: WithinModel, options: FixedEffectsOptions = {}): WithinFit => {
  requireColumns({
    variables: [model.dependent, ...model.regressors],
    factors: model.groups,
    rows: model.index.rows,
    weights: model.weights,
    coordinates: model.coordinates,
    tolerance: options.tolerance,
    level: options.level
  })
  const sample = feSample(model.index, model.weights?.values)
  const { absorption } = sample
  const { index } = absorption
  const { entity, year } = panelFactors(model.index)
  const fit = fixedEffects({ ...model, effects: [entity, year] }, options)
  const { weights } = fit
  const k = fit.slopes
  const n = index.rows
  const kept = new Set(fit.terms)
  const regressors = model.regressors.filter(({ name }) => kept.has(name)).map(sample.pick)
  const dependent = sample.pick(model.dependent).values

  // The constant is linear in y: its influence w (constant = w'y) is 1/n - u - Xw (Xw'Xw)^-1 (mean x - X'u), u carrying the year effects' part.
  const total = weights === undefined ? n : sum(weights.values)
  const shares = new Float64Array(index.years.length)
  for (let i = 0; i < n; i++) shares[index.year[i]!] = shares[index.year[i]!]! + (weights === undefined ? 1 : weights.values[i]!) / total
  const yearShares = Float64Array.from(absorption.effectYears, (t) => shares[t]!)
  const u = absorption.yearInfluence(yearShares)
  const pull = Float64Array.from(regressors, ({ values }) => {
    const mass = weighted(values, weights)
    return sum(mass) / total - mass.reduce((at, value, i) => at + value * u[i]!, 0)
  })
  const scores = scoreDesign(fit)
  const along = Float64Array.from({ length: k }, (_, i) => pull.reduce((at, value, j) => at + scores.root[j * k + i]! * value, 0))
  const influence = u.map((value, i) => 1 / total - value - scores.columns.reduce((at, column, j) => at + column[i]! * along[j]!, 0))

  const adjusted = Float64Array.from(dependent, (value, i) => regressors.reduce((left, { values }, j) => left - fit.coefficients[j]! * values[i]!, value))
  const effects = absorption.yearEffects(adjusted)
  const constant = sum(weighted(adjusted, weights)) / total - effects.reduce((at, effect, t) => at + effect * yearShares[t]!, 0)
  const yearEffect = new Float64Array(index.years.length)
  for (const [j, t] of absorption.effectYears.entries()) yearEffect[t] = effects[j]!
  const predicted = dependent.map((value, i) => value - adjusted[i]! + yearEffect[index.year[i]!]!)

  const bread = new Float64Array((k + 1) ** 2)
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) bread[i * (k + 1) + j] = fit.bread[i * k + j]!
  bread[(k + 1) ** 2 - 1] = 1
  const linear = {
    ...fit,
    terms: [...fit.terms, CONSTANT],
    coefficients: Float64Array.of(...fit.coefficients, constant),
    design: [...fit.design, influence],
    bread
  }
  const estimated = covariance(linear, fit.covariance.variance, options.smallSample)
  const ssr = sum(
    weighted(
      fit.residuals.map((e) => e * e),
      weights
    )
  )
  const byEntity = absorption.demeanByEntity(dependent)
  return {
    ...linear,
    sample,
    regressors,
    covariance: estimated,
    inference: inferUnder(linear, estimated, options.level),
    statistics: {
      ...fit.statistics,
      rSquaredWithin:
        1 -
        ssr /
          sum(
            weighted(
              byEntity.map((v) => v * v),
              weights
            )
          ),
      rSquaredWithinTwoWay: fit.statistics.rSquaredWithin,
      rSquaredOverall: correlation(predicted, dependent, weights?.values) ** 2
    }
  }
}
