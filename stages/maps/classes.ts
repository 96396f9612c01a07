import { quantileSorted } from "../../src/stats/quantile.ts"

/** How values are put into classes: as many in each; as wide each; where the values themselves part; or at bounds that are given. */
export type ClassMethod = "quantile" | "equal" | "jenks"

/** Bounds of classes, from the least value to the largest: class i has the values from bounds[i] up to below bounds[i + 1], the last one its upper bound too. */
export type Bounds = ReadonlyArray<number>

const distinct = (bounds: ReadonlyArray<number>): Bounds => [...new Set(bounds)]

/**
 * Natural breaks: the partition of sorted values into classes with the least sum of squared deviations from the class means (Fisher 1958; Jenks 1977), by dynamic programming. A class
 * begins at the first of its values.
 */
const naturalBreaks = (sorted: ReadonlyArray<number>, count: number): Bounds => {
  const n = sorted.length
  // Prefix sums of values around their middle, so that squares do not cancel.
  const middle = sorted[Math.floor(n / 2)]!
  const sums = new Float64Array(n + 1)
  const squares = new Float64Array(n + 1)
  sorted.forEach((value, i) => {
    sums[i + 1] = sums[i]! + (value - middle)
    squares[i + 1] = squares[i]! + (value - middle) ** 2
  })
  const cost = (from: number, to: number) => squares[to]! - squares[from]! - (sums[to]! - sums[from]!) ** 2 / (to - from)
  let best = Float64Array.from({ length: n + 1 }, (_, to) => (to === 0 ? Number.POSITIVE_INFINITY : cost(0, to)))
  const starts: Array<Int32Array> = []
  for (let classes = 2; classes <= count; classes++) {
    const next = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
    const start = new Int32Array(n + 1)
    for (let to = classes; to <= n; to++)
      for (let from = classes - 1; from < to; from++) {
        // Values that are the same stay together.
        if (sorted[from] === sorted[from - 1]) continue
        const total = best[from]! + cost(from, to)
        if (total < next[to]!) {
          next[to] = total
          start[to] = from
        }
      }
    starts.push(start)
    best = next
  }
  const bounds = [sorted[n - 1]!]
  let to = n
  for (const start of starts.reverse()) {
    to = start[to]!
    bounds.unshift(sorted[to]!)
  }
  return [sorted[0]!, ...bounds]
}

/** Bounds of at most `count` classes of values without a missing one; fewer where values are the same too often. Quantiles are of type 7 (R's default). */
export const classBounds = (values: ReadonlyArray<number>, method: ClassMethod, count: number): Bounds => {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [low, high]
  if (method === "jenks") return naturalBreaks(sorted, Math.min(count, new Set(sorted).size))
  const steps = Array.from({ length: count + 1 }, (_, i) => i / count)
  return distinct(steps.map((share) => (method === "equal" ? (share === 1 ? high : low + share * (high - low)) : quantileSorted(sorted, share, 7))))
}

/** The class of a value, from 0; -1 outside of the bounds. */
export const classOf = (value: number, bounds: Bounds): number => {
  if (!(value >= bounds[0]! && value <= bounds.at(-1)!)) return -1
  const above = bounds.findIndex((bound, i) => i > 0 && value < bound)
  return above === -1 ? bounds.length - 2 : above - 1
}
