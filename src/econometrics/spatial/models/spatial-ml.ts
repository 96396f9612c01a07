import { dot } from "../../../linalg/dot.ts"
import { leastSquares, qr, residuals as residualsOf } from "../../../linalg/qr.ts"
import { Fault, type Warning } from "../../fault.ts"
import { COLLINEAR, collinearWarnings, variation } from "../../linear/collinear.ts"
import { type Inference, infer } from "../../linear/inference.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import type { Variable } from "../../sample/variable.ts"
import { determinant } from "../determinant/determinant.ts"
import type { DeterminantMethod } from "../determinant/method.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { covarianceOfSlopes } from "./basis-covariance.ts"
import { correctionWarnings } from "./correction-warnings.ts"
import { determinantWarnings } from "./determinant-warnings.ts"
import { type InformationVariance, informationVariance, type SpatialVariance } from "./information-variance.ts"
import { choiceFaults, specificationFaults } from "./option-faults.ts"
import { filteredDependent, filteredRegressors, less, type SpatialColumns, spatialColumns } from "./spatial-columns.ts"
import { type Correction, type LagOrder, type SpatialEffectsOfPanel, type SpatialFrame, spatialFrame } from "./spatial-frame.ts"
import type { Estimated } from "./spatial-information.ts"
import { spatialBasis, spatialProfile } from "./spatial-profile.ts"
import { type SpatialModel, type SpatialSample, spatialSample } from "./spatial-sample.ts"
import { SPECIFICATIONS, type SpatialParameter, type SpatialSpecification } from "./specification.ts"

export interface SpatialMlOptions {
  readonly specification: SpatialSpecification
  /** By default two-way in a panel, pooled (a constant) in a cross-section. */
  readonly effects?: SpatialEffectsOfPanel | undefined
  /** lee-yu by default. */
  readonly correction?: Correction | undefined
  /** lag-then-demean by default. */
  readonly order?: LagOrder | undefined
  /** Regressors that have a spatial lag in sdm, sdem, slx and gns; by default all. */
  readonly lagged?: ReadonlyArray<string> | undefined
  /** M, of the errors; by default the model's weights. */
  readonly errorWeights?: WeightsMatrix | undefined
  /** By default expected; observed of sac and gns with more than 600 entities. */
  readonly variance?: SpatialVariance | undefined
  /** How ln|I - rho W| is computed; by default what N and the density of W call for. */
  readonly determinant?: DeterminantMethod | "auto" | undefined
  /** Of the draws behind an approximate determinant. */
  readonly seed?: number | undefined
  /** A regressor is collinear where the columns before it leave at most this share of its variation. */
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
}

/** A spatial model estimated by maximum likelihood. */
export interface SpatialFit {
  readonly specification: SpatialSpecification
  readonly dependent: string
  readonly weights: WeightsMatrix
  /** M, where errors have a spatial part. */
  readonly errorWeights: WeightsMatrix | undefined
  readonly frame: SpatialFrame
  /** The constant (pooled), slopes by name, `W*x` of spatial lags, rho, lambda, sigma2: the order of `estimates`, `covariance` and `inference`. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Row-major over the terms. */
  readonly covariance: Float64Array
  readonly variance: { readonly kind: SpatialVariance | "least-squares"; readonly description: string }
  /** Normal; of ols and slx, which are least squares, by t. */
  readonly inference: Inference
  readonly logLikelihood: number
  readonly aic: number
  readonly bic: number
  /** e, without the effects, row by row of the model. */
  readonly residuals: Float64Array
  /** N T. */
  readonly nobs: number
  readonly entities: number
  readonly periods: number
  /** rho, lambda, both or neither, with the determinant that was used. */
  readonly parameters: ReadonlyArray<SpatialParameter>
  readonly warnings: ReadonlyArray<Warning>
}

const VALUES = {
  effects: ["two-way", "individual", "time", "pooled"],
  correction: ["lee-yu", "none"],
  order: ["lag-then-demean", "demean-then-lag"],
  variance: ["expected", "observed", "cluster", "cluster-scores"],
  determinant: ["auto", "eigenvalues", "hessenberg", "sparse", "chebyshev", "monte-carlo"]
} as const

const optionFaults = ({ regressors, weights }: SpatialModel, options: SpatialMlOptions): ReadonlyArray<string> => [
  ...specificationFaults(
    regressors.map(({ name }) => name),
    weights,
    options
  ),
  ...choiceFaults(options, VALUES)
]

interface Regressor extends Variable {
  /** What a column is held against that the effects may annihilate. */
  readonly norm: number
}

