import { dot } from "../../../linalg/dot.ts"
import { Fault } from "../../fault.ts"
import { several } from "../weights/several.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { islands, type WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Alternative } from "./alternative.ts"
import { deviations, type Moment, moment } from "./global-test.ts"
import { permutationTest, type SpatialPermutationOptions } from "./permutation-test.ts"
import { type IslandPolicy, type WeightSums, weightSums } from "./weight-sums.ts"

export interface GeneralG extends Moment {
  readonly statistic: number
  /** S0/(N (N - 1)). */
  readonly expected: number
}

/**
 * The general G of Getis and Ord (1992) of a variable without negative values, G = x'Wx/sum_(i != j) x_i x_j: `greater` finds clusters of high values, `less`
 * of low ones. The variance is that of random permutations, with B1 as corrected by its authors (1993); as spdep's globalG.test. Meant for binary weights.
 * Islands that are not counted leave the sums of x too.
 */
export const generalG = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  alternative: Alternative = "greater",
  policy: IslandPolicy = "refuse",
  { n, s0, s1, s2 }: WeightSums = weightSums(weights, policy)
): GeneralG => {
  const what = `the general G of ${label}`
  deviations(weights, x, what)
  const negative = weights.entities.filter((_, i) => x[i]! < 0)
  if (negative.length > 0)
    throw new Fault(
      "negative-values",
      `${what} needs values of zero or more, since it compares products of them; below zero are ${several(negative)}: use Moran's I, or a variable with a natural zero`
    )
  const alone = new Set(policy === "uncounted" ? islands(weights) : [])
  const power = [0, 0, 0, 0, 0]
  for (const [i, entity] of weights.entities.entries()) if (!alone.has(entity)) for (let p = 1; p <= 4; p++) power[p]! += x[i]! ** p
  const [, sum, squares, cubes, fourths] = power as [number, number, number, number, number]
  const pairs = sum * sum - squares
  if (!(pairs > 0)) throw new Fault("no-pairs", `${what} is not defined: fewer than two entities have a value above zero`)
  const statistic = dot(x, spatialLag(weights, x)) / pairs
  const expected = s0 / (n * (n - 1))
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
  const b4 = s1 - s2 + s0 * s0
  const square =
    (b0 * squares ** 2 + b1 * fourths + b2 * sum ** 2 * squares + b3 * sum * cubes + b4 * sum ** 4) / (pairs ** 2 * n * (n - 1) * (n - 2) * (n - 3))
  return { statistic, expected, ...moment(what, n, statistic - expected, square - expected * expected, alternative) }
}

/** Permutation p-values of the general G of several variables or periods. */
export const generalGPermutation = (weights: WeightsMatrix, series: ReadonlyArray<Float64Array>, options: SpatialPermutationOptions): Float64Array => {
  for (const x of series) deviations(weights, x, "the general G")
  return permutationTest(weights.matrix, series, options)
}
