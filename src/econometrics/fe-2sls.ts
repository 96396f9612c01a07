import { qr, residuals } from "../linalg/qr.ts"
import type { VarianceKind } from "./cluster-variance.ts"
import { COLLINEAR } from "./collinear.ts"
import { Fault, type Warning } from "./fault.ts"
import { type FeSample, feSample, independent, type Variable } from "./fe-sample.ts"
import { type Inference, infer, type Test } from "./inference.ts"
import { instrumentTests } from "./instrument-tests.ts"
import type { PanelIndex } from "./panel-index.ts"
import { slopes } from "./slopes.ts"

export interface Fe2slsModel {
  readonly dependent: Variable
  /** The endogenous regressor. */
  readonly endogenous: Variable
  /** Regressors that are their own instruments. */
  readonly exogenous: ReadonlyArray<Variable>
  /** Instruments that the equation excludes. */
  readonly instruments: ReadonlyArray<Variable>
}

export interface Fe2slsOptions {
  /** The variance of the coefficients of both stages; the tests are cluster-robust (Cragg-Donald: iid) whatever it is. */
  readonly variance?: VarianceKind
  readonly tolerance?: number
  readonly level?: number
}

export interface Fe2slsFit {
  readonly sample: FeSample
  /** The endogenous regressor, then the exogenous ones. */
  readonly inference: Inference
  /** The excluded instruments, then the exogenous regressors. */
  readonly firstStage: Inference
  readonly tests: ReadonlyArray<Test>
  readonly residuals: Float64Array
  readonly nobs: number
  readonly dfResidual: number
  readonly statistics: { readonly rSquaredWithin: number; readonly rSquaredWithinTwoWay: number; readonly sigma: number }
  readonly firstStageStatistics: { readonly rSquaredWithin: number; readonly rSquaredWithinTwoWay: number; readonly sigma: number }
  readonly warnings: ReadonlyArray<Warning>
}

const sumOfSquares = (x: Float64Array): number => x.reduce((sum, value) => sum + value * value, 0)

/**
 * Two-stage least squares with entity and year effects absorbed and one endogenous regressor: the first stage is x on the instruments and the
 * exogenous regressors, the second y on its fit and the exogenous regressors, residuals being taken with x itself.
 *
 * Standard errors of both stages follow `within`: clustered by entity, G/(G - 1) (n - 1)/(n - K) with K counting slopes, year dummies and the constant,
 * t(G - 1). (xtivreg2's `small` leaves the constant out of K.) No constant is reported, as xtivreg2 reports none.
 * A Fault where the exogenous regressors explain x, or where no instrument is left.
 */
export const fe2sls = (given: PanelIndex, model: Fe2slsModel, options: Fe2slsOptions = {}): Fe2slsFit => {
  const variance = options.variance ?? "cluster"
  const sample = feSample(given)
  const { absorber } = sample
  const [dependent, endogenous] = [sample.pick(model.dependent), sample.pick(model.endogenous)]
  const y = absorber.within(dependent.values)
  const { exogenous, instruments, warnings, x } = roles(
    sample,
    endogenous,
    model.exogenous.map(sample.pick),
    model.instruments.map(sample.pick),
    options.tolerance
  )
  const w = exogenous.map(({ within }) => within)
  const z = instruments.map(({ within }) => within)

  const firstColumns = [...z, ...w]
  const first = slopes(sample, firstColumns, x, variance)
  const fitted = x.map((value, i) => value - first.residuals[i]!)
  const secondColumns = [fitted, ...w]
  const second = slopes(sample, secondColumns, y, variance, [x, ...w])

  const byExogenous = qr(w)
  const partial = (column: Float64Array): Float64Array => (w.length === 0 ? column : residuals(byExogenous, column))
  const tests = instrumentTests(sample, {
    y,
    x,
    exogenous: w,
    instruments: z,
    partialled: { y: partial(y), x: partial(x), instruments: z.map(partial) },
    firstStageResiduals: first.residuals,
    residuals: second.residuals
  })
  const k = secondColumns.length
  const l = firstColumns.length
  const fitStatistics = (raw: Float64Array, within: Float64Array, left: Float64Array, df: number) => ({
    rSquaredWithin: 1 - sumOfSquares(left) / sumOfSquares(absorber.demeanByEntity(raw)),
    rSquaredWithinTwoWay: 1 - sumOfSquares(left) / sumOfSquares(within),
    sigma: Math.sqrt(sumOfSquares(left) / df)
  })
  const diagonal = (covariance: Float64Array, size: number) => Float64Array.from({ length: size }, (_, j) => covariance[j * size + j]!)
  return {
    sample,
    inference: infer([endogenous.name, ...exogenous.map(({ name }) => name)], second.coefficients, diagonal(second.covariance, k), second.df, options.level),
    firstStage: infer(
      [...instruments.map(({ name }) => name), ...exogenous.map(({ name }) => name)],
      first.coefficients,
      diagonal(first.covariance, l),
      first.df,
      options.level
    ),
    tests,
    residuals: second.residuals,
    nobs: absorber.index.rows,
    dfResidual: second.dfResidual,
    statistics: fitStatistics(dependent.values, y, second.residuals, second.dfResidual),
    firstStageStatistics: fitStatistics(endogenous.values, x, first.residuals, first.dfResidual),
    warnings
  }
}

interface Column {
  readonly name: string
  readonly within: Float64Array
}

/** Takes effects off, drops what is collinear (instruments after the exogenous regressors), and checks that the equation can be identified at all. */
const roles = (
  sample: FeSample,
  endogenous: Variable,
  exogenous: ReadonlyArray<Variable>,
  instruments: ReadonlyArray<Variable>,
  tolerance = COLLINEAR
): {
  readonly x: Float64Array
  readonly exogenous: ReadonlyArray<Column>
  readonly instruments: ReadonlyArray<Column>
  readonly warnings: ReadonlyArray<Warning>
} => {
  const all = independent(sample, [...exogenous, ...instruments], [], tolerance)
  const columns = all.variables.map(({ name }, i) => ({ name, within: all.within[i]! }))
  const isInstrument = new Set(instruments.map(({ name }) => name))
  const kept = columns.filter(({ name }) => !isInstrument.has(name))
  const excluded = columns.filter(({ name }) => isInstrument.has(name))
  if (excluded.length === 0)
    throw new Fault(
      "under-identified",
      `${[...isInstrument].join(", ")}: effects and exogenous regressors explain every instrument, so that ${endogenous.name} has none; give another instrument`
    )
  // The endogenous regressor comes after the exogenous ones: it must have variation of its own.
  const known = new Set(kept.map(({ name }) => name))
  const withEndogenous = independent(sample, [...exogenous.filter(({ name }) => known.has(name)), endogenous], [endogenous.name], tolerance)
  return { x: withEndogenous.within.at(-1)!, exogenous: kept, instruments: excluded, warnings: [...sample.warnings, ...all.warnings] }
}
