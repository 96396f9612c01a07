import type { DeterminantMethod } from "../determinant/method.ts"
import type { Correction } from "../models/spatial-frame.ts"
import type { SpatialModel } from "../models/spatial-sample.ts"
import { SPECIFICATIONS, type SpatialSpecification } from "../models/specification.ts"
import { errorWeightsFaults } from "../weights/weights-faults.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { RandomErrors } from "./random-frame.ts"

/**
 * expected: the inverse of the expected information. observed: of minus the Hessian. conditional: the slopes' variance as if rho, lambda and phi were known, theirs
 * by the Hessian of the concentrated likelihood, as splm gives them.
 */
export type RandomVariance = "expected" | "observed" | "conditional"

export interface SpatialRandomOptions {
  /** ols and slx have no spatial parameter: random effects by maximum likelihood. */
  readonly specification: SpatialSpecification
  /** Of specifications with a spatial error, whether the entity effect is filtered too (kapoor-kelejian-prucha, the default) or not. */
  readonly errors?: RandomErrors | undefined
  /** Effects of years beside the random ones of entities, by default; otherwise a constant. */
  readonly yearDummies?: boolean | undefined
  /** How the number of year effects is met: lee-yu by default. */
  readonly correction?: Correction | undefined
  /** Regressors that have a spatial lag in sdm, sdem, slx and gns; by default all. */
  readonly lagged?: ReadonlyArray<string> | undefined
  /** M, of the errors; by default the model's weights. */
  readonly errorWeights?: WeightsMatrix | undefined
  /** By default expected, where that takes no dense matrices of more than 600 entities. */
  readonly variance?: RandomVariance | undefined
  readonly determinant?: DeterminantMethod | "auto" | undefined
  readonly seed?: number | undefined
  readonly tolerance?: number | undefined
  /** Coverage of the confidence intervals. */
  readonly level?: number | undefined
}

const VALUES = {
  errors: ["kapoor-kelejian-prucha", "baltagi-song-koh"],
  correction: ["lee-yu", "none"],
  variance: ["expected", "observed", "conditional"],
  determinant: ["auto", "eigenvalues", "hessenberg", "sparse", "chebyshev", "monte-carlo"]
} as const

/** What is wrong with the options, for one Fault with what is wrong with the columns. */
export const randomOptionFaults = (model: SpatialModel, options: SpatialRandomOptions): ReadonlyArray<string> => {
  const { errorWeights, lagged, specification, tolerance } = options
  if (!Object.hasOwn(SPECIFICATIONS, specification)) return [`a specification is one of ${Object.keys(SPECIFICATIONS).join(", ")}, not ${specification}`]
  const { durbin, error, label } = SPECIFICATIONS[specification]
  const known = new Set(model.regressors.map(({ name }) => name))
  const unknown = (lagged ?? []).filter((name) => !known.has(name))
  return [
    ...(["errors", "correction", "variance", "determinant"] as const).flatMap((name) => {
      const value = options[name]
      const allowed: ReadonlyArray<string> = VALUES[name]
      return value === undefined || allowed.includes(value) ? [] : [`${name} of a random-effects model is one of ${allowed.join(", ")}, not ${value}`]
    }),
    ...(options.yearDummies === false && options.correction === "lee-yu"
      ? ["Lee and Yu's correction is of year effects: leave it out, or set yearDummies"]
      : []),
    ...(unknown.length === 0 ? [] : [`lagged names regressors of the model; ${unknown.join(", ")} is none`]),
    ...(lagged !== undefined && !durbin ? [`the ${label} has no spatial lags of regressors: take sdm, sdem, slx or gns, or leave lagged out`] : []),
    ...(errorWeights !== undefined && !error ? [`the ${label} has no spatial error: take sem, sdem, sac or gns, or leave errorWeights out`] : []),
    ...(errorWeights === undefined ? [] : errorWeightsFaults(errorWeights, model.weights)),
    ...(tolerance === undefined || (tolerance >= 0 && tolerance < 1) ? [] : [`the tolerance of collinearity is a share, from 0 to below 1, not ${tolerance}`])
  ]
}
