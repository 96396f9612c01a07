import { cholesky, choleskySolve } from "../../linalg/cholesky.ts"
import { chi2Quantile } from "../../stats/distributions.ts"
import type { Stream } from "../../stats/random.ts"
import { Fault } from "../fault.ts"
import type { RegressionSums } from "./regression-sums.ts"

/** Standard deviations of the coefficients' priors: of each own regressor over all entities, and of each shared one. */
export interface PriorSd {
  readonly own: Float64Array
  readonly shared: Float64Array
}

/** Coefficients: of each entity's own regressors (entities x b), and of the shared ones. */
export interface Coefficients {
  readonly own: Float64Array
  readonly shared: Float64Array
}

/** Least precision that the prior adds, as a share of a column's own: it keeps the factorisation where one column is the sum of others. */
const LEAST = 1e-10

/** Solves L x = v for the small lower triangle of one entity, in place. */
const forward = (l: Float64Array, b: number, v: Float64Array, at: number, step: number): void => {
  for (let i = 0; i < b; i++) {
    let sum = v[at + i * step]!
    for (let k = 0; k < i; k++) sum -= l[i * b + k]! * v[at + k * step]!
    v[at + i * step] = sum / l[i * b + i]!
  }
}
/** Solves L' x = v, in place. */
const backward = (l: Float64Array, b: number, v: Float64Array, at: number): void => {
  for (let i = b - 1; i >= 0; i--) {
    let sum = v[at + i]!
    for (let k = i + 1; k < b; k++) sum -= l[k * b + i]! * v[at + k]!
    v[at + i] = sum / l[i * b + i]!
  }
}

/**
 * A draw of the coefficients given the residual variance, b ~ N(A^-1 X'y, variance A^-1), A = X'X + variance diag(1/priorSd^2): normal linear regression with independent normal priors
 * (Gelman et al. 2013, Bayesian Data Analysis, 14.8). `mean` is the centre of that distribution. Each entity's own coefficients meet only the shared ones: they are eliminated block by block (Golub and Van Loan, Matrix Computations, 4.2.10), so
 * that a thousand entities cost a thousand small steps.
 */
export const drawCoefficients = (
  sums: RegressionSums,
  variance: number,
  prior: PriorSd,
  random: Stream
): { readonly mean: Coefficients; readonly draw: Coefficients } => {
  const { b, entities, q } = sums
  const precision = (sd: number, square: number): number => Math.max(variance / (sd * sd), LEAST * Math.max(square, 1))
  const refused = () =>
    new Fault(
      "collinear",
      "the variables of an imputation determine one another so nearly that no regression among them can be computed: leave one of them out"
    )
  const blocks: Array<Float64Array> = []
  const w = Float64Array.from(sums.cross)
  const wy = Float64Array.from(sums.ownY)
  const s = Float64Array.from(sums.shared)
  const right = Float64Array.from(sums.sharedY)
  for (let e = 0; e < entities; e++) {
    const a = sums.own.slice(e * b * b, (e + 1) * b * b)
    for (let i = 0; i < b; i++) a[i * b + i] = a[i * b + i]! + precision(prior.own[i]!, a[i * b + i]!)
    const l = cholesky(a, b, 0)
    if (l === undefined) throw refused()
    blocks.push(l)
    for (let k = 0; k < q; k++) forward(l, b, w, e * b * q + k, q)
    forward(l, b, wy, e * b, 1)
    for (let i = 0; i < b; i++) {
      const line = (e * b + i) * q
      const own = wy[e * b + i]!
      for (let j = 0; j < q; j++) {
        const value = w[line + j]!
        if (value === 0) continue
        right[j] = right[j]! - value * own
        for (let k = 0; k <= j; k++) s[j * q + k] = s[j * q + k]! - value * w[line + k]!
      }
    }
  }
  for (let j = 0; j < q; j++) s[j * q + j] = s[j * q + j]! + precision(prior.shared[j]!, sums.shared[j * q + j]!)
  const m = cholesky(s, q, 0)
  if (m === undefined) throw refused()
  /** The own coefficients that go with shared ones: L' x = v - W shared, in place. */
  const complete = (v: Float64Array, shared: Float64Array): Float64Array => {
    for (let e = 0; e < entities; e++) {
      for (let i = 0; i < b; i++) {
        const line = (e * b + i) * q
        let sum = v[e * b + i]!
        for (let k = 0; k < q; k++) sum -= w[line + k]! * shared[k]!
        v[e * b + i] = sum
      }
      backward(blocks[e]!, b, v, e * b)
    }
    return v
  }
  const meanShared = choleskySolve(m, q, right)
  const mean = { own: complete(wy, meanShared), shared: meanShared }
  const drawnShared = Float64Array.from({ length: q }, () => random.normal())
  backward(m, q, drawnShared, 0)
  const drawnOwn = complete(
    Float64Array.from({ length: entities * b }, () => random.normal()),
    drawnShared
  )
  const sd = Math.sqrt(variance)
  return { mean, draw: { own: drawnOwn.map((z, i) => mean.own[i]! + sd * z), shared: drawnShared.map((z, i) => mean.shared[i]! + sd * z) } }
}

/** What coefficients predict for some rows; `shared` are the regressors in the order of the coefficients. */
export const predict = (
  { entity, own, shared }: { readonly entity: Int32Array; readonly own: ReadonlyArray<Float64Array>; readonly shared: ReadonlyArray<Float64Array> },
  coefficients: Coefficients,
  rows: ReadonlyArray<number>
): Float64Array => {
  const b = own.length
  const predicted = Float64Array.from(rows, (row) => own.reduce((sum, column, i) => sum + coefficients.own[entity[row]! * b + i]! * column[row]!, 0))
  shared.forEach((column, a) => {
    const slope = coefficients.shared[a]!
    for (let i = 0; i < rows.length; i++) predicted[i] = predicted[i]! + slope * column[rows[i]!]!
  })
  return predicted
}

/** A draw of the residual variance given the coefficients: the residuals' sum of squares over chi2 with as many degrees of freedom as rows (prior proportional to 1/variance). */
export const drawVariance = (sumOfSquares: number, rows: number, random: Stream): number => sumOfSquares / chi2Quantile(random.uniform(), rows)