/** The constant, the regressors and their spatial lags, prepared by the frame. */
const regressorsOf = ({ dependent, regressors, weights }: SpatialSample, frame: SpatialFrame, lagged: ReadonlyArray<string>): ReadonlyArray<Regressor> => {
  const prepared = regressors.map(({ name, values }) => ({ name, values: frame.prepare(values), norm: variation(values) }))
  const size = dependent.values.length
  return [
    ...(frame.effects === "pooled" ? [{ name: CONSTANT, values: new Float64Array(size).fill(1), norm: Math.sqrt(size) }] : []),
    ...prepared,
    ...prepared
      .filter(({ name }) => lagged.includes(name))
      .map(({ name, norm, values }) => {
        const lag = spatialLag(weights, values)
        return { name: `W*${name}`, values: lag, norm: frame.order === "demean-then-lag" ? norm : variation(lag) }
      })
  ]
}

/** A Fault where the residuals are what rounding leaves. */
const requireResiduals = (sse: number, { name, values }: Variable): void => {
  if (!(sse > 1e-24 * dot(values, values)))
    throw new Fault("perfect-fit", `the regressors and effects explain ${name} without a rest: there is no likelihood to maximise`)
}

/**
 * A Fault where y less some multiple rho of W y lies in the space of the regressors: e'e is zero there, and the likelihood has no maximum. `own` and `lagged` are the residuals of
 * y and W y.
 */
const requireRestBesideLag = (own: Float64Array, lagged: Float64Array, wy: Float64Array, name: string): void => {
  const length = dot(lagged, lagged)
  // A lag that regressors explain leaves rho to the determinant alone.
  if (!(length > 1e-20 * dot(wy, wy))) return
  const rho = dot(own, lagged) / length
  const rest = own.map((e, i) => e - rho * lagged[i]!)
  if (!(dot(rest, rest) > 1e-20 * dot(own, own)))
    throw new Fault(
      "perfect-fit",
      `at rho = ${rho.toPrecision(6)} the regressors and the spatial lag explain ${name} without a rest: the likelihood has no maximum. Look whether ${name} was computed from its neighbours' values, or take weights that tell entities apart`
    )
}

/**
 * Cross-section and panel models with a spatial lag, spatial errors and spatial lags of regressors, by maximum likelihood:
 *   lnL = -(n/2) ln(2 pi s2) + a [ln|I - rho W| + ln|I - lambda M|] - e'e/(2 s2), e = (I - lambda M)(y - rho W y - X b) without the effects,
 * n and a as the frame counts them; under Lee-Yu with time effects less a ln(1 - rho) and a ln(1 - lambda). So the effects stand in the filtered equation.
 * Slopes and s2 are concentrated out. ols and slx have no spatial parameter: they are least squares, s2 = e'e/(NT - effects - k).
 * (Ord 1975; Anselin 1988; Elhorst 2014; Lee and Yu 2010.)
 */
