/** Columns with effects taken off, in the roles of an instrumented equation with one endogenous regressor. */
export interface Instrumented {
  readonly y: Float64Array
  readonly x: Float64Array
  readonly exogenous: ReadonlyArray<Float64Array>
  readonly instruments: ReadonlyArray<Float64Array>
  /** y, x and the instruments with the exogenous regressors partialled out too. */
  readonly partialled: { readonly y: Float64Array; readonly x: Float64Array; readonly instruments: ReadonlyArray<Float64Array> }
  /** Residuals of the first stage. */
  readonly firstStageResiduals: Float64Array
  /** Residuals of the second stage. */
  readonly residuals: Float64Array
}
