import { bilinear, submatrix } from "../../../linalg/cross-product.ts"
import { dot } from "../../../linalg/dot.ts"
import { combine } from "../../../linalg/orthonormal.ts"
import { transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse, sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { Fault, type Warning } from "../../fault.ts"
import { CONSTANT } from "../../regression/regression-sample.ts"
import { spatialSolver } from "../determinant/spatial-solver.ts"
import type { SpatialFrame } from "../models/spatial-frame.ts"
import { type SpatialFit, type SpatialMlOptions, spatialMl } from "../models/spatial-ml.ts"
import { type SpatialModel, type SpatialSample, spatialSample } from "../models/spatial-sample.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type ChiSquaredTest, chiSquaredTest } from "./chi-squared-test.ts"
import { scoreMoments } from "./score-moments.ts"

export interface ConditionalLmOptions extends Pick<SpatialMlOptions, "effects" | "correction" | "order" | "determinant"> {
  /** With the regressors' spatial lags in both models: of an error given the SDM, of a lag given the SDEM; false. */
  readonly durbin?: boolean | undefined
}

export interface ConditionalLmTests {
  /** Of a spatial error in the estimated SAR (SDM). */
  readonly errorGivenLag: ChiSquaredTest
  /** Of a spatial lag in the estimated SEM (SDEM). */
  readonly lagGivenError: ChiSquaredTest
  readonly warnings: ReadonlyArray<Warning>
}

/** Beyond so many entities the trace's equations take minutes and more. */
const MOST = 10_000

/** Columns of a matrix that are solved for at once. */
const BLOCK = 64

/**
 * tr(GA + G'A), G = W (I - rho W)^-1 and A = W; where time effects were transformed away of F'GF and F'WF, which with W1 = 1 is tr(GW) - 1/(1 - rho) + tr(G'W) - 1'WG'1/N. N solutions from one
 * factorisation.
 */
const crossTrace = ({ matrix }: WeightsMatrix, rho: number, { deflated }: SpatialFrame): number => {
  const size = matrix.rows
  const solver = spatialSolver(matrix, rho)
  const turned = transpose(matrix)
  const both = addSparse(1, matrix, 1, turned)
  let sum = 0
  for (let first = 0; first < size; first += BLOCK) {
    const width = Math.min(BLOCK, size - first)
    const units = new Float64Array(size * width)
    for (let c = 0; c < width; c++) units[(first + c) * width + c] = 1
    const g = sparseTimesDense(matrix, solver.solve(units, width), width)
    for (let c = 0; c < width; c++)
      for (let at = both.starts[first + c]!; at < both.starts[first + c + 1]!; at++) sum += both.values[at]! * g[both.columns[at]! * width + c]!
  }
  if (!deflated) return sum
  const columnSums = sparseTimesDense(turned, new Float64Array(size).fill(1))
  return sum - 1 / (1 - rho) - dot(columnSums, solver.solveTransposed(columnSums)) / size
}

/** d^2/(own - c' C c), C the covariance of the parameters that are estimated and c their information with the one that is tested. */
const scoreTest = (score: number, own: number, shared: Float64Array, covariance: Float64Array): ChiSquaredTest => {
  const left = own - bilinear(shared, covariance)
  if (!(left > 1e-10 * own))
    throw new Fault("information-singular", "a spatial lag and a spatial error are not told apart by these data: there is no test of the one given the other")
  return chiSquaredTest(score ** 2 / left, 1)
}

/** What both tests take of an estimated model. */
const estimated = (sample: SpatialSample, fit: SpatialFit, parameter: "rho" | "lambda") => {
  const value = (term: string) => fit.estimates[fit.terms.indexOf(term)]!
  const { mean, variance } = scoreMoments(sample.weights, fit.frame)
  return {
    frame: fit.frame,
    at: value(parameter),
    s2: value("sigma2"),
    residuals: Float64Array.from(sample.rows, (row) => fit.residuals[row]!),
    mean,
    // What the moments take off for s2 comes off with the covariance of s2 here.
    squares: variance + (2 * mean ** 2) / fit.frame.observations,
    lag: (x: Float64Array) => spatialLag(sample.weights, x)
  }
}

const errorGivenLag = (sample: SpatialSample, fit: SpatialFit): ChiSquaredTest => {
  const { at, frame, lag, mean, residuals: e, s2, squares } = estimated(sample, fit, "rho")
  const places = ["rho", "sigma2"].map((term) => fit.terms.indexOf(term))
  const shared = Float64Array.of(frame.copies * crossTrace(sample.weights, at, frame), mean / s2)
  return scoreTest(dot(e, lag(e)) / s2 - mean, squares, shared, submatrix(fit.covariance, fit.terms.length, places))
}

const lagGivenError = (sample: SpatialSample, fit: SpatialFit): ChiSquaredTest => {
  const { at, frame, lag, mean, residuals: e, s2, squares } = estimated(sample, fit, "lambda")
  const { finish, prepare } = frame
  const values = new Map(sample.regressors.map(({ name, values: x }) => [name, x]))
  const slopes = fit.terms.filter((term) => term !== "lambda" && term !== "sigma2")
  const columns = slopes.map((term) => {
    if (values.has(term)) return prepare(values.get(term)!)
    return term === CONSTANT ? new Float64Array(e.length).fill(1) : lag(prepare(values.get(term.slice(2))!))
  })
  /** (I - lambda W) x without the effects. */
  const filtered = (x: Float64Array) => {
    const lagged = lag(x)
    return finish(x.map((v, i) => v - at * lagged[i]!))
  }
  const systematic = slopes.length === 0 ? new Float64Array(e.length) : combine(columns, fit.estimates.subarray(0, slopes.length))
  const moved = filtered(lag(systematic))
  const shared = Float64Array.of(...columns.map((x) => dot(filtered(x), moved) / s2), frame.copies * crossTrace(sample.weights, at, frame), mean / s2)
  return scoreTest(dot(e, filtered(lag(prepare(sample.dependent.values)))) / s2 - mean, squares + dot(moved, moved) / s2, shared, fit.covariance)
}

/**
 * LM tests of one kind of spatial dependence where the other is estimated by maximum likelihood (Anselin 1988; with effects the conditional tests of Debarsy and Ertur 2010): what
 * the robust tests of `lmTests` do from least-squares residuals, which holds for small values of the other alone. `errorGivenLag` is spatialreg's LM test for residual autocorrelation in lagsarlm.
 *
 * With S = I - rho W, G = W S^-1: d = e'W_T e/s2 - a tr A and its variance a tr(AA + A'A), less what rho and s2 take, c = (a tr(GA + G'A), a tr A/s2). With B = I - lambda W, H = W B^-1:
 * d = e'B W_T y/s2 - a tr A, a tr(AA + A'A) + |B W_T X b|^2/s2, c = ((BX)'B W_T X b/s2, a tr(AH + A'H), a tr A/s2); A and a as in `lmTests`. Takes N solutions of a sparse system for the trace.
 */
export const conditionalLmTests = (model: SpatialModel, { durbin = false, ...options }: ConditionalLmOptions = {}): ConditionalLmTests => {
  const sample = spatialSample(model)
  if (sample.entities > MOST)
    throw new Fault(
      "too-many-entities",
      `tests of an error given a lag, and the other way round, solve a system for each of ${sample.entities} entities; above ${MOST} take lmTests, or the likelihood ratio of sac against sar and sem`
    )
  const fitted = (specification: "sar" | "sdm" | "sem" | "sdem") => spatialMl(model, { ...options, specification, variance: "expected" })
  const lag = fitted(durbin ? "sdm" : "sar")
  const error = fitted(durbin ? "sdem" : "sem")
  const said = [...lag.warnings, ...error.warnings]
  return {
    errorGivenLag: errorGivenLag(sample, lag),
    lagGivenError: lagGivenError(sample, error),
    warnings: said.filter(({ code, message }, i) => said.findIndex((other) => other.code === code && other.message === message) === i)
  }
}
