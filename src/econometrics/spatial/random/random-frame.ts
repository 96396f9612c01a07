import type { Determinant } from "../determinant/method.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"

/**
 * Which part of the error the spatial filter B = I - lambda M goes through. kapoor-kelejian-prucha: entity effect and the rest, u_t = B^-1 (mu + e_t) (2007);
 * baltagi-song-koh: the rest alone, u_t = mu + B^-1 e_t (2003). They are one where lambda = 0.
 */
export type RandomErrors = "kapoor-kelejian-prucha" | "baltagi-song-koh"

/** What the columns of a random-effects model have in common. */
export interface RandomFrame {
  readonly entities: number
  readonly periods: number
  readonly errors: RandomErrors
  /** M, of models with a spatial error. */
  readonly errorWeights: WeightsMatrix | undefined
  readonly errorDeterminant: Determinant | undefined
  /** Whether columns are without period means, and the one constant that is left, between entities, is projected out. */
  readonly years: boolean
  /** Whether the year effects are transformed away (Lee and Yu): N - 1 rows a year, determinants without the eigenvalue 1. */
  readonly deflated: boolean
}

/** Cross-products of columns, Q_ij = z_i' Omega^-1 z_j in units of 1/sigma2. */
export interface WeightedMoments {
  readonly moments: Float64Array
  /** -ln|Omega|/2; of F'Omega F where deflated. */
  readonly logDeterminant: number
  /** What a step needs and a value does not: some of it is dear. */
  readonly slopes: () => MomentSlopes
}

/** The derivatives of both by lambda and by c = T sigma2_entity/sigma2. */
export interface MomentSlopes {
  readonly byLambda: Float64Array
  readonly byC: Float64Array
  readonly logDeterminantByLambda: number
  readonly logDeterminantByC: number
}

/** Rows a year that the likelihood counts. */
export const rowsOfYear = ({ deflated, entities }: RandomFrame): number => (deflated ? entities - 1 : entities)
