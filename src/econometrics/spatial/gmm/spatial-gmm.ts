import { similarSymmetric } from "../../../linalg/similar-symmetric.ts"
import { Fault, type Warning } from "../../fault.ts"
import { type Inference, infer, type Test } from "../../linear/inference.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import { type RhoInterval, rhoInterval } from "../determinant/rho-interval.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../models/specification.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type FirstStep, firstStep } from "./first-step.ts"
import { gmmEquation, type SpatialGmmModel } from "./gmm-equation.ts"
import { estimatesOf, type UsedByGmm } from "./gmm-estimates.ts"
import { type GmmEffects, gmmFrame, requireConstantRowSums } from "./gmm-frame.ts"
import { gmmFaults, type SpatialGmmOptions } from "./gmm-options.ts"
import { gmmTests, weakWarnings } from "./gmm-tests.ts"

/** A spatial model estimated by two-stage least squares and the generalised method of moments. */
export interface SpatialGmmFit {
  readonly specification: SpatialSpecification
  readonly effects: GmmEffects
  readonly dependent: string
  readonly weights: WeightsMatrix
  /** The constant (pooled, random), slopes by name, `W*x` of spatial lags, rho, lambda, sigma2 (with random effects sigma2_between): the order of `estimates`, `covariance` and `inference`. */
  readonly terms: ReadonlyArray<string>
  readonly estimates: Float64Array
  /** Row-major over the terms. */
  readonly covariance: Float64Array
  /** Normal. */
  readonly inference: Inference
  /** e, filtered where the errors are spatial, without the effects that were taken off; row by row of the model. */
  readonly residuals: Float64Array
  readonly sigma2: number
  readonly used: UsedByGmm
  readonly endogenous: ReadonlyArray<string>
  /** Excluded instruments that were kept. */
  readonly instruments: ReadonlyArray<string>
  readonly tests: ReadonlyArray<Test>
  readonly nobs: number
  readonly entities: number
  readonly periods: number
  /** Independent rows, and these less the coefficients. */
  readonly observations: number
  readonly dfResidual: number
  /** Where rho and lambda may lie for a stable model. */
  readonly bounds: { readonly rho: RhoInterval | undefined; readonly lambda: RhoInterval | undefined }
  readonly warnings: ReadonlyArray<Warning>
}

const boundsOf = ({ matrix }: WeightsMatrix): RhoInterval => rhoInterval(matrix, similarSymmetric(matrix))

const beyond = (name: "rho" | "lambda", estimate: number | undefined, bounds: RhoInterval | undefined): ReadonlyArray<Warning> =>
  estimate === undefined || bounds === undefined || (estimate > bounds.lower && estimate < bounds.upper)
    ? []
    : [
        {
          code: `${name}-beyond-bounds`,
          message: `${name} is estimated as ${estimate.toPrecision(4)}, outside (${bounds.lower.toPrecision(4)}, ${bounds.upper.toPrecision(4)}): nothing keeps these estimators inside, and out there the model has no meaning; other weights, other instruments or maximum likelihood may do`
        }
      ]

/**
 * Spatial models by two-stage least squares and moments (Kelejian and Prucha), for endogenous regressors and for samples too large for a likelihood:
 *
 * - sar, sdm: 2SLS, W y by W X, W^2 X (Kelejian and Prucha 1998; spatialreg's `stsls`); slx, ols with endogenous regressors: 2SLS.
 * - sem, sdem: lambda by moments of the residuals, then least squares of the filtered equation (Kelejian and Prucha 1999; `GMerrorsar`).
 * - sac, gns, and sem with endogenous regressors: generalised spatial 2SLS (Kelejian and Prucha 1998; `gstsls`), or with weighted moments (Kelejian and Prucha 2010;
 *   Arraiz et al. 2010; Drukker, Egger and Prucha 2013).
 * - in panels with effects of entities or periods taken off (Mutl and Pfaffermayr 2011), or random ones (Kapoor, Kelejian and Prucha 2007).
 *
 * Lag, then demean: y, W y, X, W X and instruments are lagged as they are and lose the effects afterwards. One Fault tells all that is wrong with columns and options.
 */
export const spatialGmm = (model: SpatialGmmModel, options: SpatialGmmOptions): SpatialGmmFit => {
  const faults = gmmFaults(model, options)
  const parts = SPECIFICATIONS[options.specification]
  if (parts === undefined) throw new Fault("input", faults.join("; "))
  const { errorWeights = model.weights, instrumentLags = 0, lagged, level = 0.95, powers = 2, specification } = options
  const isPanel = model.dependent.values.length > model.weights.entities.length
  const effects = options.effects ?? (isPanel ? "two-way" : "pooled")
  const hasConstant = effects === "pooled" || effects === "random"
  const equation = gmmEquation(model, { specification, lagged, powers, instrumentLags, level, tolerance: options.tolerance }, hasConstant, faults)
  const { sample } = equation
  const frame = gmmFrame(sample, effects, model.index?.years)
  if (parts.error) requireConstantRowSums(errorWeights, frame)

  const first: FirstStep = firstStep(equation, frame, options)
  const ofLag = parts.lag ? boundsOf(model.weights) : undefined
  const ofError = !parts.error ? undefined : errorWeights === model.weights ? (ofLag ?? boundsOf(errorWeights)) : boundsOf(errorWeights)
  const found = estimatesOf(first, frame, parts.error ? errorWeights.matrix : undefined, ofError ?? { lower: -1, upper: 1 }, options)

  // From the order of the columns, endogenous first, to that of the terms.
  const place = new Map(first.names.map((name, j) => [name, j]))
  const slopes = [CONSTANT, ...equation.right.map(({ name }) => name)].filter((name) => place.has(name))
  const order = [...slopes.map((name) => place.get(name)!), ...found.parameters.map((_, p) => slopes.length + p)]
  const terms = [...slopes.map((name) => (parts.lag && name === equation.lagOfDependent ? "rho" : name)), ...found.parameters.map(({ name }) => name)]
  const given = [...found.coefficients, ...found.parameters.map(({ estimate }) => estimate)]
  const size = terms.length
  const estimates = Float64Array.from(order, (at) => given[at]!)
  const covariance = Float64Array.from({ length: size * size }, (_, at) => found.covariance[order[Math.floor(at / size)]! * size + order[at % size]!]!)
  const residuals = new Float64Array(sample.rows.length)
  sample.rows.forEach((row, at) => {
    residuals[row] = found.residuals[at]!
  })
  const tests = first.fit === undefined ? [] : gmmTests(first.fit, found.filtered)
  const estimateOf = (name: string) => (terms.includes(name) ? estimates[terms.indexOf(name)] : undefined)
  return {
    specification,
    effects,
    dependent: sample.dependent.name,
    weights: model.weights,
    terms,
    estimates,
    covariance,
    inference: infer(
      terms,
      estimates,
      terms.map((_, i) => covariance[i * size + i]!),
      undefined,
      level
    ),
    residuals,
    sigma2: found.sigma2,
    used: found.used,
    endogenous: equation.endogenous.map(({ name }) => name),
    instruments: first.instruments,
    tests,
    nobs: sample.rows.length,
    entities: sample.entities,
    periods: sample.periods,
    observations: frame.observations,
    dfResidual: frame.observations - slopes.length,
    bounds: { rho: ofLag, lambda: ofError },
    warnings: [
      ...first.warnings,
      ...found.warnings,
      ...weakWarnings(tests),
      ...beyond("rho", estimateOf("rho"), ofLag),
      ...beyond("lambda", estimateOf("lambda"), ofError)
    ]
  }
}
