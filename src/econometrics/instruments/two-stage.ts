import { absorb } from "../effects/absorb.ts"
import type { Warning } from "../fault.ts"
import { COLLINEAR } from "../linear/collinear.ts"
import { type Inference, inferUnder } from "../linear/inference.ts"
import { regress, residualsOf } from "../linear/least-squares.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { type FixedEffectsFit, type FixedEffectsOptions, fixedEffects } from "../regression/fixed-effects.ts"
import { CONSTANT, type RegressionData, regressionSample } from "../regression/regression-sample.ts"
import type { Variable } from "../sample/variable.ts"
import { type Covariance, covariance, varianceOf } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { type InstrumentColumns, identified } from "./identified.ts"

/** An equation with endogenous regressors and any number of absorbed effects. */
export interface TwoStageModel extends RegressionData {
  readonly endogenous: ReadonlyArray<Variable>
  /** Regressors that are their own instruments; without effects a constant is among them. */
  readonly exogenous: ReadonlyArray<Variable>
  /** Instruments that the equation excludes. */
  readonly instruments: ReadonlyArray<Variable>
}

export type TwoStageOptions = Omit<FixedEffectsOptions, "essential">

/** A two-stage least squares fit: its terms are the endogenous regressors, then the exogenous ones that were kept. */
export interface TwoStageFit extends LinearFit {
  readonly dependent: string
  /** Names, in order; of the exogenous regressors and the instruments those that were kept. */
  readonly endogenous: ReadonlyArray<string>
  readonly exogenous: ReadonlyArray<string>
  readonly instruments: ReadonlyArray<string>
  /** One an endogenous regressor: it on the excluded instruments and the exogenous regressors, with the variance of the second stage. */
  readonly firstStages: ReadonlyArray<FixedEffectsFit>
  /** The columns with the effects taken off. */
  readonly columns: InstrumentColumns
  readonly covariance: Covariance
  readonly inference: Inference
  /** Coverage of the intervals. */
  readonly level: number
  /** The rows of the given columns that are the sample, singletons left out. */
  readonly rows: Int32Array
  readonly statistics: {
    /** 1 - SSR / sum of y with all effects taken off, squared; less than zero where the equation fits worse than the effects alone. */
    readonly rSquaredWithin: number
    /** Standard error of the regression, sqrt(SSR/(n - slopes - effects)). */
    readonly sigma: number
  }
  /** n less slopes and all effects. */
  readonly dfResidual: number
  readonly warnings: ReadonlyArray<Warning>
}

/** The columns of an equation, each once: a regressor may be its own instrument. */
export const twoStageVariables = ({ endogenous, exogenous, instruments }: Omit<TwoStageModel, "effects">): ReadonlyArray<Variable> => [
  ...endogenous,
  ...exogenous,
  ...instruments.filter(({ name, values }) => !endogenous.some((one) => one.name === name && one.values === values))
]

/**
 * Two-stage least squares with any number of absorbed effects: y = X b + W c + effects + e, the endogenous X being instrumented by Z. With X^ the fit of X on Z and W
 * and D = [X^, W], b = (D'D)^-1 D'y; residuals are taken with X itself, so that the variance is that of y - X b - W c (Theil 1953; Wooldridge 2010, section 5.1.2).
 *
 * The fit is a LinearFit whose design is D: `covariance(fit, …)` gives it any variance and convention, `xtivreg2` among them. No constant is reported where there
 * are effects. A Fault where the equation cannot be identified: fewer instruments than endogenous regressors after what effects and exogenous regressors explain is
 * dropped, an endogenous regressor that they explain, or instruments that move fewer combinations of the endogenous regressors than there are.
 */
export const twoStage = (model: TwoStageModel, options: TwoStageOptions = {}): TwoStageFit => {
  const sample = regressionSample(model, twoStageVariables(model), options)
  const { coordinates, dependent, effects: factors, groups, weights } = sample
  const tolerance = options.tolerance ?? COLLINEAR
  const effects = absorb(factors, weights?.values)
  const roles = identified(
    {
      endogenous: model.endogenous.map(sample.pick),
      exogenous: [...sample.constant, ...model.exogenous.map(sample.pick)],
      instruments: model.instruments.map(sample.pick)
    },
    effects,
    { weights: weights?.values, tolerance }
  )
  const { exogenous, instruments, x } = roles

  // Independence was judged with the exogenous regressors first: here every column stays. The constant is in every model without effects.
  const regressors = [...roles.instrumentVariables, ...roles.exogenousVariables.filter(({ name }) => name !== CONSTANT || factors.length > 0)]
  const firstStages = model.endogenous.map((variable) =>
    fixedEffects({ dependent: sample.pick(variable), regressors, effects: factors, weights, groups, coordinates }, { ...options, tolerance: 0 })
  )
  const fitted = firstStages.map((first) => first.within.map((value, i) => value - first.residuals[i]!))
  roles.requireRank(fitted)
  const y = effects.residualize(dependent.values)
  const design = [...fitted, ...exogenous]
  const second = regress(design, y, { weights: weights?.values, tolerance: 0 })
  const endogenous = model.endogenous.map(({ name }) => name)
  const linear: LinearFit = {
    terms: [...endogenous, ...roles.exogenousVariables.map(({ name }) => name)],
    coefficients: second.coefficients,
    design,
    bread: second.bread,
    slopes: design.length,
    residuals: residualsOf(y, [...x, ...exogenous], second.coefficients),
    effects,
    weights,
    groups: [...factors, ...groups],
    coordinates,
    nobs: sample.nobs
  }
  const estimated = covariance(linear, varianceOf(options.variance, factors), options.smallSample)
  const dfResidual = residualDf(linear)
  const ssr = sumOfSquaredResiduals(linear)
  return {
    ...linear,
    dependent: dependent.name,
    endogenous,
    exogenous: roles.exogenousVariables.map(({ name }) => name),
    instruments: roles.instrumentVariables.map(({ name }) => name),
    firstStages,
    columns: { y, x, exogenous, instruments },
    covariance: estimated,
    inference: inferUnder(linear, estimated, options.level),
    level: options.level ?? 0.95,
    rows: sample.rows,
    statistics: {
      rSquaredWithin: 1 - ssr / sumOfSquaredResiduals({ ...linear, residuals: factors.length === 0 ? centred(y, weights?.values) : y }),
      sigma: Math.sqrt(ssr / dfResidual)
    },
    dfResidual,
    warnings: [...sample.warnings, ...roles.warnings, ...firstStages.flatMap(({ warnings }) => warnings), ...estimated.warnings]
  }
}

const centred = (y: Float64Array, weights: Float64Array | undefined): Float64Array => {
  const total = weights === undefined ? y.length : weights.reduce((sum, w) => sum + w, 0)
  const mean = y.reduce((sum, value, i) => sum + (weights === undefined ? value : value * weights[i]!), 0) / total
  return y.map((value) => value - mean)
}
