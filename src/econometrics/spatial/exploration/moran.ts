import { dot } from "../../../linalg/dot.ts"
import { rowSums, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { normalUpper } from "../../../stats/normal.ts"
import { stream } from "../../../stats/random.ts"
import { Fault } from "../../fault.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"

/** Moran's I of one variable in one period with its moments under no spatial autocorrelation (Cliff and Ord 1981, chapter 2). p-values are one-sided: P(I at least as large). */
export interface Moran {
  readonly statistic: number
  /** -1/(N - 1), under both assumptions. */
  readonly expected: number
  /** The values are a random permutation over the entities. */
  readonly randomisation: Moment
  /** The values are independent normals. */
  readonly normality: Moment
}
interface Moment {
  readonly variance: number
  readonly z: number
  readonly pValue: number
}

/** Sums over the weights that the moments need. */
export interface WeightSums {
  /** Sum of all w_ij. */
  readonly s0: number
  /** Half the sum of (w_ij + w_ji)^2. */
  readonly s1: number
  /** Sum over i of (row sum + column sum)^2. */
  readonly s2: number
}

export const weightSums = ({ matrix }: WeightsMatrix): WeightSums => {
  const both = addSparse(1, matrix, 1, transpose(matrix))
  return {
    s0: matrix.values.reduce((sum, w) => sum + w, 0),
    s1: dot(both.values, both.values) / 2,
    s2: rowSums(both).reduce((sum, b) => sum + b * b, 0)
  }
}

const deviations = (x: Float64Array): Float64Array => {
  const mean = x.reduce((sum, v) => sum + v, 0) / x.length
  return x.map((v) => v - mean)
}

/**
 * I = (N/S0) z'Wz/z'z, z the deviations from the mean, and both variances; as spdep's moran.test(alternative = "greater"). A variable that does
 * not vary over the entities, or fewer than four entities, is a fault (`label` names the variable and the period).
 */
export const moran = (weights: WeightsMatrix, x: Float64Array, label: string, { s0, s1, s2 }: WeightSums = weightSums(weights)): Moran => {
  const n = x.length
  if (n < 4) throw new Fault("too-few-entities", `Moran's I of ${label} needs at least 4 entities; there are ${n}`)
  const z = deviations(x)
  const m2 = dot(z, z)
  // What rounding leaves of a constant is no variation.
  if (!(m2 > n * (1e-14 * Math.abs(x[0]!)) ** 2))
    throw new Fault("no-variation", `Moran's I of ${label} is not defined: all ${n} entities have the value ${x[0]}`)
  const statistic = ((n / s0) * dot(z, spatialLag(weights, z))) / m2
  const expected = -1 / (n - 1)
  const kurtosis = (n * z.reduce((sum, v) => sum + v ** 4, 0)) / m2 ** 2
  const randomisation =
    (n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0) - kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
    expected * expected
  const normality = (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - expected * expected
  const moment = (variance: number): Moment => {
    if (!(variance > 0))
      throw new Fault("no-variance", `the variance of Moran's I of ${label} is ${variance}: these weights leave it no variation over ${n} entities`)
    const z = (statistic - expected) / Math.sqrt(variance)
    return { variance, z, pValue: normalUpper(z) }
  }
  return { statistic, expected, randomisation: moment(randomisation), normality: moment(normality) }
}

/**
 * Permutations of the entities, one a replicate: replicate i of a seed uses the stream (seed, i), so that more replicates extend the same
 * sequence, and the same permutations serve every variable and period. Fisher-Yates.
 */
export const entityPermutations = (entities: number, replicates: number, seed: number): ReadonlyArray<Uint32Array> =>
  Array.from({ length: replicates }, (_, replicate) => {
    const random = stream(seed, replicate)
    const order = Uint32Array.from({ length: entities }, (_, i) => i)
    for (let i = entities - 1; i > 0; i--) {
      const j = random.integer(i + 1)
      ;[order[i], order[j]] = [order[j]!, order[i]!]
    }
    return order
  })

/** The share of arrangements, the observed one counted among them, with an I at least as large: (1 + #{I* >= I})/(1 + R). */
export const moranPermutationPValue = (weights: WeightsMatrix, x: Float64Array, orders: ReadonlyArray<Uint32Array>): number => {
  const z = deviations(x)
  const observed = dot(z, spatialLag(weights, z))
  // Arrangements that differ from the observed one by rounding alone are ties, and count.
  const threshold = observed - 1e-12 * Math.abs(observed)
  const permuted = new Float64Array(z.length)
  let atLeast = 1
  for (const order of orders) {
    for (let i = 0; i < z.length; i++) permuted[i] = z[order[i]!]!
    if (dot(permuted, spatialLag(weights, permuted)) >= threshold) atLeast++
  }
  return atLeast / (1 + orders.length)
}

/** The Moran scatter plot of one variable in one period: z standardised (divisor N) and W z. Where W is row-standardised the slope of W z on z is I. */
export const moranScatter = (weights: WeightsMatrix, x: Float64Array): { readonly z: Float64Array; readonly lag: Float64Array } => {
  const centred = deviations(x)
  const deviation = Math.sqrt(dot(centred, centred) / x.length)
  const z = centred.map((v) => v / deviation)
  return { z, lag: spatialLag(weights, z) }
}
