import { bilinear, multiply } from "../../../linalg/cross-product.ts"
import { type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { sparseTimesDense } from "../../../linalg/sparse-product.ts"
import { residualsOf } from "../../linear/least-squares.ts"
import { entityMeans } from "../models/panel-effects.ts"
import { basicTraces } from "./error-moments.ts"
import type { GmmFrame } from "./gmm-frame.ts"
import { inverseTransposed } from "./inverse-transposed.ts"
import { inverseWeights, minimiseMoments, momentSlope, type QuadraticMoments } from "./moment-minimum.ts"
import { type EquationColumns, influenceOfResiduals, influences, type ProjectedEquation, projectedEquation, transformed } from "./projected-equation.ts"

/** Which moments give lambda and the variances, and with which weights: Kapoor, Kelejian and Prucha's (2007) initial, partially weighted and fully weighted estimator. */
export type RandomWeighting = "initial" | "weighted" | "full"

export interface RandomEquation {
  /** 0 where errors have no spatial part. */
  readonly lambda: number
  /** Of the idiosyncratic errors; and s1 = s2 + T times the entities' variance. */
  readonly sigma2: number
  readonly sigma2Between: number
  /** Share of the entity's mean that is taken off. */
  readonly theta: number
  /** Of the coefficients, lambda (where it is estimated), sigma2 and sigma2_between; row-major. */
  readonly covariance: Float64Array
  readonly columns: EquationColumns
  readonly equation: ProjectedEquation
  /** e, the entities' effects in it. */
  readonly residuals: Float64Array
}

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)

const less = (x: Float64Array, factor: number, y: Float64Array): Float64Array => x.map((value, at) => value - factor * y[at]!)

/** Q1 x, the entity's mean in every period. */
const between = (x: Float64Array, entities: number): Float64Array => {
  const means = entityMeans(x, entities)
  const periods = x.length / entities
  return Float64Array.from(x, (_, at) => means[Math.floor(at / periods)]!)
}

/** a X b' of column blocks: the block (i, j) of a matrix of 2 x 2 blocks, zero off the diagonal. */
const blocks = (first: Float64Array, second: Float64Array): Float64Array =>
  Float64Array.from({ length: 36 }, (_, at) => {
    const [i, j] = [Math.floor(at / 6), at % 6]
    return Math.floor(i / 3) !== Math.floor(j / 3) ? 0 : (i < 3 ? first : second)[(i % 3) * 3 + (j % 3)]!
  })

/**
 * Random effects of entities whose errors are spatial as a whole: u = lambda M u + e, e_it = m_i + v_it (Kapoor, Kelejian and Prucha 2007). Lambda, the variance of v and s1 come
 * from the six moments e'Q e, e'M'Q M e, e'M'Q e over their rows, Q taking off (Q0) or leaving (Q1) the entities' means, of the residuals of the pooled equation. Then
 * the filtered equation, theta = 1 - sqrt(s2/s1) of each entity's mean taken off it and its instruments, by (two-stage) least squares. Without spatial
 * errors it is the same with lambda = 0: generalised two-stage least squares.
 *
 * The errors are taken as normal for the covariance of the moments.
 */
export const randomEquation = (
  frame: GmmFrame,
  raw: EquationColumns,
  m: SparseMatrix | undefined,
  weighting: RandomWeighting,
  bounds: { readonly lower: number; readonly upper: number }
): RandomEquation => {
  const { entities: n, periods } = frame
  const nothing: SparseMatrix = { rows: n, columnCount: n, starts: new Int32Array(n + 1), columns: new Int32Array(0), values: new Float64Array(0) }
  const w = m ?? nothing
  const turned = transpose(w)
  const lag = (x: Float64Array) => sparseTimesDense(w, x, periods)
  const back = (x: Float64Array) => sparseTimesDense(turned, x, periods)
  const lagTwice = (x: Float64Array) => back(lag(x))
  const parts = [(x: Float64Array) => less(x, 1, between(x, n)), (x: Float64Array) => between(x, n)]
  const rows = [n * (periods - 1), n]
  const first = projectedEquation(raw)
  const moments = momentsOf(first.residuals, lag, parts, rows, dot(w.values, w.values) / n)
  const traces = basicTraces(w)
  const estimated = m === undefined ? without(moments) : lambdaOf(moments, traces, weighting, periods, bounds)
  const { gain, lambda, sigma2 } = estimated
  const sigma2Between = Math.max(estimated.sigma2Between, sigma2)
  const theta = 1 - Math.sqrt(sigma2 / sigma2Between)

  const filter = (x: Float64Array) => less(x, lambda, lag(x))
  const quasi = (x: Float64Array) => less(x, theta, between(x, n))
  const columns = transformed(raw, (x) => quasi(filter(x)), quasi)
  const equation = projectedEquation(columns)

  // The moments' errors: their own, and what residuals in the place of errors bring.
  const errors = filter(first.residuals)
  const firstInfluence = influences(first)
  const regressors = first.regressors.map(filter)
  const [forward, backward] = [lag(errors), back(errors)]
  const forms = [errors.map((e) => 2 * e), lagTwice(errors).map((e) => 2 * e), forward.map((e, at) => e + backward[at]!)]
  const linear = parts.flatMap((part, b) =>
    forms.map((form) =>
      inverseTransposed(
        w,
        lambda,
        influenceOfResiduals(
          firstInfluence,
          regressors,
          part(form).map((value) => value / rows[b]!)
        )
      )
    )
  )
  /** (within Q0 + ofMeans Q1) x. */
  const byVariance = (x: Float64Array, within: number, ofMeans: number) => {
    const common = between(x, n)
    return x.map((value, at) => within * (value - common[at]!) + ofMeans * common[at]!)
  }
  const spread = linear.map((column) => byVariance(column, sigma2, sigma2Between))
  const k = equation.design.length
  const size = 6 + k
  const quadratic = blocks(
    traces.map((value) => (value * sigma2 ** 2) / rows[0]!),
    traces.map((value) => (value * sigma2Between ** 2) / rows[1]!)
  )
  const influence = influences(equation)
  const across = influence.map((column) => byVariance(column, sigma2, Math.sqrt(sigma2 * sigma2Between)))
  const joint = Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    if (i < 6 && j < 6) return quadratic[i * 6 + j]! + dot(linear[i]!, spread[j]!)
    if (i >= 6 && j >= 6) return sigma2 * equation.bread[(i - 6) * k + j - 6]!
    return dot(linear[Math.min(i, j)]!, across[Math.max(i, j) - 6]!)
  })
  const parameters = gain.length
  const map = new Float64Array((k + parameters) * size)
  for (let j = 0; j < k; j++) map[j * size + 6 + j] = 1
  gain.forEach((row, p) => {
    map.set(row, (k + p) * size)
  })
  const total = k + parameters
  const turnedMap = Float64Array.from({ length: size * total }, (_, at) => map[(at % total) * size + Math.floor(at / total)]!)
  return {
    lambda,
    sigma2,
    sigma2Between: estimated.sigma2Between,
    theta,
    covariance: multiply(multiply(map, joint, total, size, size), turnedMap, total, size, total),
    columns,
    equation,
    residuals: residualsOf(filter(raw.y), regressors, equation.coefficients)
  }
}

