import { dot } from "../../../linalg/dot.ts"
import { along, combine, orthonormalBasis } from "../../../linalg/orthonormal.ts"
import { leastSquares, qr, residuals } from "../../../linalg/qr.ts"
import { Fault, type Warning } from "../../fault.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import type { SpatialFrame } from "../models/spatial-frame.ts"
import type { SpatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { DurbinScores } from "./durbin-statistics.ts"
import type { LagErrorScores } from "./lm-statistics.ts"
import { scoreMoments } from "./score-moments.ts"

/** Which model the scores are of. */
export interface ScoreOptions {
  /** The regressors' spatial lags are in the model already (the SLX): scores of rho and lambda given theta, none of theta. */
  readonly slx: boolean
  /** The regressors whose lags theta is of. */
  readonly lagged: ReadonlyArray<string>
  /** The lag of the constant is among them: of the row sums, in a model without effects. */
  readonly laggedConstant: boolean
}

/** The scores of rho, lambda and theta at zero from least-squares residuals, with the information that they have. */
export interface SpatialScores extends LagErrorScores {
  /** Undefined where no lag is left to test. */
  readonly durbin: DurbinScores | undefined
  /** The lags that theta is of, those explained by the regressors left out. */
  readonly lags: ReadonlyArray<string>
  readonly warnings: ReadonlyArray<Warning>
}

const norm = (x: Float64Array): number => Math.sqrt(dot(x, x))

/** A regressor before its effects are removed and after. */
interface Column {
  readonly name: string
  readonly raw: Float64Array
  readonly within: Float64Array
}

const collinear = (columns: ReadonlyArray<Column>, dropped: ReadonlyArray<number>, what: string): ReadonlyArray<Warning> =>
  dropped.length === 0 ? [] : [{ code: "collinear", message: `${what}: ${dropped.map((c) => columns[c]!.name).join(", ")}` }]

/**
 * With e the residuals of Qy on QX, M off QX, b its slopes and s2 = e'e/n*: d_l = e'W_T y/s2 - m, d_e = e'W_T e/s2 - m with m their mean, |M Q W_T X b|^2/s2, and of the lags'
 * columns M Q W_T X an orthonormal basis B with the scores B'e/s. A regressor that the effects and those before it explain is left out and named.
 */
export const spatialScores = (
  { dependent, entities, periods, regressors, weights }: SpatialSample,
  frame: SpatialFrame,
  options: ScoreOptions
): SpatialScores => {
  const { mean, variance } = scoreMoments(weights, frame)
  const { finish, observations, prepare } = frame
  const lagOf = (x: Float64Array) => spatialLag(weights, x)
  const columnOf = (name: string, raw: Float64Array): Column => ({ name, raw, within: finish(prepare(raw)) })
  const lagColumn = ({ name, raw }: Column): Column => {
    const lag = lagOf(prepare(raw))
    return { name: `W*${name}`, raw: lag, within: finish(lag) }
  }

  const constant = frame.effects === "pooled" ? [columnOf(CONSTANT, new Float64Array(entities * periods).fill(1))] : []
  const given = regressors.map(({ name, values }) => columnOf(name, values))
  const known = options.slx ? given.map(lagColumn) : []
  const columns = [...constant, ...given, ...known]
  const factored = qr(
    columns.map(({ within }) => within),
    { norms: columns.map(({ raw }) => norm(raw)) }
  )
  const kept = factored.kept.map((c) => columns[c]!)
  const y = finish(prepare(dependent.values))
  const e = residuals(factored, y)
  const sse = dot(e, e)
  if (!(sse > (1e-12 * norm(dependent.values)) ** 2) || observations <= kept.length)
    throw new Fault("perfect-fit", `the regressors and effects explain ${dependent.name} without a rest: there are no residuals to test; use fewer regressors`)
  const s2 = sse / observations

  const slopes = leastSquares(factored, y)
  const fitted =
    kept.length === 0
      ? new Float64Array(y.length)
      : combine(
          kept.map(({ raw }) => raw),
          slopes
        )
  const lagOfFit = lagOf(prepare(fitted))
  const offFit = residuals(factored, finish(lagOfFit))
  // What rounding leaves of a lag that the regressors explain is no signal.
  const explained = !(norm(offFit) > 1e-7 * norm(lagOfFit))

  const tested = options.slx ? [] : [...(options.laggedConstant ? constant : []), ...given.filter(({ name }) => options.lagged.includes(name))]
  const candidates = tested.map(lagColumn)
  const off = candidates.map(({ within }) => residuals(factored, within))
  const independent = qr(off, { norms: candidates.map(({ raw }) => norm(raw)) })
  const basis = orthonormalBasis(
    independent.kept.map((c) => off[c]!),
    0
  )
  const s = Math.sqrt(s2)
  const inBasis = (x: Float64Array) => along(basis, x).map((value) => value / s)
  return {
    lag: dot(e, lagOf(prepare(dependent.values))) / s2 - mean,
    error: dot(e, lagOf(e)) / s2 - mean,
    variance,
    signal: explained ? 0 : dot(offFit, offFit) / s2,
    durbin: basis.length === 0 ? undefined : { lags: inBasis(e), withRho: inBasis(offFit) },
    lags: independent.kept.map((c) => candidates[c]!.name),
    warnings: [
      ...collinear(columns, factored.dropped, "dropped for collinearity with the effects or the regressors before"),
      ...collinear(candidates, independent.dropped, "spatial lags left out of the tests of WX, since the regressors, effects and lags before explain them")
    ]
  }
}
