import { submatrix } from "../../linalg/cross-product.ts"
import type { Absorption } from "../effects/absorb.ts"
import type { Factor } from "../sample/factor.ts"

/**
 * Weights of rows. Analytic (Stata's `aweight`): a row is a mean of so many observations; only their proportions count. Frequency (`fweight`): a row stands
 * for so many equal rows; whole numbers.
 */
export interface RowWeights {
  readonly kind: "aweight" | "fweight"
  readonly values: Float64Array
}

/** Where each row is: degrees north and east. */
export interface Coordinates {
  readonly latitude: Float64Array
  readonly longitude: Float64Array
}

/** The part of a variance over all terms that is the slopes'. */
export const slopesOnly = (matrix: Float64Array, { slopes, terms }: Pick<LinearFit, "slopes" | "terms">): Float64Array =>
  submatrix(
    matrix,
    terms.length,
    Array.from({ length: slopes }, (_, j) => j)
  )

/** A linear model that was estimated: what each of its variance estimators is made from. Rows are those of the sample. */
export interface LinearFit {
  readonly terms: ReadonlyArray<string>
  readonly coefficients: Float64Array
  /**
   * A column a term, effects taken off: bread (design' W e) is the estimation error, to first order. For two-stage least squares the regressors' fitted
   * values; for a constant beside absorbed effects, the rows' influence on it.
   */
  readonly design: ReadonlyArray<Float64Array>
  /** (X'WX)^-1 over the terms, row-major; 1 for a term whose design column is its influence. */
  readonly bread: Float64Array
  /** How many terms, from the first, are slopes: the others' columns are influences. */
  readonly slopes: number
  /** y less all that the model explains, effects too; unweighted. */
  readonly residuals: Float64Array
  readonly effects: Absorption
  readonly weights: RowWeights | undefined
  /** What variances may cluster by, or take as time, by name: the effects' factors and further ones. */
  readonly groups: ReadonlyArray<Factor>
  readonly coordinates: Coordinates | undefined
  /** Number of observations: rows, or the sum of frequency weights. */
  readonly nobs: number
}
