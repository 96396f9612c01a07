import { fUpper } from "../stats/distributions.ts"
import { clusterMeat, type VarianceKind } from "./cluster-variance.ts"
import { Fault, type Warning } from "./fault.ts"
import { type FeSample, feSample, independent, type Variable } from "./fe-sample.ts"
import { type Inference, infer } from "./inference.ts"
import type { PanelIndex } from "./panel-index.ts"
import { slopes } from "./slopes.ts"
import { waldStatistic } from "./wald.ts"

export interface WithinOptions {
  /** Clustered by entity (the default), or iid. */
  readonly variance?: VarianceKind
  /** A regressor is collinear where the effects and the regressors before it leave at most this share of its norm. */
  readonly tolerance?: number
  /** Coverage of the confidence intervals. */
  readonly level?: number
  /** Regressors without which the model has no sense: a Fault, not a warning, where one is dropped. */
  readonly essential?: ReadonlyArray<string>
}

/** Sums of squares and what is made of them. */
export interface FitStatistics {
  /** 1 - SSR / sum (Qy)^2, Q taking off entity means only: `xtreg, fe` with year dummies among the regressors. */
  readonly rSquaredWithin: number
  /** The same with entity and year effects taken off y: reghdfe's and fixest's "within". */
  readonly rSquaredWithinTwoWay: number
  /** The squared correlation of y with Xb and the year effects, entity effects left out: `xtreg, fe`. */
  readonly rSquaredOverall: number
  /** 1 - SSR / sum (y - mean)^2, of the regression with all dummies. */
  readonly rSquared: number
  /** The same by degrees of freedom. */
  readonly rSquaredAdjusted: number
  /** Standard error of the regression, sqrt(SSR/(n - rank)). */
  readonly sigma: number
}

/** A fitted two-way fixed effects regression. */
export interface WithinFit {
  readonly sample: FeSample
  readonly dependent: string
  /** The regressors kept, in the order of `coefficients`. */
  readonly regressors: ReadonlyArray<Variable>
  readonly coefficients: Float64Array
  /** k x k, row-major. */
  readonly covariance: Float64Array
  readonly residuals: Float64Array
  /** Slopes, then the constant. */
  readonly inference: Inference
  readonly statistics: FitStatistics
  readonly nobs: number
  /** Slopes, year dummies and the constant: what the small-sample factor counts. */
  readonly parameters: number
  /** n less slopes and all effects. */
  readonly dfResidual: number
  /** Degrees of freedom of t: G - 1 with clustering, else the residual ones. */
  readonly df: number
  /** Wald test that all slopes are zero: F(k, df). NaN where the variance is not invertible (more slopes than clusters). */
  readonly wald: { readonly statistic: number; readonly df1: number; readonly pValue: number }
  readonly warnings: ReadonlyArray<Warning>
}

/** Residuals at most this share of the dependent's sum of squares are rounding. */
const PERFECT = 1e-24
const perfectFit = (name: string): Warning => ({
  code: "perfect-fit",
  message: `${name}: regressors and effects fit it exactly, so that standard errors and tests are rounding error; is it made of its regressors?`
})

export const CONSTANT = "(constant)"

const mean = (x: Float64Array): number => x.reduce((sum, value) => sum + value, 0) / x.length
const sumOfSquares = (x: Float64Array, centre = 0): number => x.reduce((sum, value) => sum + (value - centre) ** 2, 0)

const correlation = (x: Float64Array, y: Float64Array): number => {
  const mx = mean(x)
  const my = mean(y)
  let xy = 0
  for (let i = 0; i < x.length; i++) xy += (x[i]! - mx) * (y[i]! - my)
  return xy / Math.sqrt(sumOfSquares(x, mx) * sumOfSquares(y, my))
}

/**
 * Two-way fixed effects: y_it = x_it'b + u_i + v_t + e_it by least squares (eq. 1 of the study's paper).
 *
 * Slopes by QR on the columns with both effects taken off. The variance is that of the model with entity effects absorbed and year dummies as
 * regressors: (X'X)^-1 [sum_g X_g'e_g e_g'X_g] (X'X)^-1 G/(G - 1) (n - 1)/(n - K) with K = slopes + year dummies + constant, t with G - 1
 * degrees of freedom (Stata `xtreg y x i.year, fe vce(cluster id)`; fixest `feols(y ~ x | id + year, cluster = ~id)`, which leaves out the constant's row).
 * The constant is xtreg's: mean(y) - mean(x)'b - mean(D)'g, the first year being the base; its standard error comes from the same sandwich.
 */
