/** What is seen of a sample of replicates: bins, a smooth density, and the normal distribution beside it. */

export interface Bin {
  readonly low: number
  readonly high: number
  readonly count: number
}

const sortedCopy = (values: ReadonlyArray<number>): ReadonlyArray<number> => [...values].sort((a, b) => a - b)

/** The quantile of a sample by Hyndman and Fan's type 6, which bootstrap intervals of this project take: held within the sample. */
export const quantileOf = (values: ReadonlyArray<number>, p: number): number => {
  const sorted = sortedCopy(values)
  const place = Math.min(sorted.length, Math.max(1, (sorted.length + 1) * p))
  const below = Math.floor(place)
  const low = sorted[below - 1]!
  return low + ((sorted[below] ?? low) - low) * (place - below)
}

export const meanOf = (values: ReadonlyArray<number>): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** The standard deviation, with n - 1. */
export const deviationOf = (values: ReadonlyArray<number>): number => {
  const mean = meanOf(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}

/** Bins of one width, by Freedman and Diaconis, no more than 60: 2 IQR / n^(1/3). */
export const binned = (values: ReadonlyArray<number>): ReadonlyArray<Bin> => {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  if (!(high > low)) return values.length === 0 ? [] : [{ low: low - 0.5, high: low + 0.5, count: values.length }]
  const width = (2 * (quantileOf(values, 0.75) - quantileOf(values, 0.25))) / Math.cbrt(values.length)
  const count = Math.min(60, Math.max(5, width > 0 ? Math.ceil((high - low) / width) : 5))
  const step = (high - low) / count
  const counts = new Array<number>(count).fill(0)
  for (const value of values) counts[Math.min(count - 1, Math.floor((value - low) / step))]!++
  return counts.map((number, i) => ({ low: low + i * step, high: low + (i + 1) * step, count: number }))
}

const phi = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/** The density of the normal distribution with this mean and standard deviation. */
export const normalDensity = (x: number, mean: number, deviation: number): number => phi((x - mean) / deviation) / deviation

/** The Gaussian kernel density at some places, with Silverman's bandwidth, 0.9 min(sd, IQR/1.34) n^(-1/5). */
export const kernelDensity = (values: ReadonlyArray<number>, at: ReadonlyArray<number>): ReadonlyArray<number> => {
  const spread = (quantileOf(values, 0.75) - quantileOf(values, 0.25)) / 1.34
  const deviation = deviationOf(values)
  const bandwidth = 0.9 * (spread > 0 ? Math.min(deviation, spread) : deviation) * values.length ** -0.2
  return at.map((x) => values.reduce((sum, value) => sum + phi((x - value) / bandwidth), 0) / (values.length * bandwidth))
}
