/** Sorted values that differ, how often each is there, and the sums up to each. */
interface Sums {
  readonly weight: Float64Array
  readonly sum: Float64Array
  readonly squares: Float64Array
}

/** Sums of deviations from a middle, so that a large mean costs no digits. */
const sumsOf = (values: ReadonlyArray<number>, times: ReadonlyArray<number>): Sums => {
  const middle = values[values.length >> 1]!
  const [weight, sum, squares] = [0, 1, 2].map(() => new Float64Array(values.length + 1)) as [Float64Array, Float64Array, Float64Array]
  for (const [i, value] of values.entries()) {
    const deviation = value - middle
    weight[i + 1] = weight[i]! + times[i]!
    sum[i + 1] = sum[i]! + times[i]! * deviation
    squares[i + 1] = squares[i]! + times[i]! * deviation * deviation
  }
  return { weight, sum, squares }
}

/** The squared deviations from their mean of the values from one place to before another. */
const spread = ({ squares, sum, weight }: Sums, from: number, to: number): number => {
  const total = sum[to]! - sum[from]!
  return squares[to]! - squares[from]! - (total * total) / (weight[to]! - weight[from]!)
}

/**
 * The first value of each of `count` classes whose values differ least from their class's mean (Fisher 1958, Journal of the American Statistical Association 53; the "natural breaks" of Jenks, and
 * `style = "fisher"` of R's classInt). Fewer where there are fewer values that differ. The best last break moves one way as values are added, so each row of the table is filled by halves.
 */
export const naturalBreaks = (sorted: ReadonlyArray<number>, count: number): ReadonlyArray<number> => {
  const values = [...new Set(sorted)]
  const counts = new Map<number, number>()
  for (const value of sorted) counts.set(value, (counts.get(value) ?? 0) + 1)
  const n = values.length
  if (n <= count) return values
  const sums = sumsOf(
    values,
    values.map((value) => counts.get(value)!)
  )
  // Of the first `to` values in one class; then, class by class, of one more.
  let least = Float64Array.from({ length: n + 1 }, (_, to) => (to === 0 ? 0 : spread(sums, 0, to)))
  const starts: Array<Int32Array> = []
  for (let classes = 2; classes <= count; classes++) {
    const before = least
    const now = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
    const start = new Int32Array(n + 1)
    const fill = (low: number, high: number, first: number, last: number): void => {
      if (low > high) return
      const to = (low + high) >> 1
      for (let from = Math.max(first, classes - 1); from <= Math.min(last, to - 1); from++) {
        const whole = before[from]! + spread(sums, from, to)
        if (whole < now[to]!) {
          now[to] = whole
          start[to] = from
        }
      }
      fill(low, to - 1, first, start[to]!)
      fill(to + 1, high, start[to]!, last)
    }
    fill(classes, n, classes - 1, n - 1)
    least = now
    starts.push(start)
  }
  const breaks: Array<number> = []
  let to = n
  for (const start of starts.toReversed()) {
    to = start[to]!
    breaks.unshift(values[to]!)
  }
  return [values[0]!, ...breaks]
}
