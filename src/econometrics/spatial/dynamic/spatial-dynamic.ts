import { Fault, type Warning } from "../../fault.ts"
import { type Inference, infer } from "../../linear/inference.ts"
import type { Determinant, DeterminantMethod } from "../determinant/method.ts"
import { informationVariance } from "../models/information-variance.ts"
import { choiceFaults, laggedFaults } from "../models/option-faults.ts"
import { less, spatialColumns } from "../models/spatial-columns.ts"
import { type SpatialFit, spatialMl } from "../models/spatial-ml.ts"
import { type SpatialModel, spatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { scoreBias } from "./bias-correction.ts"
import { type DynamicEffects, dynamicEffects } from "./dynamic-effects.ts"
import { type LaggedSample, laggedSample, requireConsecutive } from "./lagged-sample.ts"
import { type Dynamics, type Stability, stability } from "./stability.ts"

export interface SpatialDynamicOptions {
  /** sdm, the default, has spatial lags of regressors; sar none. */
  readonly specification?: "sdm" | "sar" | undefined
  /** Which lags of y there are: L.y and W*L.y (both, the default), the first (time) or the second alone (space-time). */
  readonly dynamics?: "both" | "time" | "space-time" | undefined
  /** By default two-way, which needs rows of W that sum to one. */
  readonly effects?: "two-way" | "individual" | undefined
  /** By default yu-de-jong-lee: without the bias that entity effects leave where there are lags of y. */
  readonly correction?: "yu-de-jong-lee" | "none" | undefined
  /** Regressors that have a spatial lag in sdm; by default all. */
  readonly lagged?: ReadonlyArray<string> | undefined
  readonly determinant?: DeterminantMethod | "auto" | undefined
  readonly seed?: number | undefined
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
}

export interface SpatialDynamicFit {
  readonly specification: "sdm" | "sar"
  readonly dynamics: "both" | "time" | "space-time"
  readonly effects: "two-way" | "individual"
  readonly correction: "yu-de-jong-lee" | "none"
  readonly dependent: string
  readonly weights: WeightsMatrix
  /** L.y (tau), W*L.y (eta), slopes by name, `W*x`, rho, sigma2: the order of all that follows. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Row-major: the inverse information at the estimates. */
  readonly covariance: Float64Array
  readonly inference: Inference
  /** Before the correction: where the likelihood is greatest. */
  readonly uncorrected: { readonly estimates: Float64Array; readonly covariance: Float64Array }
  /** At that maximum. */
  readonly logLikelihood: number
  readonly stability: Stability
  /** Short-run and long-run effects of the regressors, by the delta method. */
  readonly spillovers: DynamicEffects
  /** N (T - 1): the first year is only a lag. */
  readonly nobs: number
  readonly observations: number
  readonly entities: number
  readonly periods: number
  readonly determinant: Determinant
  readonly warnings: ReadonlyArray<Warning>
}

const VALUES = {
  specification: ["sdm", "sar"],
  dynamics: ["both", "time", "space-time"],
  effects: ["two-way", "individual"],
  correction: ["yu-de-jong-lee", "none"]
} as const

const optionFaults = ({ regressors }: SpatialModel, options: SpatialDynamicOptions): ReadonlyArray<string> => [
  ...choiceFaults(options, VALUES, " of a dynamic model"),
  ...laggedFaults(
    options.lagged,
    regressors.map(({ name }) => name)
  ),
  ...(options.lagged !== undefined && options.specification === "sar" ? ["sar has no spatial lags of regressors: take sdm, or leave lagged out"] : [])
]

/**
 * The likelihood's fit of columns without entity means: with time effects it is that of (N-1)T rows F'y_t and W* = F'WF, F an orthonormal complement of the unit
 * vector; without them of N T rows.
 */
const likelihoodFit = (
  weights: WeightsMatrix,
  { dependent, lags, regressors }: LaggedSample,
  { determinant, effects = "two-way", lagged, level, seed, specification = "sdm", tolerance, dynamics = "both" }: SpatialDynamicOptions
): SpatialFit =>
  spatialMl(
    {
      weights,
      dependent,
      regressors: [...(dynamics === "space-time" ? [] : [lags.time]), ...(dynamics === "time" ? [] : [lags.spaceTime]), ...regressors]
    },
    {
      specification,
      ...(specification === "sdm" ? { lagged: lagged ?? regressors.map(({ name }) => name) } : lagged === undefined ? {} : { lagged }),
      ...(effects === "two-way" ? { effects: "time", correction: "lee-yu" } : { effects: "individual", correction: "none" }),
      variance: "expected",
      determinant,
      seed,
      tolerance,
      level
    }
  )

/** The inverse information at other values of the parameters, of the same data. */
const covarianceAt = (fit: SpatialFit, sample: LaggedSample, columnsOf: ReadonlyArray<Float64Array>, estimates: Float64Array): Float64Array => {
  const slopes = estimates.slice(0, columnsOf.length)
  const [rho, sigma2] = [estimates[slopes.length]!, estimates[slopes.length + 1]!]
  const columns = spatialColumns(fit.frame, sample.dependent.values, columnsOf, fit.weights, undefined)
  const residuals = columns.x.reduce((rest, column, j) => less(rest, slopes[j]!, column), less(columns.y, rho, columns.wy))
  const estimated = { frame: fit.frame, columns, point: { rho, lambda: 0 }, slopes, residuals, sigma2, parameters: fit.parameters }
  return informationVariance(estimated, sample.dependent.values, fit.entities, fit.weights, undefined, "expected").covariance
}

/**
 * The dynamic spatial panel y_t = tau y_(t-1) + eta W y_(t-1) + rho W y_t + X_t b + W X_t theta + entity (and time) effects + e_t, given the first year, by quasi
 * maximum likelihood. Its estimates have a bias of order 1/T, tau's towards zero, which is taken off: estimate + I^-1 a (`scoreBias`), with standard errors from the
 * information at the corrected values. (Yu, de Jong and Lee 2008, Journal of Econometrics 146, individual effects; Lee and Yu 2010, Econometric Theory 26, both.)
 * The lag of a row is the same entity's of the year before.
 */
export const spatialDynamic = (model: SpatialModel, options: SpatialDynamicOptions = {}): SpatialDynamicFit => {
  const given = spatialSample(model, options, optionFaults(model, options))
  requireConsecutive(model, given)
  const { correction = "yu-de-jong-lee", dynamics = "both", effects = "two-way", level = 0.95, specification = "sdm" } = options
  const { weights } = given
  if (effects === "two-way" && !isRowStandardized(weights))
    throw new Fault(
      "weights-not-row-standardised",
      'a dynamic model with two-way effects needs weights whose rows sum to 1; these do not: standardise by row, or set effects to "individual"'
    )
  const sample = laggedSample(given)
  const fit = likelihoodFit(weights, sample, options)
  const { deflated, observations } = fit.frame
  const [{ determinant }] = fit.parameters as [SpatialFit["parameters"][number]]
  const { terms } = fit
  const places = { tau: terms.indexOf(sample.lags.time.name), eta: terms.indexOf(sample.lags.spaceTime.name), rho: terms.indexOf("rho") }
  const dynamicsOf = (values: Float64Array): Dynamics => ({
    tau: places.tau === -1 ? 0 : values[places.tau]!,
    eta: places.eta === -1 ? 0 : values[places.eta]!,
    rho: values[places.rho]!
  })
  let { covariance, estimates } = fit
  if (correction === "yu-de-jong-lee") {
    const last = terms.length - 1
    const bias = scoreBias(dynamicsOf(estimates), estimates[last]!, observations / sample.periods, weights, determinant, deflated)
    const scores = new Float64Array(terms.length)
    for (const name of ["tau", "eta", "rho"] as const) if (places[name] !== -1) scores[places[name]] = bias[name]
    scores[last] = bias.sigma2
    estimates = fit.estimates.map((value, i) => value + scores.reduce((sum, score, j) => sum + fit.covariance[i * terms.length + j]! * score, 0))
    const rho = estimates[places.rho]!
    if (!(rho > determinant.lower && rho < determinant.upper))
      throw new Fault(
        "unstable",
        `the bias correction moves rho to ${rho.toPrecision(4)}, outside (${determinant.lower.toPrecision(4)}, ${determinant.upper.toPrecision(4)}): the model is near or beyond the bounds of stability; set correction to "none" to see the uncorrected estimates`
      )
    const own = new Map([sample.lags.time, sample.lags.spaceTime, ...sample.regressors].map(({ name, values }) => [name, values]))
    const column = (term: string): Float64Array => own.get(term) ?? spatialLag(weights, own.get(term.replace(/^W\*/, ""))!)
    covariance = covarianceAt(fit, sample, terms.slice(0, places.rho).map(column), estimates)
  }
  const stable = stability(dynamicsOf(estimates), weights, determinant, deflated)
  const regressors = sample.regressors.map(({ name }) => name).filter((name) => terms.includes(name) || terms.includes(`W*${name}`))
  const spillovers = dynamicEffects({ weights, terms, estimates, covariance, places }, regressors, determinant, deflated, level)
  return {
    specification,
    dynamics,
    effects,
    correction,
    dependent: sample.dependent.name,
    weights,
    terms,
    estimates,
    covariance,
    inference: infer(
      terms,
      estimates,
      terms.map((_, i) => covariance[i * terms.length + i]!),
      undefined,
      level
    ),
    uncorrected: { estimates: fit.estimates, covariance: fit.covariance },
    logLikelihood: fit.logLikelihood,
    stability: stable,
    spillovers,
    nobs: fit.nobs,
    observations,
    entities: fit.entities,
    periods: sample.periods,
    determinant,
    warnings: [
      ...fit.warnings.filter(({ code }) => code === "collinear" || code === "approximate-determinant"),
      ...uncorrectedWarning(correction, sample.periods),
      ...stable.warnings
    ]
  }
}

const uncorrectedWarning = (correction: string, periods: number): ReadonlyArray<Warning> =>
  correction === "none"
    ? [
        {
          code: "incidental-effects-uncorrected",
          message: `correction "none": with lags of the dependent variable entity effects leave a bias of order 1/T in all estimates (T is ${periods}), tau's towards zero; "yu-de-jong-lee" takes it off`
        }
      ]
    : []
