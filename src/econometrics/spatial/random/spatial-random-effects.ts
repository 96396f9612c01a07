import { bilinear, crossProduct } from "../../../linalg/cross-product.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault, type Warning } from "../../fault.ts"
import { COLLINEAR } from "../../linear/collinear.ts"
import { type Inference, infer } from "../../linear/inference.ts"
import { type DeterminantOptions, determinant } from "../determinant/determinant.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import { correctionWarnings } from "../models/correction-warnings.ts"
import { determinantWarnings } from "../models/determinant-warnings.ts"
import { type Correction, requireUnitRowSums } from "../models/spatial-frame.ts"
import { type SpatialModel, spatialSample } from "../models/spatial-sample.ts"
import { SPECIFICATIONS, type SpatialParameter, type SpatialSpecification } from "../models/specification.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { isRowStandardized, type WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Estimated, expectedCovariance, FEW, needsDense, observedCovariance } from "./random-covariance.ts"
import type { RandomErrors, RandomFrame } from "./random-frame.ts"
import { type RandomColumns, type RandomPoint, randomProfile } from "./random-likelihood.ts"
import { bestPoint } from "./random-maximum.ts"
import { type RandomVariance, randomOptionFaults, type SpatialRandomOptions } from "./random-options.ts"
import { type RandomRegressors, randomRegressors } from "./random-regressors.ts"

/** A spatial panel model with random entity effects. */
export interface SpatialRandomFit {
  readonly specification: SpatialSpecification
  readonly errors: RandomErrors
  readonly yearDummies: boolean
  readonly correction: Correction
  readonly dependent: string
  readonly weights: WeightsMatrix
  readonly frame: { readonly deflated: boolean; readonly observations: number }
  /** The constant (without year dummies), slopes by name, `W*x` of spatial lags, rho, lambda, sigma2, sigma2_entity: the order of `estimates`, `covariance` and `inference`. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Row-major over the terms. */
  readonly covariance: Float64Array
  readonly variance: { readonly kind: RandomVariance; readonly description: string }
  /** Normal. */
  readonly inference: Inference
  /** Of the errors: sigma2, sigma2_entity, their ratio (splm's phi) with its standard error, and the entity effects' share of the sum. */
  readonly components: {
    readonly idiosyncratic: number
    readonly entity: number
    readonly phi: number
    readonly phiStdError: number
    readonly share: number
  }
  readonly logLikelihood: number
  readonly aic: number
  readonly bic: number
  readonly nobs: number
  readonly entities: number
  readonly periods: number
  /** rho, lambda, both or neither, with the determinant that was used. */
  readonly parameters: ReadonlyArray<SpatialParameter>
  readonly warnings: ReadonlyArray<Warning>
}

const DESCRIPTIONS: Readonly<Record<RandomVariance, string>> = {
  expected: "information matrix",
  observed: "observed information",
  conditional: "slopes given rho, lambda and phi; these by observed information"
}

/** A covariance of basis slopes and further parameters as one of regressors' slopes and these: each row and column taken back. */
const takenBack = (covariance: Float64Array, { back, basis: { length: k } }: RandomRegressors, size: number): Float64Array => {
  const half = new Float64Array(size * size)
  for (let j = 0; j < size; j++) {
    const column = Float64Array.from({ length: size }, (_, i) => covariance[i * size + j]!)
    const slopes = back(column.subarray(0, k))
    for (let i = 0; i < size; i++) half[i * size + j] = i < k ? slopes[i]! : column[i]!
  }
  const whole = new Float64Array(size * size)
  for (let i = 0; i < size; i++) {
    const slopes = back(half.subarray(i * size, i * size + k))
    for (let j = 0; j < size; j++) whole[i * size + j] = j < k ? slopes[j]! : half[i * size + j]!
  }
  return whole.map((value, at) => (value + whole[(at % size) * size + Math.floor(at / size)]!) / 2)
}

