import { falseDiscoveryRate } from "../../../stats/false-discovery-rate.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { type Alternative, permutationPValue } from "./alternative.ts"
import { type ConditionalPermutationOptions, conditionalLagCounts } from "./conditional-permutation.ts"
import { deviations } from "./global-test.ts"
import { type LocalStatistics, localTests, rowMoments } from "./local-statistics.ts"
import { refuseIslands } from "./weight-sums.ts"

/** Where an entity stands in the Moran scatter plot: its own value above (high) or at most the mean, then the same of its spatial lag. */
export type Quadrant = "high-high" | "low-low" | "low-high" | "high-low" | "island"

export interface LocalMoranOptions {
  /**
   * Whether the expectation and the variance are those of the values of the others, permuted with the entity's own value in its place (`conditional`: Sokal, Oden and Thomson 1998; spdep's
   * default), or of all values (`total`: Anselin 1995).
   */
  readonly moments?: "conditional" | "total"
  readonly alternative?: Alternative
  readonly allowIslands?: boolean
}

export interface LocalMoran extends LocalStatistics {
  /** Standardised values (divisor N), and W times them. */
  readonly value: Float64Array
  readonly lag: Float64Array
  readonly quadrant: ReadonlyArray<Quadrant>
}

/**
 * Local Moran's I of one variable in one period, I_i = (z_i/m2) sum_j w_ij z_j, m2 = z'z/N, as spdep's localmoran: the sum of I_i over the entities is S0 times the
 * global I. Two-sided unless told otherwise: I_i is large in clusters of high and of low values, and negative for outliers. A variable that
 * does not vary, and islands unless allowed, are faults.
 */
export const localMoran = (
  weights: WeightsMatrix,
  x: Float64Array,
  label: string,
  { allowIslands = false, alternative = "two-sided", moments = "conditional" }: LocalMoranOptions = {}
): LocalMoran => {
  if (!allowIslands) refuseIslands(weights, "allowIslands")
  const what = `local Moran's I of ${label}`
  const { kurtosis, squares: total, z } = deviations(weights, x, what)
  const n = x.length
  const m2 = total / n
  const own = spatialLag(weights, z)
  const { squares, sums } = rowMoments(weights)
  const statistic = z.map((v, i) => (v / m2) * own[i]!)
  const conditional = moments === "conditional"
  const expected = z.map((v, i) => -(conditional ? v * v * sums[i]! : m2 * sums[i]!) / ((n - 1) * m2))
  const a = (n - kurtosis) / (n - 1)
  const b = (2 * kurtosis - n) / ((n - 1) * (n - 2))
  const variance = z.map((v, i) =>
    conditional
      ? (v / m2) ** 2 * (n / (n - 2)) * (squares[i]! - sums[i]! ** 2 / (n - 1)) * (m2 - (v * v) / (n - 1))
      : a * squares[i]! + b * (sums[i]! ** 2 - squares[i]!) - expected[i]! ** 2
  )
  const scale = z.map((v, i) => (conditional ? (v * v * squares[i]!) / m2 : squares[i]!))
  const deviation = Math.sqrt(m2)
  return {
    ...localTests(what, weights, statistic, expected, variance, scale, alternative),
    value: z.map((v) => v / deviation),
    lag: own.map((v) => v / deviation),
    quadrant: Array.from(z, (v, i): Quadrant => (squares[i] === 0 ? "island" : `${v > 0 ? "high" : "low"}-${own[i]! > 0 ? "high" : "low"}`))
  }
}

/** Conditional permutation p-values of a local statistic, and adjusted for the false discovery rate over the entities; NaN for islands. */
export interface LocalPermutation {
  readonly pValue: Float64Array
  readonly pFdr: Float64Array
}

/** Turns the counts of lags into p-values, a series at a time; `sign` is which way the statistic of an entity goes with its lag. */
export const localPermutation = (
  weights: WeightsMatrix,
  series: ReadonlyArray<Float64Array>,
  options: ConditionalPermutationOptions & { readonly alternative?: Alternative },
  sign: (value: number) => number
): ReadonlyArray<LocalPermutation> => {
  const { alternative = "two-sided", replicates } = options
  const { atLeast, atMost } = conditionalLagCounts(weights, series, options)
  const { squares } = rowMoments(weights)
  return series.map((x, s) => {
    const pValue = x.map((v, i) => {
      if (squares[i] === 0) return Number.NaN
      const direction = sign(v)
      if (direction === 0) return 1
      const at = s * x.length + i
      return permutationPValue((direction > 0 ? atLeast : atMost)[at]!, (direction > 0 ? atMost : atLeast)[at]!, replicates, alternative)
    })
    return { pValue, pFdr: falseDiscoveryRate(pValue) }
  })
}

/** Conditional permutation p-values of local Moran's I of several variables or periods. Given its own value, an entity's I_i goes with its lag. */
export const localMoranPermutation = (
  weights: WeightsMatrix,
  series: ReadonlyArray<Float64Array>,
  options: ConditionalPermutationOptions & { readonly alternative?: Alternative }
): ReadonlyArray<LocalPermutation> =>
  localPermutation(
    weights,
    series.map((x) => deviations(weights, x, "local Moran's I").z),
    options,
    Math.sign
  )
