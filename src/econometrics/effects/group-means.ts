import { sumOf } from "../../linalg/sums.ts"
import type { Factor } from "../sample/factor.ts"
import { groupWeights } from "./effect-system.ts"

/** Where each group's rows start, and where the last's end; undefined where rows are not sorted by group. */
const startsOfRuns = ({ codes, levels }: Factor): Int32Array | undefined => {
  const starts = new Int32Array(levels + 1)
  for (let i = 1; i < codes.length; i++) {
    const code = codes[i]!
    if (code === codes[i - 1]) continue
    if (code !== codes[i - 1]! + 1) return undefined
    starts[code] = i
  }
  starts[levels] = codes.length
  return starts
}

/**
 * A function that takes weighted means by group off a column, in place. A panel is sorted by entity as a rule: its groups are then taken one by one, each while
 * it is in the fastest cache.
 */
export const groupMeans = (factor: Factor, weights: Float64Array | undefined): ((x: Float64Array) => void) => {
  const { codes, levels } = factor
  const starts = weights === undefined ? startsOfRuns(factor) : undefined
  if (starts !== undefined)
    return (x) => {
      for (let g = 0; g < levels; g++) {
        const [from, to] = [starts[g]!, starts[g + 1]!]
        const mean = sumOf(x, from, to) / (to - from)
        for (let i = from; i < to; i++) x[i] = x[i]! - mean
      }
    }
  const total = groupWeights(factor, weights)
  const mean = new Float64Array(levels)
  return (x) => {
    mean.fill(0)
    if (weights === undefined) for (let i = 0; i < x.length; i++) mean[codes[i]!] = mean[codes[i]!]! + x[i]!
    else for (let i = 0; i < x.length; i++) mean[codes[i]!] = mean[codes[i]!]! + weights[i]! * x[i]!
    for (let g = 0; g < levels; g++) mean[g] = mean[g]! / total[g]!
    for (let i = 0; i < x.length; i++) x[i] = x[i]! - mean[codes[i]!]!
  }
}

/** Where deviations are less than this share of what they were taken from, the rounding of the means shows in their digits. */
const SMALL = 1e-4
/** Rows by which that is judged. */
const JUDGED = 1024

const largest = (x: Float64Array): number => {
  const step = Math.max(1, Math.floor(x.length / JUDGED))
  let most = 0
  for (let i = 0; i < x.length; i += step) most = Math.max(most, Math.abs(x[i]!))
  return most
}

/** What is left of a column when `sweep` took off its means; swept again where these were large beside what is left, so that rounding leaves nothing of them. */
export const deviations = (x: Float64Array, sweep: (x: Float64Array) => void): Float64Array => {
  const left = x.slice()
  sweep(left)
  if (largest(left) < SMALL * largest(x)) sweep(left)
  return left
}
