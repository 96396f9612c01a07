import { type Absorption, absorb } from "../effects/absorb.ts"
import { Fault, type Warning } from "../fault.ts"
import { COLLINEAR, collinearWarnings, effectsNamed, variation } from "../linear/collinear.ts"
import { type Inference, infer } from "../linear/inference.ts"
import { regress } from "../linear/least-squares.ts"
import type { Coordinates, LinearFit, Weights } from "../linear/linear-fit.ts"
import { type Factor, pickFactor } from "../sample/factor.ts"
import { singletonsWarning, withoutSingletons } from "../sample/singletons.ts"
import type { Variable } from "../sample/variable.ts"
import type { SmallSample } from "../variance/small-sample.ts"
import { type Covariance, covariance, type VarianceChoice, varianceOf } from "../variance/variance.ts"
import { residualDf, sumOfSquaredResiduals } from "../variance/variance-estimate.ts"
import { type WaldF, waldF } from "../variance/wald.ts"

/** A regression with any number of absorbed effects. All columns have a value for every row. */
export interface FixedEffectsModel {
  readonly dependent: Variable
  readonly regressors: ReadonlyArray<Variable>
  /** The factors whose effects are absorbed; with none, a constant is among the regressors. */
  readonly effects: ReadonlyArray<Factor>
  readonly weights?: Weights | undefined
  /** Further factors for a variance to cluster by, or to take as time. */
  readonly groups?: ReadonlyArray<Factor>
  readonly coordinates?: Coordinates | undefined
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

export const CONSTANT = "(constant)"

/** Residuals at most this share of the dependent's sum of squares are rounding. */
const PERFECT = 1e-24

const weightedSquares = (x: Float64Array, weights: Float64Array | undefined, centre = 0): number => {
  let sum = 0
  for (let i = 0; i < x.length; i++) sum += (weights === undefined ? 1 : weights[i]!) * (x[i]! - centre) * (x[i]! - centre)
  return sum
}

const checkWeights = ({ kind, values }: Weights): void => {
  const wrong = values.findIndex((w) => !(w > 0 && Number.isFinite(w) && (kind === "aweight" || Number.isInteger(w))))
  if (wrong >= 0)
    throw new Fault(
      "weights",
      `row ${wrong + 1} has the weight ${values[wrong]}: ${kind === "aweight" ? "analytic weights are positive numbers" : "frequency weights are whole numbers from 1"}; leave rows of no weight out`
    )
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
 * With t(df) where df is that of the variance: G - 1 for clusters, else n less slopes and effects. `covariance(fit, …)` gives the same model any other variance.
 */
export const fixedEffects = (model: FixedEffectsModel, options: FixedEffectsOptions = {}): FixedEffectsFit => {
  const { dropped, rows } = withoutSingletons(model.effects)
  const whole = dropped.length === 0
  const n = whole ? model.dependent.values.length : rows.length
  if (n === 0) throw new Fault("no-rows", "no row is left in the sample: every row is alone in one of its effects' groups")
  const pick = (values: Float64Array): Float64Array => (whole ? values : Float64Array.from(rows, (row) => values[row]!))
  const pickVariable = ({ name, values }: Variable): Variable => ({ name, values: pick(values) })
  const factors = whole ? model.effects : model.effects.map((one) => pickFactor(one, rows))
  if (model.weights !== undefined) checkWeights(model.weights)
  const weights = model.weights === undefined ? undefined : { kind: model.weights.kind, values: pick(model.weights.values) }
  const nobs = weights?.kind === "fweight" ? weights.values.reduce((sum, w) => sum + w, 0) : n
  const dependent = pickVariable(model.dependent)
  const explicit = factors.length === 0 ? [{ name: CONSTANT, values: new Float64Array(n).fill(1) }] : []
  const regressors = [...explicit, ...model.regressors.map(pickVariable)]
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
    groups: [...factors, ...(model.groups ?? []).map((one) => (whole ? one : pickFactor(one, rows)))],
    coordinates: model.coordinates === undefined ? undefined : { latitude: pick(model.coordinates.latitude), longitude: pick(model.coordinates.longitude) },
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
    inference: infer(linear.terms, linear.coefficients, diagonal(estimated.matrix, linear.terms.length), estimated.df, options.level),
    rows,
    within,
    statistics: {
      rSquaredWithin: 1 - ssr / (factors.length === 0 ? raw : total),
      rSquared: 1 - ssr / raw,
      rSquaredAdjusted: 1 - ssr / dfResidual / (raw / (nobs - 1)),
      sigma: Math.sqrt(sumOfSquaredResiduals(linear) / dfResidual)
    },
    dfResidual,
    wald: waldF(linear.coefficients, estimated, tested),
    warnings: [...singletonsWarning(model.effects, dropped), ...collinear, ...estimated.warnings, ...perfect, ...bound]
  }
}

const diagonal = (matrix: Float64Array, n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => matrix[i * n + i]!)
