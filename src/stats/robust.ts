import { quantileSorted } from "./quantile.ts"

/** The median: the mean of the middle two where their number is even. NaN of nothing. */
export const median = (values: ArrayLike<number>): number => quantileSorted(Float64Array.from(values).sort(), 0.5, 7)

/** What makes the median absolute deviation, and the mean one, estimates of a normal distribution's standard deviation. */
const MAD = 1.482602218505602
const MEAN_DEVIATION = 1.2533141373155003

export interface RobustScale {
  readonly center: number
  readonly scale: number
}

/**
 * The median, and the median absolute deviation from it times 1.4826; where more than half of the values are the same, the mean absolute deviation times 1.2533 (Iglewicz and Hoaglin 1993, How to Detect and Handle Outliers). A scale of 0
 * where all are.
 */
export const robustScale = (values: ArrayLike<number>): RobustScale => {
  const center = median(values)
  const deviations = Float64Array.from(values, (value) => Math.abs(value - center))
  const scale = MAD * median(deviations)
  return { center, scale: scale > 0 ? scale : (MEAN_DEVIATION * deviations.reduce((sum, value) => sum + value, 0)) / deviations.length }
}

/** Tukey's fences: the quartiles (type 7) and k times their distance beyond; with k = 3 what lies outside is far out (Tukey 1977, Exploratory Data Analysis). */
export const tukeyFences = (values: ArrayLike<number>, k: number): readonly [low: number, high: number] => {
  const sorted = Float64Array.from(values).sort()
  const [q1, q3] = [quantileSorted(sorted, 0.25, 7), quantileSorted(sorted, 0.75, 7)]
  return [q1 - k * (q3 - q1), q3 + k * (q3 - q1)]
}
