import { bilinear, multiply } from "../../../linalg/cross-product.ts"
import { clusterScores } from "../../variance/cluster-meat.ts"
import type { ErrorMoments } from "./error-moments.ts"
import type { GmmFrame } from "./gmm-frame.ts"

/**
 * Statistics of the errors, e'A_p e + l_p'e for the quadratic forms A_p of `moments` (A_1, A_2), then e'e, and then linear ones: `linear` has a column l_p for each,
 * those of the quadratic ones first.
 */
export interface ErrorStatistics {
  readonly errors: Float64Array
  readonly moments: ErrorMoments | undefined
  readonly linear: ReadonlyArray<Float64Array>
}

/** Whether the errors have one variance s2, or rows (or entities) are independent with any variance. */
export type Dependence = { readonly kind: "iid"; readonly sigma2: number } | { readonly kind: "rows" | "entities" }

const crossed = (columns: ReadonlyArray<Float64Array>): Float64Array => {
  const size = columns.length
  const found = new Float64Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0
      for (let t = 0; t < columns[i]!.length; t++) sum += columns[i]![t]! * columns[j]![t]!
      found[i * size + j] = found[j * size + i] = sum
    }
  return found
}

/**
 * Of independent errors with one variance: s4 2 tr(A_p A_q) + s2 l_p'l_q + m3 (sum a_p,ii l_q,i + …) + (m4 - 3 s4) sum a_p,ii a_q,ii (Drukker, Egger and Prucha 2013).
 * Where effects of entities are taken off, third and fourth moments are those of normal errors.
 */
const iidCovariance = ({ errors, linear, moments }: ErrorStatistics, sigma2: number, frame: GmmFrame): Float64Array => {
  const size = linear.length
  const found = crossed(linear).map((value) => sigma2 * value)
  const copies = frame.observations / (frame.entities - (frame.centred ? 1 : 0))
  const traces = moments?.traces() ?? Float64Array.of(2 * (frame.observations / copies))
  const forms = moments === undefined ? 1 : 3
  for (let p = 0; p < forms; p++) for (let q = 0; q < forms; q++) found[p * size + q]! += sigma2 ** 2 * copies * traces[p * forms + q]!
  if (frame.effects === "individual" || frame.effects === "two-way") return found
  let [third, fourth] = [0, 0]
  for (const e of errors) {
    third += e ** 3 / errors.length
    fourth += e ** 4 / errors.length
  }
  const plain = errors.reduce((sum, e) => sum + e * e, 0) / errors.length
  const excess = fourth - 3 * plain ** 2
  const one = new Float64Array(frame.entities).fill(1)
  const diagonals = [...(moments?.diagonals ?? []), one]
  const over = diagonals.map((diagonal) =>
    linear.map((column) => third * column.reduce((sum, value, at) => sum + value * diagonal[Math.floor(at / frame.periods)]!, 0))
  )
  for (let p = 0; p < forms; p++) {
    for (let q = 0; q < size; q++) {
      found[p * size + q]! += over[p]![q]!
      found[q * size + p]! += over[p]![q]!
    }
    for (let q = 0; q < forms; q++) found[p * size + q]! += excess * frame.periods * diagonals[p]!.reduce((sum, value, i) => sum + value * diagonals[q]![i]!, 0)
  }
  return found
}

/**
 * Of independent groups of errors with any variances: the sums over groups of (l_p'e)_g (l_q'e)_g, e'e counting with its group's deviation from the mean, and for A_1, A_2 of
 * zero diagonals 1/2 sum S_p,ij S_q,ij (sum over t of e_it^2 e_jt^2) by rows (Kelejian and Prucha 2010), (e_i'e_j)^2 by entities: then errors of an entity may
 * depend on one another over time in any way.
 */
const robustCovariance = ({ errors, linear, moments }: ErrorStatistics, by: "rows" | "entities", frame: GmmFrame): Float64Array => {
  const { entities, periods } = frame
  const size = linear.length
  const forms = moments === undefined ? 0 : 2
  const byRow = by === "rows"
  const groups = byRow ? errors.length : entities
  const codes = byRow ? Int32Array.from(errors.keys()) : frame.factors.entity.codes
  const scores = clusterScores(linear, errors, codes, groups)
  const mean = errors.reduce((sum, e) => sum + e * e, 0) / groups
  errors.forEach((e, at) => {
    scores[codes[at]! * size + forms]! += e * e
  })
  for (let g = 0; g < groups; g++) scores[g * size + forms]! -= mean
  const found = crossed(linear.map((_, p) => Float64Array.from({ length: groups }, (_, g) => scores[g * size + p]!)))
  if (moments === undefined) return found
  const weight = (i: number, j: number): number => {
    let sum = 0
    for (let t = 0; t < periods; t++) {
      const product = errors[i * periods + t]! * errors[j * periods + t]!
      sum += byRow ? product * product : product
    }
    return byRow ? sum : sum * sum
  }
  const quadratic = moments.weighted(weight)
  for (let p = 0; p < 2; p++) for (let q = 0; q < 2; q++) found[p * size + q]! += quadratic[p * 2 + q]!
  return found
}

/** The covariance of the statistics, row-major. */
export const errorCovariance = (statistics: ErrorStatistics, dependence: Dependence, frame: GmmFrame): Float64Array =>
  dependence.kind === "iid" ? iidCovariance(statistics, dependence.sigma2, frame) : robustCovariance(statistics, dependence.kind, frame)

/** lambda as a function of its two moments: their slope in it and the weights that they had. */
export interface LambdaMoments {
  /** -dm/dlambda. */
  readonly slope: Float64Array
  readonly weights: Float64Array
  /** d(e'e/n)/dlambda. */
  readonly ofSigma2: number
  /** k where sigma2 is e'e/n + k'm. */
  readonly moments?: Float64Array
}

/**
 * The covariance of d (its influences are the last columns of the statistics), of lambda where it is estimated, and of sigma2 = e'e/n, row-major in this order:
 * lambda's error is (D'Y D)^-1 D'Y m, that of sigma2 its own statistic and what lambda does to it.
 */
export const estimateCovariance = (statistics: ErrorStatistics, dependence: Dependence, frame: GmmFrame, lambda: LambdaMoments | undefined): Float64Array => {
  const size = statistics.linear.length
  const forms = lambda === undefined ? 1 : 3
  const k = size - forms
  const rows = k + (lambda === undefined ? 1 : 2)
  const map = new Float64Array(rows * size)
  for (let j = 0; j < k; j++) map[j * size + forms + j] = 1
  map[(rows - 1) * size + forms - 1] = 1 / frame.observations
  if (lambda !== undefined) {
    const { moments = new Float64Array(2), ofSigma2, slope, weights } = lambda
    const change = ofSigma2 - moments[0]! * slope[0]! - moments[1]! * slope[1]!
    const curvature = bilinear(slope, weights)
    for (let r = 0; r < 2; r++) {
      const factor = (weights[r * 2]! * slope[0]! + weights[r * 2 + 1]! * slope[1]!) / curvature / frame.observations
      map[k * size + r] = factor
      map[(rows - 1) * size + r] = change * factor + moments[r]! / frame.observations
    }
  }
  const half = multiply(map, errorCovariance(statistics, dependence, frame), rows, size, size)
  const turned = Float64Array.from({ length: size * rows }, (_, at) => map[(at % rows) * size + Math.floor(at / rows)]!)
  return multiply(half, turned, rows, size, rows)
}