export const spatialMl = (model: SpatialModel, options: SpatialMlOptions): SpatialFit => {
  const sample = spatialSample(model, options, optionFaults(model, options))
  const { entities, periods, dependent, weights } = sample
  const { specification, level, tolerance = COLLINEAR, order = "lag-then-demean", correction = "lee-yu" } = options
  const { durbin, error, lag } = SPECIFICATIONS[specification]
  const effects = options.effects ?? (periods === 1 ? "pooled" : "two-way")
  const lagWeights = lag ? weights : undefined
  const errorWeights = error ? (options.errorWeights ?? weights) : undefined
  const frame = spatialFrame(sample, [weights, ...(errorWeights === undefined ? [] : [errorWeights])], effects, correction, order)

  const given = regressorsOf(sample, frame, durbin ? (options.lagged ?? sample.regressors.map(({ name }) => name)) : [])
  const whole = spatialColumns(
    frame,
    dependent.values,
    given.map(({ values }) => values),
    lagWeights,
    errorWeights
  )
  const factored = qr(whole.x, { tolerance, norms: given.map(({ norm }) => norm) })
  const kept = factored.kept.map((c) => given[c]!)
  const absorbing = { pooled: [], individual: ["entity"], time: ["year"], "two-way": ["entity", "year"] }[effects].map((name) => ({ name }))
  const columns: SpatialColumns = { ...whole, x: factored.kept.map((c) => whole.x[c]!), mx: error ? factored.kept.map((c) => whole.mx[c]!) : [] }
  const nobs = dependent.values.length
  const freedom = nobs - frame.absorbed - kept.length
  const collinear = collinearWarnings(
    factored.dropped.map((c) => given[c]!.name),
    given.length,
    [],
    absorbing
  )
  if (freedom <= 0)
    throw new Fault(
      "no-degrees-of-freedom",
      `${nobs} rows leave no degree of freedom beside ${kept.length} slopes and ${frame.absorbed} effects: use fewer regressors`
    )
  const own = residualsOf(factored, whole.y)
  requireResiduals(dot(own, own), dependent)
  if (whole.wy !== undefined) requireRestBesideLag(own, residualsOf(factored, whole.wy), whole.wy, dependent.name)

  const determinantOf = (w: WeightsMatrix) =>
    determinant(w.matrix, { method: options.determinant ?? "auto", deflated: frame.deflated, ...(options.seed === undefined ? {} : { seed: options.seed }) })
  const ofLag = lag ? determinantOf(weights) : undefined
  const ofError = errorWeights === undefined ? undefined : errorWeights === weights && ofLag !== undefined ? ofLag : determinantOf(errorWeights)
  const parameters: ReadonlyArray<SpatialParameter> = [
    ...(ofLag === undefined ? [] : [{ name: "rho" as const, determinant: ofLag }]),
    ...(ofError === undefined ? [] : [{ name: "lambda" as const, determinant: ofError }])
  ]
  const basis = spatialBasis(columns, { ...factored, kept: factored.kept.map((_, j) => j) })
  const point = spatialProfile(frame, columns, basis, ofLag, ofError)

  const target = filteredDependent(columns, point.rho, point.lambda)
  const filtered = point.lambda === 0 ? factored : qr(filteredRegressors(columns, point.lambda), { tolerance: 1e-12 })
  const slopes = leastSquares(filtered, target)
  const residuals = residualsOf(filtered, target)
  const sse = dot(residuals, residuals)
  const n = frame.observations
  const logDeterminants = parameters.reduce((sum, { determinant: { logAbsolute }, name }) => sum + frame.copies * logAbsolute(point[name]), 0)
  const logLikelihood = -(n / 2) * (Math.log((2 * Math.PI * sse) / n) + 1) + logDeterminants
  const sigma2 = parameters.length === 0 ? sse / freedom : sse / n
  const lagOnBasis = columns.wy === undefined ? undefined : Float64Array.from(basis.z, (column) => dot(column, columns.wy!))
  const offBasis = (column: Float64Array | undefined, from: ReadonlyArray<Float64Array>) =>
    column === undefined || lagOnBasis === undefined ? undefined : from.reduce((rest, other, j) => less(rest, lagOnBasis[j]!, other), column)
  const onBasis: Estimated = {
    frame: parameters.length === 0 ? { ...frame, observations: freedom } : frame,
    columns: { ...columns, wy: offBasis(columns.wy, basis.z), mwy: offBasis(columns.mwy, basis.mz), x: basis.z, mx: basis.mz },
    point,
    slopes: lagOnBasis === undefined ? point.coordinates : point.coordinates.map((value, j) => value + lagOnBasis[j]! * point.rho),
    lagOnRegressors: lagOnBasis,
    residuals,
    sigma2,
    parameters
  }
  const {
    covariance: ofBasis,
    description,
    variance
  }: InformationVariance = informationVariance(onBasis, dependent.values, entities, lagWeights, errorWeights, options.variance)
  const terms = [...kept.map(({ name }) => name), ...parameters.map(({ name }) => name), "sigma2"]
  const covariance = covarianceOfSlopes(ofBasis, terms.length, factored.r, kept.length, lagOnBasis)
  const estimates = Float64Array.of(...slopes, ...parameters.map(({ name }) => point[name]), sigma2)
  const placed = new Float64Array(nobs)
  sample.rows.forEach((row, at) => {
    placed[row] = residuals[at]!
  })
  return {
    specification,
    dependent: dependent.name,
    weights,
    errorWeights,
    frame,
    terms,
    estimates,
    covariance,
    variance:
      parameters.length === 0 && (variance === "expected" || variance === "observed")
        ? { kind: "least-squares", description: "least squares, s2 = e'e/(n - effects - k)" }
        : { kind: variance, description },
    inference: infer(
      terms,
      estimates,
      terms.map((_, i) => covariance[i * terms.length + i]!),
      parameters.length === 0 ? freedom : undefined,
      level
    ),
    logLikelihood,
    aic: 2 * terms.length - 2 * logLikelihood,
    bic: Math.log(n) * terms.length - 2 * logLikelihood,
    residuals: placed,
    nobs,
    entities,
    periods,
    parameters,
    warnings: [...collinear, ...correctionWarnings(weights, frame), ...determinantWarnings(parameters, point, frame.copies)]
  }
}
