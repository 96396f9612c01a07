import { fromTriplets } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { Fault } from "../../fault.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import { rowStandardize, rowSums, type WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Alternative } from "./alternative.ts"
import type { ConditionalPermutationOptions } from "./conditional-permutation.ts"
import { deviations } from "./global-test.ts"
import { type LocalPermutation, localPermutation } from "./local-moran.ts"
import { type LocalStatistics, localTests, rowMoments } from "./local-statistics.ts"
import { refuseIslands } from "./weight-sums.ts"

export interface GetisOrdOptions {
  readonly alternative?: Alternative
  readonly allowIslands?: boolean
}

/** The weights with each entity among its own neighbours, at the greatest weight of its row (1 for an island); rows are standardised again where all that have neighbours were. */
const withSelf = (weights: WeightsMatrix): WeightsMatrix => {
  const { matrix } = weights
  const { rows, starts, values } = matrix
  const places = Array.from({ length: rows }, (_, i) => i)
  const greatest = places.map((i) => values.subarray(starts[i]!, starts[i + 1]!).reduce((most, w) => Math.max(most, w), 0) || 1)
  const included = { ...weights, matrix: addSparse(1, matrix, 1, fromTriplets(rows, rows, places, places, greatest)) }
  return rowSums(weights).every((sum) => sum === 0 || Math.abs(sum - 1) < 1e-9) ? rowStandardize(included) : included
}

const shares = (what: string, total: number, size: number): number => {
  if (!(Math.abs(total) > 1e-12 * size))
    throw new Fault(
      "zero-sum",
      `${what} is a share of the sum of the values, which is zero: take the variable as it was before it was centred, or local Moran's I`
    )
  return total
}

/**
 * G_i of Getis and Ord (1992; Ord and Getis 1995), the share sum_j w_ij x_j/sum_(j != i) x_j of an entity's neighbours, itself left out; its expectation and
 * variance given x_i under random permutation, as spdep's localG. A positive z is a cluster of high values, also where the
 * sum is negative and the share falls as values rise. A variable that does not vary, and islands
 * unless allowed, are faults.
 */
export const localG = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  { allowIslands = false, alternative = "two-sided" }: GetisOrdOptions = {}
): LocalStatistics => {
  if (!allowIslands) refuseIslands(weights, "allowIslands")
  const what = `local G of ${label}`
  const { squares: around, z } = deviations(weights, x, what)
  const n = x.length
  const total = x.reduce((sum, v) => sum + v, 0)
  const size = x.reduce((sum, v) => sum + Math.abs(v), 0)
  const lag = spatialLag(weights, x)
  const { squares, sums } = rowMoments(weights)
  const rest = x.map((v) => shares(what, total - v, size))
  // The variance of the other N - 1 values, from deviations: that of the values themselves would cancel.
  const spread = z.map((v) => Math.max(0, (around - v * v) / (n - 1) - (v / (n - 1)) ** 2))
  return localTests(
    what,
    weights,
    lag.map((v, i) => v / rest[i]!),
    sums.map((w) => w / (n - 1)),
    spread.map((s2, i) => (s2 * ((n - 1) * squares[i]! - sums[i]! ** 2)) / (n - 2) / rest[i]! ** 2),
    rest.map((sum, i) => ((around / n) * squares[i]!) / sum ** 2),
    alternative,
    rest
  )
}

/**
 * G*_i of Getis and Ord: as G_i with the entity among its own neighbours (its weight is the greatest of its row, and rows that were standardised are so again), a share of the sum of all values; as spdep's localG of weights that include self.
 * An island is its only neighbour.
 */
export const localGStar = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  { allowIslands = false, alternative = "two-sided" }: GetisOrdOptions = {}
): LocalStatistics => {
  if (!allowIslands) refuseIslands(weights, "allowIslands")
  const what = `local G* of ${label}`
  const { squares: around } = deviations(weights, x, what)
  const n = x.length
  const total = shares(
    what,
    x.reduce((sum, v) => sum + v, 0),
    x.reduce((sum, v) => sum + Math.abs(v), 0)
  )
  const self = withSelf(weights)
  const { squares, sums } = rowMoments(self)
  const s2 = around / n
  return localTests(
    what,
    weights,
    spatialLag(self, x).map((v) => v / total),
    sums.map((w) => w / n),
    sums.map((w, i) => (s2 * (n * squares[i]! - w ** 2)) / (n - 1) / total ** 2),
    squares.map((square) => (s2 * square) / total ** 2),
    alternative,
    x.map(() => total)
  )
}

/** Conditional permutation p-values of G_i, and of G*_i, of several variables or periods: an entity's own value stays, so that both go with the lag of the others. */
export const localGPermutation = (
  weights: WeightsMatrix,
  series: ReadonlyArray<Float64Array>,
  options: ConditionalPermutationOptions & { readonly alternative?: Alternative }
): ReadonlyArray<LocalPermutation> => {
  for (const x of series) deviations(weights, x, "local G")
  return localPermutation(weights, series, options, () => 1)
}
