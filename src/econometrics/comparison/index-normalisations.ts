import { minMax } from "../measurement/min-max.ts"
import { standardDeviation } from "../measurement/standard-deviation-weights.ts"
import { ranksOf } from "./rank-correlation.ts"

/** How an indicator can be normalised: to [0, 1] by its range, by mean and standard deviation, or by its rank. */
export const NORMALISATIONS = ["min-max", "z-score", "rank"] as const
export type Normalisation = (typeof NORMALISATIONS)[number]

/** A normalised indicator for a weighted sum, and for a geometric mean, which needs positive values. */
export interface Normalised {
  readonly linear: Float64Array
  readonly positive: Float64Array
}

/**
 * An indicator on a common scale, higher being better; undefined where it is constant. min-max: 0 to 1, for geometric means 10 to 100. z-score: mean 0 and standard deviation 1, for
 * geometric means 100 + 10 z (OECD/JRC Handbook 2008, section 5; at least 1). rank: from 1 for the worst, equal values sharing the mean of their ranks.
 */
export const normalised = (x: Float64Array, attribute: "positive" | "negative", by: Normalisation): Normalised | undefined => {
  const scaled = minMax(x, attribute)
  if (scaled === undefined) return undefined
  if (by === "min-max") return { linear: scaled, positive: scaled.map((y) => 10 + 90 * y) }
  if (by === "rank") {
    const ranks = ranksOf(scaled).map((rank) => x.length + 1 - rank)
    return { linear: ranks, positive: ranks }
  }
  const mean = scaled.reduce((sum, y) => sum + y, 0) / scaled.length
  const deviation = standardDeviation(scaled)
  const z = scaled.map((y) => (y - mean) / deviation)
  return { linear: z, positive: z.map((y) => Math.max(1, 100 + 10 * y)) }
}
