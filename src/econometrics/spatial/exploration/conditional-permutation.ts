import { streams } from "../../../stats/random.ts"
import { spatialLag } from "../weights/spatial-lag.ts"
import type { WeightsMatrix } from "../weights/weights-matrix.ts"
import { requireReplicates } from "./alternative.ts"

export interface ConditionalPermutationOptions {
  /** Random draws of neighbours' values for each entity. */
  readonly replicates: number
  readonly seed: number
}

/** Of each entity and series (that of entity i in series s at s N + i): how many draws had a spatial lag at least, at most as large as the observed one. */
export interface LagCounts {
  readonly atLeast: Int32Array
  readonly atMost: Int32Array
}

/**
 * Conditional permutation (Anselin 1995): the value of entity i stays and those of the other N - 1 are permuted over the other entities, of which only the k that
 * become its neighbours matter: k of the N - 1 are drawn without replacement, by the first k steps of a Fisher-Yates shuffle. Entity i of a seed uses the stream (seed, i), so
 * that p-values do not depend on who computes which, and more replicates extend the same sequence; the same draws serve every series. O(links) a replicate and series.
 * A draw whose lag differs from the observed one by rounding alone is a tie, and counts on both sides.
 */
export const conditionalLagCounts = (
  weights: WeightsMatrix,
  series: ReadonlyArray<Float64Array>,
  { replicates, seed }: ConditionalPermutationOptions
): LagCounts => {
  requireReplicates(replicates)
  const { columns, rows: size, starts, values } = weights.matrix
  const width = series.length
  const atLeast = new Int32Array(size * width)
  const atMost = new Int32Array(size * width)
  const random = streams(seed)
  const everybody = Int32Array.from({ length: size }, (_, i) => i)
  const others = everybody.slice()
  // Where a shuffle reached: to put back these alone is far less than all N where places are many.
  const reached = new Int32Array(size)
  const observed = series.map((x) => spatialLag(weights, x))
  for (let i = 0; i < size; i++) {
    const start = starts[i]!
    const neighbours = starts[i + 1]! - start
    if (neighbours === 0) continue
    random.start(i)
    others[i] = size - 1
    const few = replicates * neighbours < size
    let steps = 0
    const low = new Float64Array(width)
    const high = new Float64Array(width)
    for (let s = 0; s < width; s++) {
      let rounding = 0
      for (let at = start; at < starts[i + 1]!; at++) rounding += 1e-12 * Math.abs(values[at]! * series[s]![columns[at]!]!)
      low[s] = observed[s]![i]! - rounding
      high[s] = observed[s]![i]! + rounding
    }
    for (let replicate = 0; replicate < replicates; replicate++) {
      for (let k = 0; k < neighbours; k++) {
        const j = k + random.integer(size - 1 - k)
        const drawn = others[j]!
        others[j] = others[k]!
        others[k] = drawn
        if (few) reached[steps++] = j
      }
      for (let s = 0; s < width; s++) {
        const x = series[s]!
        let lag = 0
        for (let k = 0; k < neighbours; k++) lag += values[start + k]! * x[others[k]!]!
        if (lag >= low[s]!) atLeast[s * size + i]!++
        if (lag <= high[s]!) atMost[s * size + i]!++
      }
    }
    if (few) {
      for (let step = 0; step < steps; step++) others[reached[step]!] = reached[step]!
      for (let k = 0; k < neighbours; k++) others[k] = k
      others[i] = i
    } else others.set(everybody)
  }
  return { atLeast, atMost }
}
