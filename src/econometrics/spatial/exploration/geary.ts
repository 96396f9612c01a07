import { dot } from "../../../linalg/dot.ts"
import { rowSums, type SparseMatrix, transpose } from "../../../linalg/sparse-matrix.ts"
import { addSparse } from "../../../linalg/sparse-product.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Alternative } from "./alternative.ts"
import { deviations, type GlobalTest, moment } from "./global-test.ts"
import { permutationTest, type SpatialPermutationOptions } from "./permutation-test.ts"
import { type WeightSums, weightSums } from "./weight-sums.ts"

/** Row sum plus column sum of each entity. */
const linkSums = ({ matrix }: WeightsMatrix): Float64Array => rowSums(addSparse(1, matrix, 1, transpose(matrix)))

/**
 * Geary's C of one variable in one period, C = (N - 1) sum_ij w_ij (x_i - x_j)^2/(2 S0 z'z); its expectation is 1, less is positive autocorrelation, so that z is
 * (1 - C)/sd. Both variances as in Cliff and Ord (1981, chapter 2) and spdep's geary.test; with islands that are not counted, N is that of the others throughout
 * (spdep 1.2-7 has the number of all entities in some places of the variances, and of the others in the rest).
 */
export const geary = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  alternative: Alternative = "greater",
  { n, s0, s1, s2 }: WeightSums = weightSums(weights)
): GlobalTest => {
  const what = `Geary's C of ${label}`
  const { kurtosis, squares, z } = deviations(weights, x, what)
  // sum_ij w_ij (z_i - z_j)^2 = sum_i (row sum + column sum) z_i^2 - 2 z'Wz
  const apart = linkSums(weights).reduce((sum, d, i) => sum + d * z[i]! ** 2, 0) - 2 * dot(z, spatialLag(weights, z))
  const statistic = ((n - 1) * apart) / (2 * s0 * squares)
  const k = (n * kurtosis) / x.length
  const randomisation =
    ((n - 1) * s1 * (n * n - 3 * n + 3 - k * (n - 1)) -
      ((n - 1) * s2 * (n * n + 3 * n - 6 - k * (n * n - n + 2))) / 4 +
      s0 * s0 * (n * n - 3 - k * (n - 1) ** 2)) /
    (n * (n - 2) * (n - 3) * s0 * s0)
  const normality = ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
  const test = (variance: number) => moment(what, n, 1 - statistic, variance, alternative)
  return { statistic, expected: 1, randomisation: test(randomisation), normality: test(normality) }
}

/** Permutation p-values of Geary's C of several variables or periods; `greater` is positive autocorrelation, a small C. */
export const gearyPermutation = (weights: WeightsMatrix, series: ReadonlyArray<Float64Array>, options: SpatialPermutationOptions): Float64Array => {
  const size = weights.matrix.rows
  const places = Int32Array.from({ length: size + 1 }, (_, i) => i)
  const diagonal: SparseMatrix = { rows: size, columnCount: size, starts: places, columns: places.slice(0, size), values: linkSums(weights) }
  return permutationTest(
    addSparse(1, weights.matrix, -0.5, diagonal),
    series.map((x) => deviations(weights, x, "Geary's C").z),
    options
  )
}
