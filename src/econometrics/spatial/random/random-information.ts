import { multiply } from "../../../linalg/cross-product.ts"
import { luFactor, luInverse } from "../../../linalg/lu.ts"
import type { MultiplierTraces } from "../models/multiplier-traces.ts"
import { denseWeights, type WeightsMatrix } from "../weights/weights-matrix.ts"
import type { RandomFrame } from "./random-frame.ts"
import { rowsOfYear } from "./random-frame.ts"
import type { RandomPoint } from "./random-likelihood.ts"

/** The estimates that information is of. */
export interface RandomEstimates {
  readonly frame: RandomFrame
  readonly point: RandomPoint
  readonly sigma2: number
  /** rho, lambda, both or neither, in this order. */
  readonly parameters: ReadonlyArray<"rho" | "lambda">
}

/**
 * tr(V^-1 V_a V^-1 V_b)/2 over rho, lambda, sigma2, sigma2_entity, V the variance of (I - rho W)^-1 u (the part of the expected information that is not of means):
 * (p + 2)^2 numbers.
 */
export type VarianceInformation = Float64Array

/**
 * Where filter and entity effect commute (no spatial error, or Kapoor, Kelejian and Prucha's): V is within s2 and between s2 + T s2_entity times one matrix, so that
 * with Gf = B G B^-1 and H = M B^-1 it takes traces alone, tr(PQ + P'Q) T times, tr P against each variance.
 */
export const commutingInformation = ({ frame, parameters, point, sigma2 }: RandomEstimates, { squares, trace }: MultiplierTraces): VarianceInformation => {
  const { periods } = frame
  const m = rowsOfYear(frame)
  const p = parameters.length
  const size = p + 2
  const between = sigma2 * (1 + point.c)
  const information = new Float64Array(size * size)
  const set = (i: number, j: number, value: number) => {
    information[i * size + j] = value
    information[j * size + i] = value
  }
  for (let i = 0; i < p; i++) {
    for (let j = i; j < p; j++) set(i, j, periods * squares(i, j))
    set(i, p, trace(i) * ((periods - 1) / sigma2 + 1 / between))
    set(i, p + 1, (periods * trace(i)) / between)
  }
  set(p, p, (m / 2) * ((periods - 1) / sigma2 ** 2 + 1 / between ** 2))
  set(p, p + 1, (m * periods) / (2 * between ** 2))
  set(p + 1, p + 1, (m * periods ** 2) / (2 * between ** 2))
  return information
}

const transposed = (a: Float64Array, n: number): Float64Array => Float64Array.from({ length: n * n }, (_, at) => a[(at % n) * n + Math.floor(at / n)]!)
const plus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, at) => value + b[at]!)
const system = (weights: WeightsMatrix, at: number): Float64Array => {
  const n = weights.entities.length
  return denseWeights(weights).map((w, i) => (i % (n + 1) === 0 ? 1 : 0) - at * w)
}

/** V^-1, or where deflated F (F'VF)^-1 F' = V^-1 - V^-1 1 1'V^-1/(1'V^-1 1), so that F'DF need not be formed. */
const inverseOf = (v: Float64Array, n: number, deflated: boolean): Float64Array => {
  const inverse = luInverse(luFactor(v, n))
  if (!deflated) return inverse
  const sums = Float64Array.from({ length: n }, (_, i) => inverse.subarray(i * n, (i + 1) * n).reduce((a, b) => a + b, 0))
  const total = sums.reduce((a, b) => a + b, 0)
  return inverse.map((value, at) => value - (sums[Math.floor(at / n)]! * sums[at % n]!) / total)
}

/** Under Baltagi, Song and Koh's errors, from dense N x N matrices: within V = s2 S, between V = T s2_entity I + s2 S, S = (B'B)^-1. */
export const separateInformation = ({ frame, parameters, point, sigma2 }: RandomEstimates, weights: WeightsMatrix): VarianceInformation => {
  const { deflated, entities: n, errorWeights, periods } = frame
  const product = (a: Float64Array, b: Float64Array) => multiply(a, b, n, n, n)
  const b = luInverse(luFactor(system(errorWeights!, point.lambda), n))
  const s = product(b, transposed(b, n))
  const ofLambda = product(product(b, denseWeights(errorWeights!)), s)
  const sByLambda = plus(ofLambda, transposed(ofLambda, n))
  const g = parameters.includes("rho") ? product(denseWeights(weights), luInverse(luFactor(system(weights, point.rho), n))) : undefined
  const p = parameters.length
  const size = p + 2
  const information = new Float64Array(size * size)
  for (const { count, own } of [
    { count: periods - 1, own: 0 },
    { count: 1, own: 1 }
  ]) {
    const v = s.map((value, at) => value + (at % (n + 1) === 0 ? own * point.c : 0))
    const inverse = inverseOf(v, n, deflated)
    const gv = g === undefined ? undefined : product(g, v)
    const slopes = [
      ...parameters.map((name) => (name === "rho" ? plus(gv!, transposed(gv!, n)) : sByLambda)),
      s.map((value) => value / sigma2),
      ...(own === 1 ? [Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? periods / sigma2 : 0))] : [])
    ].map((slope) => product(inverse, slope))
    slopes.forEach((x, i) => {
      slopes.forEach((y, j) => {
        let trace = 0
        for (let r = 0; r < n; r++) for (let q = 0; q < n; q++) trace += x[r * n + q]! * y[q * n + r]!
        information[i * size + j]! += (count / 2) * trace
      })
    })
  }
  return information
}