/**
 * Panel models with random entity effects mu by maximum likelihood,
 *   y_t = rho W y_t + X_t b + W X_t theta + (year effects) + u_t, u_t = B^-1 (mu + e_t) or mu + B^-1 e_t (`errors`), B = I - lambda M,
 *   lnL = -(n/2) ln(2 pi) - ln|Omega|/2 + T ln|I - rho W| - u'Omega^-1 u/2,
 * n = N T; under lee-yu year effects are transformed away, F'y_t, W* = F'WF, with F an orthonormal complement of the unit vector, and n = (N - 1) T. Slopes and
 * sigma2 are concentrated out. The variance is the expected information's, or where that would take dense matrices of more than 600 entities the
 * observed one. An entity variance at its bound, zero, is told.
 * (Baltagi, Song and Koh 2003; Kapoor, Kelejian and Prucha 2007; Elhorst 2014, section 3.3; Millo and Piras 2012, whose splm has `errors` "b" and "kkp".)
 */
export const spatialRandomEffects = (model: SpatialModel, options: SpatialRandomOptions): SpatialRandomFit => {
  const sample = spatialSample(model, options, randomOptionFaults(model, options))
  const { dependent, entities, periods, weights } = sample
  const { errors = "kapoor-kelejian-prucha", level, specification, tolerance = COLLINEAR, yearDummies = true } = options
  const { durbin, error, lag } = SPECIFICATIONS[specification]
  if (entities < 3 || periods < 2)
    throw new Fault("panel-too-small", `random entity effects need at least 3 entities and 2 years; there are ${entities} and ${periods}`)
  const errorWeights = error ? (options.errorWeights ?? weights) : undefined
  const used = [...(lag ? [weights] : []), ...(errorWeights === undefined ? [] : [errorWeights])]
  const correction: Correction = yearDummies ? (options.correction ?? "lee-yu") : "none"
  const deflated = yearDummies && correction === "lee-yu"
  if (deflated) for (const w of used) requireUnitRowSums(w)
  const years = yearDummies && used.every(isRowStandardized)
  const regressors = randomRegressors(
    sample,
    years ? "projected" : yearDummies ? "dummies" : "constant",
    durbin ? (options.lagged ?? sample.regressors.map(({ name }) => name)) : [],
    tolerance
  )
  const { basis, names, nuisance } = regressors
  const k = basis.length
  const settings: DeterminantOptions = { method: options.determinant ?? "auto", deflated, ...(options.seed === undefined ? {} : { seed: options.seed }) }
  const ofLag = lag ? determinant(weights.matrix, settings) : undefined
  const ofError = errorWeights === undefined ? undefined : errorWeights === weights && ofLag !== undefined ? ofLag : determinant(errorWeights.matrix, settings)
  const frame: RandomFrame = { entities, periods, errors, errorWeights, errorDeterminant: ofError, years, deflated }

  const columns: RandomColumns = {
    y: regressors.residual(dependent.values),
    wy: lag ? regressors.residual(spatialLag(weights, dependent.values)) : undefined,
    basis
  }
  requireRest(columns.y.values, dependent.name, dependent.values, k + nuisance)
  const profile = randomProfile(frame, columns, ofLag)
  // Of many entities Baltagi, Song and Koh's likelihood is dear: its maximum is looked for near that of errors whose entity effect is filtered too.
  const isDear = errorWeights !== undefined && errors === "baltagi-song-koh" && entities > FEW
  const near = isDear ? bestPoint(randomProfile({ ...frame, errors: "kapoor-kelejian-prucha" }, columns, ofLag), ofLag, ofError) : undefined
  const point = bestPoint(profile, ofLag, ofError, near)
  if (point === undefined)
    throw new Fault(
      "no-interior-maximum",
      `the likelihood of the random-effects model rises up to a bound of ${used.length === 0 ? "the entity variance" : "rho or lambda"}: the model has no estimate inside; use other weights or fewer regressors`
    )
  const found = profile.at(point)
  const parameters: ReadonlyArray<SpatialParameter> = [
    ...(ofLag === undefined ? [] : [{ name: "rho" as const, determinant: ofLag }]),
    ...(ofError === undefined ? [] : [{ name: "lambda" as const, determinant: ofError }])
  ]
  const { sigma2, slopes } = found
  const entity = (sigma2 * point.c) / periods
  const estimated: Estimated = { frame, weights, point, sigma2, parameters, basis, lagged: lag ? multiplied(weights, point, basis, slopes) : undefined }
  // At the bound of the entity variance the likelihood need not be curved: the observed information is no variance there.
  const kind = point.c === 0 ? "expected" : (options.variance ?? (needsDense(estimated) && entities > FEW ? "observed" : "expected"))
  const ofBasis = kind === "expected" ? expectedCovariance(estimated) : observedCovariance(estimated, profile, periods, kind === "conditional")
  const size = k + parameters.length + 2
  const whole = takenBack(ofBasis, regressors, size)
  const shown = size - nuisance
  const covariance = Float64Array.from({ length: shown * shown }, (_, at) => whole[(nuisance + Math.floor(at / shown)) * size + nuisance + (at % shown)]!)
  const terms = [...names.slice(nuisance), ...parameters.map(({ name }) => name), "sigma2", "sigma2_entity"]
  const estimates = Float64Array.of(...regressors.back(slopes).subarray(nuisance), ...parameters.map(({ name }) => point[name]), sigma2, entity)
  // phi = sigma2_entity/sigma2, by the delta method.
  const phi = entity / sigma2
  const byPhi = new Float64Array(shown)
  byPhi[shown - 2] = -phi / sigma2
  byPhi[shown - 1] = 1 / sigma2
  return {
    specification,
    errors,
    yearDummies,
    correction,
    dependent: dependent.name,
    weights,
    frame: { deflated, observations: profile.observations },
    terms,
    estimates,
    covariance,
    variance: { kind, description: `${DESCRIPTIONS[kind]}${(options.variance ?? kind) === kind ? "" : ", as the entity variance is at its bound"}` },
    inference: infer(
      terms,
      estimates,
      terms.map((_, i) => covariance[i * shown + i]!),
      undefined,
      level
    ),
    components: { idiosyncratic: sigma2, entity, phi, phiStdError: Math.sqrt(bilinear(byPhi, covariance)), share: entity / (entity + sigma2) },
    logLikelihood: found.value,
    aic: 2 * shown - 2 * found.value,
    bic: Math.log(profile.observations) * shown - 2 * found.value,
    nobs: dependent.values.length,
    entities,
    periods,
    parameters,
    warnings: [
      ...regressors.warnings,
      ...(yearDummies && used.length > 0 ? correctionWarnings(weights, { correction, effects: "time", order: "lag-then-demean" }) : []),
      ...determinantWarnings(parameters, point, periods),
      ...boundWarning(point, SPECIFICATIONS[specification].label)
    ]
  }
}

