import { normalQuantile } from "../../stats/normal.ts"
import { quantile } from "../../stats/quantile.ts"

/** One specification's estimate of the effect of interest, and its two-sided p-value. */
export interface CurveEstimate {
  readonly estimate: number
  readonly pValue: number
}

/** What a specification curve comes to. */
export interface CurveSummary {
  readonly specifications: number
  readonly median: number
  readonly smallest: number
  readonly largest: number
  /** The sign that most estimates have: 1 or -1; 1 where both have as many. */
  readonly dominantSign: 1 | -1
  readonly dominantShare: number
  /** Share of estimates with p below the level, whatever their sign, and of those that have the dominant sign besides. */
  readonly significantShare: number
  readonly significantDominantShare: number
  /** Stouffer's z, sum z/sqrt(K), z of each p-value having the estimate's sign; as if the specifications were independent, which they are not: the joint test says what it is worth. */
  readonly stoufferZ: number
}

/** The z-value of a two-sided p-value, with the estimate's sign; p = 0 counts as the smallest positive number. */
export const signedZ = ({ estimate, pValue }: CurveEstimate): number => -Math.sign(estimate) * normalQuantile(Math.max(pValue / 2, Number.MIN_VALUE))

/** The three statistics of a curve that its joint test resamples: the median, the share of significant estimates in the direction that has more of them, Stouffer's z. */
export interface CurveStatistics {
  readonly median: number
  readonly significant: number
  readonly stouffer: number
}

/** The statistics of a curve from estimates and signed z-values, p < level being |z| > critical. */
export const curveStatistics = (estimates: ArrayLike<number>, z: ArrayLike<number>, level = 0.05): CurveStatistics => {
  const critical = -normalQuantile(level / 2)
  let [above, below, sum] = [0, 0, 0]
  for (let k = 0; k < z.length; k++) {
    if (z[k]! > critical) above++
    else if (z[k]! < -critical) below++
    sum += z[k]!
  }
  return { median: quantile(estimates, 0.5, 7), significant: Math.max(above, below) / z.length, stouffer: sum / Math.sqrt(z.length) }
}

/** The summary of a specification curve (Simonsohn, Simmons and Nelson 2020, Nature Human Behaviour 4: 1208-1214). There must be an estimate. */
export const summariseCurve = (estimates: ReadonlyArray<CurveEstimate>, level = 0.05): CurveSummary => {
  const values = Float64Array.from(estimates, ({ estimate }) => estimate)
  const positive = estimates.filter(({ estimate }) => estimate > 0).length
  const negative = estimates.filter(({ estimate }) => estimate < 0).length
  const dominantSign = negative > positive ? -1 : 1
  const significant = estimates.filter(({ pValue }) => pValue < level)
  const n = estimates.length
  return {
    specifications: n,
    median: quantile(values, 0.5, 7),
    smallest: values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    largest: values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    dominantSign,
    dominantShare: Math.max(positive, negative) / n,
    significantShare: significant.length / n,
    significantDominantShare: significant.filter(({ estimate }) => Math.sign(estimate) === dominantSign).length / n,
    stoufferZ: estimates.reduce((sum, one) => sum + signedZ(one), 0) / Math.sqrt(n)
  }
}
