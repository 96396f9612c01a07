import { dot } from "../../../linalg/dot.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import type { Alternative } from "./alternative.ts"
import { deviations, type GlobalTest, moment } from "./global-test.ts"
import { permutationTest, type SpatialPermutationOptions } from "./permutation-test.ts"
import { type WeightSums, weightSums } from "./weight-sums.ts"

/**
 * Moran's I of one variable in one period, I = (N/S0) z'Wz/z'z, z the deviations from the mean; its expectation -1/(N - 1) and both variances (Cliff and Ord
 * 1981, chapter 2), as spdep's moran.test. A variable that does not vary over the entities is a fault (`label` names the variable and the period).
 */
export const moran = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  alternative: Alternative = "greater",
  { n, s0, s1, s2 }: WeightSums = weightSums(weights)
): GlobalTest => {
  const what = `Moran's I of ${label}`
  const { kurtosis, squares, z } = deviations(weights, x, what)
  const statistic = ((n / s0) * dot(z, spatialLag(weights, z))) / squares
  const expected = -1 / (n - 1)
  const randomisation =
    (n * (s1 * (n * n - 3 * n + 3) - n * s2 + 3 * s0 * s0) - kurtosis * (s1 * (n * n - n) - 2 * n * s2 + 6 * s0 * s0)) /
      ((n - 1) * (n - 2) * (n - 3) * s0 * s0) -
    expected * expected
  const normality = (n * n * s1 - n * s2 + 3 * s0 * s0) / (s0 * s0 * (n * n - 1)) - expected * expected
  const test = (variance: number) => moment(what, n, statistic - expected, variance, alternative)
  return { statistic, expected, randomisation: test(randomisation), normality: test(normality) }
}

/** Permutation p-values of Moran's I of several variables or periods, an x each: only z'Wz changes from one arrangement to the next. */
export const moranPermutation = (weights: WeightsMatrix, series: ReadonlyArray<Float64Array>, options: SpatialPermutationOptions): Float64Array =>
  permutationTest(
    weights.matrix,
    series.map((x) => deviations(weights, x, "Moran's I").z),
    options
  )

/** The Moran scatter plot of one variable in one period: z standardised (divisor N) and W z. Where W is row-standardised the slope of W z on z is I. */
export const moranScatter = (weights: WeightsMatrix, x: Float64Array): { readonly z: Float64Array; readonly lag: Float64Array } => {
  const { squares, z } = deviations(weights, x, "the Moran scatter plot")
  const deviation = Math.sqrt(squares / x.length)
  const standardised = z.map((v) => v / deviation)
  return { z: standardised, lag: spatialLag(weights, standardised) }
}
