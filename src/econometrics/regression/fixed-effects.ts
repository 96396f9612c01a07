import { sumOfSquares } from "../../linalg/sums.ts"
import { type Absorption, absorb } from "../effects/absorb.ts"
import { Fault, type Warning } from "../fault.ts"
import { COLLINEAR, collinearWarnings, effectsNamed, variation } from "../linear/collinear.ts"
import { type Inference, inferUnder } from "../linear/inference.ts"
import { PERFECT, regress } from "../linear/least-squares.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import type { Variable } from "../sample/variable.ts"
import type { SmallSample } from "../variance/small-sample.ts"
import { type Covariance, covariance, type VarianceChoice, varianceOf } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { type WaldF, waldF } from "../variance/wald.ts"
import { CONSTANT, type RegressionData, regressionSample } from "./regression-sample.ts"

/** A regression with any number of absorbed effects. */
export interface FixedEffectsModel extends RegressionData {
  readonly regressors: ReadonlyArray<Variable>
}

export interface FixedEffectsOptions {
  /** By default clustered by the first effect; without effects, HC1. */
  readonly variance?: VarianceChoice | undefined
  readonly smallSample?: SmallSample | undefined
  /** A regressor is collinear where the effects and the regressors before it leave at most this share of its norm. */
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
  /** Regressors without which the model has no sense: a Fault, not a warning, where one is dropped. */
  readonly essential?: ReadonlyArray<string> | undefined
}

export interface FixedEffectsFit extends LinearFit {
  readonly dependent: string
  readonly covariance: Covariance
  readonly inference: Inference
  /** The rows of the given columns that are the sample, singletons left out. */
  readonly rows: Int32Array
  /** y with the effects taken off. */
  readonly within: Float64Array
  readonly statistics: {
    /** 1 - SSR / sum of y with all effects taken off, squared. Without effects, the same as `rSquared`. */
    readonly rSquaredWithin: number
    /** 1 - SSR / sum (y - mean)^2. */
    readonly rSquared: number
    /** The same by degrees of freedom. */
    readonly rSquaredAdjusted: number
    /** Standard error of the regression, sqrt(SSR/(n - slopes - effects)). */
    readonly sigma: number
  }
  /** n less slopes and all effects. */
  readonly dfResidual: number
  /** Wald test that all slopes (the constant left out) are zero: F(df1, df2), under CR2 by HTZ, with Satterthwaite's df2. NaN where the variance is not invertible, or HTZ has no degrees of freedom: too few clusters for so many slopes. */
  readonly wald: WaldF
  readonly warnings: ReadonlyArray<Warning>
}

const weightedSquares = (x: Float64Array, weights: Float64Array | undefined, centre = 0): number => {
  if (weights === undefined) return sumOfSquares(x, centre)
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += weights[i]! * (x[i]! - centre) * (x[i]! - centre)
  return sum
}

/** y with the effects taken off; a Fault where nothing is left. */
const residualizeDependent = (effects: Absorption, { name, values }: Variable, weights: Float64Array | undefined): Float64Array => {
  const within = effects.residualize(values)
  if (!(weightedSquares(within, weights) > PERFECT * weightedSquares(values, weights)))
    throw new Fault(
      "constant-dependent",
      effects.factors.length === 0
        ? `${name} is zero in every row, so that there is nothing to regress: take another dependent variable`
        : `${name}: ${effectsNamed(effects.factors)} explain it whole, so that there is nothing left to regress: take another dependent variable, or a wider sample`
    )
  return within
}

/**
 * Least squares with any number of absorbed effects (eq. 1 of the study's paper has two): slopes by QR on columns with the effects taken off, singletons
 * dropped recursively and named, collinear regressors dropped and named, the variance and its small-sample factor by name.
 *
 * A Fault `input` names all that is wrong with the columns given: lengths that differ, values that are no finite numbers, names given twice, weights that are none.
 *
 * With t(df) where df is that of the variance: G - 1 for clusters, else n less slopes and effects. `covariance(fit, …)` gives the same model any other variance.
 */
export const fixedEffects = (model: FixedEffectsModel, options: FixedEffectsOptions = {}): FixedEffectsFit => {
  const sample = regressionSample(model, model.regressors, options)
  const { dependent, effects: factors, nobs, weights } = sample
  const n = sample.rows.length
  const regressors = [...sample.constant, ...model.regressors.map(sample.pick)]
  const effects = absorb(factors, weights?.values)

  const within = residualizeDependent(effects, dependent, weights?.values)
  const columns = regressors.map(({ values }) => effects.residualize(values))
  const fit = regress(columns, within, {
    weights: weights?.values,
    tolerance: options.tolerance ?? COLLINEAR,
    norms: regressors.map(({ values }) => variation(values, weights?.values))
  })
  const collinear = collinearWarnings(
    fit.dropped.map((c) => regressors[c]!.name),
    regressors.length,
    options.essential ?? [],
    factors
  )
  const linear: LinearFit = {
    terms: fit.kept.map((c) => regressors[c]!.name),
    coefficients: fit.coefficients,
    design: fit.kept.map((c) => columns[c]!),
    bread: fit.bread,
    slopes: fit.kept.length,
    residuals: fit.residuals,
    effects,
    weights,
    groups: [...factors, ...sample.groups],
    coordinates: sample.coordinates,
    nobs
  }
  const estimated = covariance(linear, varianceOf(options.variance, factors), options.smallSample)
  const ssr = weightedSquares(fit.residuals, weights?.values)
  const total = weightedSquares(within, weights?.values)
  const perfect: ReadonlyArray<Warning> =
    ssr > PERFECT * total
      ? []
      : [
          {
            code: "perfect-fit",
            message: `${dependent.name}: regressors and effects fit it exactly, so that standard errors and tests are rounding error; is it made of its regressors?`
          }
        ]
  const bound: ReadonlyArray<Warning> = effects.exactRank
    ? []
    : [
        {
          code: "effects-counted-high",
          message: `the ${effects.rank} absorbed effects are an upper bound: some may depend on others (each factor was counted against the largest alone)`
        }
      ]
  const dfResidual = residualDf(linear)
  const sumOfWeights = weights === undefined ? n : weights.values.reduce((sum, w) => sum + w, 0)
  const mean = dependent.values.reduce((sum, value, i) => sum + (weights === undefined ? value : value * weights.values[i]!), 0) / sumOfWeights
  const raw = weightedSquares(dependent.values, weights?.values, mean)
  const tested = linear.terms.flatMap((name, j) => (name === CONSTANT ? [] : [j]))
  return {
    ...linear,
    dependent: dependent.name,
    covariance: estimated,
    inference: inferUnder(linear, estimated, options.level),
    rows: sample.rows,
    within,
    statistics: {
      rSquaredWithin: 1 - ssr / (factors.length === 0 ? raw : total),
      rSquared: 1 - ssr / raw,
      rSquaredAdjusted: 1 - ssr / dfResidual / (raw / (nobs - 1)),
      sigma: Math.sqrt(sumOfSquaredResiduals(linear) / dfResidual)
    },
    dfResidual,
    wald: waldF(linear.coefficients, estimated, tested),
    warnings: [...sample.warnings, ...collinear, ...estimated.warnings, ...perfect, ...bound]
  }
}
