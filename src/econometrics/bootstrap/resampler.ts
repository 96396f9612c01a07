/** What a resample draws: whole clusters (entities; each draw a new entity), or single observations. */
export type Unit = "cluster" | "observation"

/**
 * A sample whose units can be weighted anew: what regressions with entity and year effects need of a resample, without refitting anything. Both effects
 * belong to the resample, whose year means are not the sample's. Rows are in the resampler's own order, those of a unit one after the other.
 */
export interface Resampler {
  readonly units: number
  /** The first row of each unit, and at last the number of rows. */
  readonly starts: Int32Array
  /** How many columns there are. */
  readonly size: number
  /** Takes a resample: how often each unit is in it. What follows is about the resample taken last. */
  readonly take: (counts: ArrayLike<number>) => void
  /** Cross-products of the columns, entity and year effects taken off: size x size, row-major, the lower triangle. */
  readonly products: Float64Array
  /** Sums of squares of the columns before the resample's year effects are taken off: what a pivot is held against. */
  readonly squares: Float64Array
  /** How many rows the resample has, each as often as it is in it. */
  readonly drawnRows: () => number
  /** Takes entity and year effects off a vector over rows, in place; rows of units that are not drawn get values without a meaning. */
  readonly sweep: (x: Float64Array) => void
  /** sum_v a_v x_v over the columns, effects taken off. */
  readonly project: (a: ArrayLike<number>, into: Float64Array) => void
  /**
   * What the sum of squared scores of the units is multiplied by for a variance, in a regression with so many slopes: of clusters
   * G/(G - 1) (n - 1)/(n - K) with K = slopes + year dummies + constant; of observations n/(n - K), all effects counted (HC1).
   */
  readonly factor: (slopes: number) => number
}

/** The sample's columns with its effects taken off (the resample's still have to be), by rows sorted by entity and year, and where these are. */
export interface SortedColumns {
  readonly columns: ReadonlyArray<Float64Array>
  readonly year: Int32Array
  readonly years: number
  /** The first row of each entity, and at last the number of rows. */
  readonly starts: Int32Array
}
