import type { DeterminantMethod } from "../determinant/method.ts"
import { choiceFaults, specificationFaults } from "../models/option-faults.ts"
import type { Correction } from "../models/spatial-frame.ts"
import type { SpatialModel } from "../models/spatial-sample.ts"
import type { SpatialSpecification } from "../models/specification.ts"
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
export const randomOptionFaults = ({ regressors, weights }: SpatialModel, options: SpatialRandomOptions): ReadonlyArray<string> => [
  ...choiceFaults(options, VALUES, " of a random-effects model"),
  ...(options.yearDummies === false && options.correction === "lee-yu" ? ["Lee and Yu's correction is of year effects: leave it out, or set yearDummies"] : []),
  ...specificationFaults(
    regressors.map(({ name }) => name),
    weights,
    options
  )
]
