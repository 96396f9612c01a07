import { quantileSorted } from "../../../stats/quantile.ts"

export interface Bin {
  readonly from: number
  readonly to: number
  readonly count: number
}
/** Quartiles as R's `quantile` and NumPy give them (type 7); sd with n - 1, null where there is but one value. */
export interface NumberSummary {
  readonly min: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly max: number
  readonly mean: number
  readonly sd: number | null
  /** Bins of equal width between round numbers: from `from` on, up to and without `to`; the last one with it. */
  readonly bins: ReadonlyArray<Bin>
}

/** Bins of a histogram, about. */
const BINS = 20

/** A width of bins that is 1, 2 or 5 times a power of ten. */
const roundStep = (span: number): number => {
  const rough = span / BINS
  const power = 10 ** Math.floor(Math.log10(rough))
  const times = rough / power
  return (times <= 1 ? 1 : times <= 2 ? 2 : times <= 5 ? 5 : 10) * power
}

/** The number of sorted values below x. */
const below = (sorted: Float64Array, x: number): number => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < x) low = middle + 1
    else high = middle
  }
  return low
}

/** The edges of bins; undefined where doubles are too coarse for that between two numbers so near each other, or so far. */
const edgesOf = (min: number, max: number, whole: boolean): ReadonlyArray<number> | undefined => {
  const span = max - min
  if (whole && span < 2 * BINS) return Array.from({ length: span + 2 }, (_, i) => min + i)
  const step = whole ? Math.ceil(roundStep(span)) : roundStep(span)
  const first = Math.floor(min / step)
  // Edges below one are the doubles nearest to what is written of them: 0.3, and not 0.30000000000000004.
  const digits = Math.min(100, 1 - Math.floor(Math.log10(step)))
  const edge = (i: number): number => (step < 1 ? Number(((first + i) * step).toFixed(digits)) : (first + i) * step)
  const edges = [edge(0)]
  // A bin of whole numbers ends before its upper edge, so that the largest needs an edge above it.
  const isEnd = (x: number): boolean => (whole ? x > max : x >= max)
  while (!isEnd(edges.at(-1)!) && edges.length < 3 * BINS) edges.push(edge(edges.length))
  const inOrder = edges.every((x, i) => i === 0 || x > edges[i - 1]!)
  return inOrder && edges[0]! <= min && isEnd(edges.at(-1)!) ? edges : undefined
}

const binsOf = (sorted: Float64Array, whole: boolean): ReadonlyArray<Bin> => {
  const [min, max] = [sorted[0]!, sorted[sorted.length - 1]!]
  const edges = min === max ? undefined : edgesOf(min, max, whole)
  if (edges === undefined) return [{ from: min, to: max, count: sorted.length }]
  const places = edges.map((x, i) => (i === edges.length - 1 ? sorted.length : below(sorted, x)))
  return places.slice(1).map((place, i) => ({ from: edges[i]!, to: edges[i + 1]!, count: place - places[i]! }))
}

/** What numbers come to; they are sorted in place. `whole`: they are whole numbers, and a bin holds whole ones. Undefined where there is none. */
export const summariseNumbers = (values: Float64Array, whole: boolean): NumberSummary | undefined => {
  const n = values.length
  if (n === 0) return undefined
  const sorted = values.sort()
  let sum = 0
  for (let i = 0; i < n; i++) sum += sorted[i]!
  // Two passes: the deviations are taken from the mean, so that a large mean costs no digits.
  const mean = sorted[0] === sorted[n - 1] ? sorted[0]! : Number.isFinite(sum) ? sum / n : sorted.reduce((part, value) => part + value / n, 0)
  let squares = 0
  for (let i = 0; i < n; i++) squares += (sorted[i]! - mean) ** 2
  return {
    min: sorted[0]!,
    lower: quantileSorted(sorted, 0.25, 7),
    median: quantileSorted(sorted, 0.5, 7),
    upper: quantileSorted(sorted, 0.75, 7),
    max: sorted[n - 1]!,
    mean,
    sd: n === 1 ? null : Math.sqrt(squares / (n - 1)),
    bins: binsOf(sorted, whole)
  }
}