export const within = (given: PanelIndex, y: Variable, x: ReadonlyArray<Variable>, options: WithinOptions = {}): WithinFit => {
  const sample = feSample(given)
  const { absorber } = sample
  const { index } = absorber
  const n = index.rows
  const dependent = sample.pick(y)
  const chosen = independent(sample, x.map(sample.pick), options.essential ?? [], options.tolerance)
  const k = chosen.variables.length
  const byEntity = absorber.demeanByEntity(dependent.values)
  const yWithin = absorber.within(dependent.values)
  const total = sumOfSquares(yWithin)
  if (!(total > 1e-24 * sumOfSquares(dependent.values)))
    throw new Fault(
      "constant-dependent",
      `${y.name}: entity and year effects explain it whole, so that there is nothing left to regress: take another dependent variable, or a wider sample`
    )

  const clustered = (options.variance ?? "cluster") === "cluster"
  const fit = slopes(sample, chosen.qr, chosen.within, yWithin, clustered ? "cluster" : "iid")
  const { bread, coefficients, covariance, dfResidual, residuals } = fit
  const ssr = sumOfSquares(residuals)

  // The constant is linear in y: its influence w (constant = w'y) is 1/n - u - Xw (Xw'Xw)^-1 (mean x - X'u), u carrying the year effects' part.
  const shares = new Float64Array(index.years.length)
  for (const t of index.year) shares[t] = shares[t]! + 1 / n
  const yearShares = Float64Array.from(absorber.effectYears, (t) => shares[t]!)
  const u = absorber.yearInfluence(yearShares)
  const pull = Float64Array.from(chosen.variables, ({ values }) => mean(values) - values.reduce((sum, value, i) => sum + value * u[i]!, 0))
  const weights = Float64Array.from({ length: k }, (_, i) => pull.reduce((sum, value, j) => sum + bread[i * k + j]! * value, 0))
  const influence = u.map((value, i) => 1 / n - value - chosen.within.reduce((sum, column, j) => sum + column[i]! * weights[j]!, 0))

  const adjusted = Float64Array.from(dependent.values, (value, i) =>
    chosen.variables.reduce((left, variable, j) => left - coefficients[j]! * variable.values[i]!, value)
  )
  const effects = absorber.yearEffects(adjusted)
  const constant = mean(adjusted) - effects.reduce((sum, effect, t) => sum + effect * yearShares[t]!, 0)

  const constantVariance = fit.factor * (clustered ? clusterMeat([influence], residuals, index.entity, index.entities.length)[0]! : sumOfSquares(influence))
  const variances = Array.from({ length: k }, (_, j) => covariance[j * k + j]!)

  const yearEffect = new Float64Array(index.years.length)
  for (const [j, t] of absorber.effectYears.entries()) yearEffect[t] = effects[j]!
  const predicted = dependent.values.map((value, i) => value - adjusted[i]! + yearEffect[index.year[i]!]!)
  const wald = waldStatistic(coefficients, covariance) / k
  const totalRaw = sumOfSquares(dependent.values, mean(dependent.values))
  return {
    sample,
    dependent: y.name,
    regressors: chosen.variables,
    coefficients,
    covariance,
    residuals,
    inference: infer(
      [...chosen.variables.map(({ name }) => name), CONSTANT],
      Float64Array.of(...coefficients, constant),
      [...variances, constantVariance],
      fit.df,
      options.level
    ),
    statistics: {
      rSquaredWithin: 1 - ssr / sumOfSquares(byEntity),
      rSquaredWithinTwoWay: 1 - ssr / total,
      rSquaredOverall: correlation(predicted, dependent.values) ** 2,
      rSquared: 1 - ssr / totalRaw,
      rSquaredAdjusted: 1 - ssr / dfResidual / (totalRaw / (n - 1)),
      sigma: Math.sqrt(ssr / dfResidual)
    },
    nobs: n,
    parameters: fit.parameters,
    dfResidual,
    df: fit.df,
    wald: { statistic: wald, df1: k, pValue: fUpper(wald, k, fit.df) },
    warnings: [...sample.warnings, ...chosen.warnings, ...(ssr > PERFECT * total ? [] : [perfectFit(y.name)])]
  }
}