/** G Z g = W (I - rho W)^-1 Z g. */
const multiplied = (weights: WeightsMatrix, { rho }: RandomPoint, basis: ReadonlyArray<Float64Array>, slopes: Float64Array): Float64Array => {
  const fitted = new Float64Array(basis[0]!.length)
  basis.forEach((z, j) => {
    for (let at = 0; at < fitted.length; at++) fitted[at]! += slopes[j]! * z[at]!
  })
  const width = fitted.length / weights.entities.length
  return sparseTimesDense(weights.matrix, spatialSolver(weights.matrix, rho).solve(fitted, width), width)
}

const requireRest = (left: Float64Array, name: string, values: Float64Array, slopes: number): void => {
  if (slopes >= left.length)
    throw new Fault("no-degrees-of-freedom", `${left.length} rows leave no degree of freedom beside ${slopes} slopes: use fewer regressors`)
  if (!(crossProduct([left])[0]! > 1e-24 * crossProduct([values])[0]!))
    throw new Fault("perfect-fit", `the regressors explain ${name} without a rest: there is no likelihood to maximise`)
}

const boundWarning = ({ c }: RandomPoint, label: string): ReadonlyArray<Warning> =>
  c > 0
    ? []
    : [
        {
          code: "random-effects-variance-zero",
          message: `the random-effects ${label} estimates the variance of the entity effects as zero (its bound): it is a pooled model here, and a Hausman test compares with that`
        }
      ]
