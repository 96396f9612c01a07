/** The values that an indicator takes, in rising order: they alone decide its entropy weight. */
import { entropy } from "../../src/econometrics/measurement/entropy-weights.ts"
import { bisect } from "./bisect.ts"
import { CELLS, mean } from "./panel.ts"

/**
 * CELLS values from 0 to 1 in rising order, with this mean and redundancy: quantiles of a Kumaraswamy distribution (1980, J. Hydrology 46: 79-88) from 0 to
 * `reach`, and 1.
 */
export const distribution = (average: number, redundancy: number, reach: number): Float64Array => {
  const quantiles = (lnA: number, lnB: number): Float64Array => {
    const x = Float64Array.from({ length: CELLS }, (_, i) => (1 - (1 - (i + 0.5) / CELLS) ** Math.exp(-lnB)) ** Math.exp(-lnA))
    const [low, high] = [x[0]!, x[CELLS - 1]!]
    return x.map((value, i) => (i === CELLS - 1 ? 1 : (reach * (value - low)) / (high - low)))
  }
  const withMean = (lnA: number): Float64Array =>
    quantiles(
      lnA,
      bisect((lnB) => mean(quantiles(lnA, lnB)) - average, -4, 9, 30)
    )
  return withMean(bisect((lnA) => entropy(withMean(lnA)).redundancy - redundancy, -1.6, 2.6, 30))
}
