import { absorb } from "../effects/absorb.ts"
import { Fault, type Warning } from "../fault.ts"
import { COLLINEAR } from "../linear/collinear.ts"
import { type Inference, infer } from "../linear/inference.ts"
import { regress, residualsOf } from "../linear/least-squares.ts"
import type { LinearFit } from "../linear/linear-fit.ts"
import { CONSTANT, type FixedEffectsFit, type FixedEffectsModel, type FixedEffectsOptions, fixedEffects } from "../regression/fixed-effects.ts"
import { type Factor, pickFactor } from "../sample/factor.ts"
import { singletonsWarning, withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"
import { type Covariance, covariance, varianceOf } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { type InstrumentColumns, identified } from "./identified.ts"

/** An equation with endogenous regressors and any number of absorbed effects. All columns have a value for every row. */
export interface TwoStageModel extends Omit<FixedEffectsModel, "regressors"> {
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

/**
 * Two-stage least squares with any number of absorbed effects: y = X b + W c + effects + e, the endogenous X being instrumented by Z. With X^ the fit of X on Z and W
 * and D = [X^, W], b = (D'D)^-1 D'y; residuals are taken with X itself, so that the variance is that of y - X b - W c (Theil 1953; Wooldridge 2010, section 5.1.2).
 *
 * The fit is a LinearFit whose design is D: `covariance(fit, …)` gives it any variance and convention, `xtivreg2` among them. No constant is reported where there
 * are effects. A Fault where the equation cannot be identified: fewer instruments than endogenous regressors after what effects and exogenous regressors explain is
 * dropped, an endogenous regressor that they explain, or instruments that move fewer combinations of the endogenous regressors than there are.
 */
export const twoStage = (model: TwoStageModel, options: TwoStageOptions = {}): TwoStageFit => {
  const { dropped, rows } = withoutSingletons(model.effects)
  const whole = dropped.length === 0
  const n = whole ? model.dependent.values.length : rows.length
  if (n === 0) throw new Fault("no-rows", "no row is left in the sample: every row is alone in one of its effects' groups")
  const pick = (values: Float64Array): Float64Array => (whole ? values : Float64Array.from(rows, (row) => values[row]!))
  const pickVariable = ({ name, values }: Variable): Variable => ({ name, values: pick(values) })
  const pickGroup = (one: Factor): Factor => (whole ? one : pickFactor(one, rows))
  const factors = model.effects.map(pickGroup)
  const weights = model.weights === undefined ? undefined : { kind: model.weights.kind, values: pick(model.weights.values) }
  const shared = {
    effects: factors,
    weights,
    groups: (model.groups ?? []).map(pickGroup),
    coordinates: model.coordinates === undefined ? undefined : { latitude: pick(model.coordinates.latitude), longitude: pick(model.coordinates.longitude) }
  }
  const tolerance = options.tolerance ?? COLLINEAR
  const constant = factors.length === 0 ? [{ name: CONSTANT, values: new Float64Array(n).fill(1) }] : []
  const dependent = pickVariable(model.dependent)
  const effects = absorb(factors, weights?.values)
  const roles = identified(
    {
      endogenous: model.endogenous.map(pickVariable),
      exogenous: [...constant, ...model.exogenous.map(pickVariable)],
      instruments: model.instruments.map(pickVariable)
    },
    effects,
    { weights: weights?.values, tolerance }
  )
  const { exogenous, instruments, x } = roles

  // Independence was judged with the exogenous regressors first: here every column stays. The constant is in every model without effects.
  const regressors = [...roles.instrumentVariables, ...roles.exogenousVariables.filter(({ name }) => name !== CONSTANT || factors.length > 0)]
  const firstStages = model.endogenous.map((variable) =>
    fixedEffects({ dependent: pickVariable(variable), regressors, ...shared }, { ...options, tolerance: 0 })
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
    groups: [...factors, ...shared.groups],
    coordinates: shared.coordinates,
    nobs: weights?.kind === "fweight" ? weights.values.reduce((sum, w) => sum + w, 0) : n
  }
  const estimated = covariance(linear, varianceOf(options.variance, factors), options.smallSample)
  const dfResidual = residualDf(linear)
  const ssr = sumOfSquaredResiduals(linear)
  const size = linear.terms.length
  return {
    ...linear,
    dependent: dependent.name,
    endogenous,
    exogenous: roles.exogenousVariables.map(({ name }) => name),
    instruments: roles.instrumentVariables.map(({ name }) => name),
    firstStages,
    columns: { y, x, exogenous, instruments },
    covariance: estimated,
    inference: infer(
      linear.terms,
      linear.coefficients,
      Float64Array.from({ length: size }, (_, j) => estimated.matrix[j * size + j]!),
      estimated.df,
      options.level
    ),
    level: options.level ?? 0.95,
    rows,
    statistics: {
      rSquaredWithin: 1 - ssr / sumOfSquaredResiduals({ ...linear, residuals: factors.length === 0 ? centred(y, weights?.values) : y }),
      sigma: Math.sqrt(ssr / dfResidual)
    },
    dfResidual,
    warnings: [...singletonsWarning(model.effects, dropped), ...roles.warnings, ...firstStages.flatMap(({ warnings }) => warnings), ...estimated.warnings]
  }
}

const centred = (y: Float64Array, weights: Float64Array | undefined): Float64Array => {
  const total = weights === undefined ? y.length : weights.reduce((sum, w) => sum + w, 0)
  const mean = y.reduce((sum, value, i) => sum + (weights === undefined ? value : value * weights[i]!), 0) / total
  return y.map((value) => value - mean)
}