/** The six moments as functions of lambda; their variances are s2 (with t = tr M'M/N) and s1. */
const momentsOf = (
  u: Float64Array,
  lag: (x: Float64Array) => Float64Array,
  parts: ReadonlyArray<(x: Float64Array) => Float64Array>,
  rows: ReadonlyArray<number>,
  t: number
): QuadraticMoments => {
  const once = lag(u)
  const twice = lag(once)
  const [constant, linear, square] = [new Float64Array(6), new Float64Array(6), new Float64Array(6)]
  parts.forEach((part, b) => {
    const of = (x: Float64Array, y: Float64Array) => dot(part(x), y) / rows[b]!
    constant.set([of(u, u), of(once, once), of(once, u)], 3 * b)
    linear.set([-2 * of(u, once), -2 * of(once, twice), -of(once, once) - of(twice, u)], 3 * b)
    square.set([of(once, once), of(twice, twice), of(twice, once)], 3 * b)
  })
  return { constant, linear, square, variances: [Float64Array.of(1, t, 0, 0, 0, 0), Float64Array.of(0, 0, 0, 1, t, 0)] }
}

interface Estimated {
  readonly lambda: number
  readonly sigma2: number
  readonly sigma2Between: number
  /** Errors of lambda, sigma2, sigma2_between as sums of the moments' errors. */
  readonly gain: ReadonlyArray<Float64Array>
}

const without = ({ constant }: QuadraticMoments): Estimated => ({
  lambda: 0,
  sigma2: constant[0]!,
  sigma2Between: constant[3]!,
  gain: [Float64Array.of(1, 0, 0, 0, 0, 0), Float64Array.of(0, 0, 0, 1, 0, 0)]
})

const lambdaOf = (
  moments: QuadraticMoments,
  traces: Float64Array,
  weighting: RandomWeighting,
  periods: number,
  bounds: { readonly lower: number; readonly upper: number }
): Estimated => {
  const firstThree = (x: Float64Array) => x.slice(0, 3)
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
  const start = minimiseMoments(
    {
      constant: firstThree(moments.constant),
      linear: firstThree(moments.linear),
      square: firstThree(moments.square),
      variances: [firstThree(moments.variances[0]!)]
    },
    identity,
    bounds
  )
  const initial = {
    lambda: start.lambda,
    sigma2: start.variances[0]!,
    sigma2Between: moments.constant[3]! + start.lambda * moments.linear[3]! + start.lambda ** 2 * moments.square[3]!
  }
  if (weighting === "initial") {
    const slope = momentSlope(moments, initial.lambda)
    const gain = gainOf([firstThree(slope), firstThree(moments.variances[0]!)], identity).map((row) => Float64Array.from({ length: 6 }, (_, r) => row[r] ?? 0))
    return { ...initial, gain: [...gain, Float64Array.from({ length: 6 }, (_, r) => (r === 3 ? 1 : 0) - slope[3]! * gain[0]![r]!)] }
  }
  const block = weighting === "full" ? inverseWeights(traces, 3) : identity
  const scaled = (by: number) => block.map((value) => value * by)
  const weights = blocks(scaled((periods - 1) / initial.sigma2 ** 2), scaled(1 / initial.sigma2Between ** 2))
  const { lambda, variances } = minimiseMoments(moments, weights, bounds)
  return { lambda, sigma2: variances[0]!, sigma2Between: variances[1]!, gain: gainOf([momentSlope(moments, lambda), ...moments.variances], weights) }
}

/** The rows of (G'Y G)^-1 G'Y. */
const gainOf = (g: ReadonlyArray<Float64Array>, weights: Float64Array): ReadonlyArray<Float64Array> => {
  const size = g.length
  const q = g[0]!.length
  const inverse = inverseWeights(
    Float64Array.from({ length: size * size }, (_, at) => bilinear(g[Math.floor(at / size)]!, weights, g[at % size]!)),
    size
  )
  return g.map((_, p) =>
    Float64Array.from({ length: q }, (__, r) =>
      g.reduce((sum, column, s) => sum + inverse[p * size + s]! * dot(column, weights.subarray(r * q, (r + 1) * q)), 0)
    )
  )
}
