import { quantileSorted } from "../../stats/quantile.ts"
import { type Stream, streams } from "../../stats/random.ts"
import { Fault } from "../fault.ts"

/** An uncertain input of a model, or several that are drawn together: how one value of it is drawn. Inputs are independent of each other. */
export interface UncertainInput<V> {
  readonly name: string
  readonly draw: (random: Stream) => V
}

export interface SobolOptions {
  readonly seed: number
  /** Rows of the two sample matrices: the model is evaluated so often times (inputs + 2). */
  readonly samples: number
  /** Resamples of the rows for the intervals, and what these cover. */
  readonly resamples?: number
  readonly level?: number
}

/** How much of the variance of a model's result an input makes. */
export interface SobolIndex {
  readonly input: string
  /** Var(E[f | x_i])/Var(f): what would go away on average if the input were known. */
  readonly first: number
  readonly firstInterval: readonly [low: number, high: number]
  /** E[Var(f | all but x_i)]/Var(f): with all its interactions; what would be left if all others were known. */
  readonly total: number
  readonly totalInterval: readonly [low: number, high: number]
}

export interface SobolIndices {
  /** The result at every row of both matrices. */
  readonly results: Float64Array
  readonly mean: number
  readonly variance: number
  /** All zero where the result does not vary. */
  readonly indices: ReadonlyArray<SobolIndex>
}

// Streams of resamples stand far behind those of the rows, however many these are.
const RESAMPLES_FROM = 2 ** 48

/**
 * Variance-based sensitivity indices of f over independent inputs, from two random matrices A and B and, for each input, A with that input taken from B. First order by Saltelli et al. (2010,
 * Computer Physics Communications 181: 259-270, table 2b), (1/N) sum f(B)(f(A_B^i) - f(A))/V with f(B) less its mean; total by Jansen (1999; table 2f),
 * (1/2N) sum (f(A) - f(A_B^i))^2/V; V over both matrices. Row j is drawn by stream j of the seed, so that more rows go on with the same sample. Intervals are percentiles over
 * resampled rows. `f` is told whether the point is one of A or B, which are a random sample, or one mixed of both. A Fault where there are fewer than two rows or the result is no number.
 */
export const sobolIndices = <V>(
  inputs: ReadonlyArray<UncertainInput<V>>,
  f: (values: ReadonlyArray<V>, isSample: boolean) => number,
  options: SobolOptions
): SobolIndices => {
  const { level = 0.95, resamples = 200, samples: N, seed } = options
  if (!(Number.isInteger(N) && N >= 2)) throw new Fault("samples", `${N} samples: give a whole number of two or more`)
  const random = streams(seed)
  const [a, b] = [new Float64Array(N), new Float64Array(N)]
  const mixed = inputs.map(() => new Float64Array(N))
  for (let j = 0; j < N; j++) {
    random.start(j)
    const first = inputs.map(({ draw }) => draw(random))
    const second = inputs.map(({ draw }) => draw(random))
    a[j] = f(first, true)
    b[j] = f(second, true)
    for (const [i, results] of mixed.entries())
      results[j] = f(
        first.map((value, other) => (other === i ? second[i]! : value)),
        false
      )
  }
  if ([a, b, ...mixed].some((results) => !results.every(Number.isFinite))) throw new Fault("result", "the model gave a result that is no number")
  const everyRow = Int32Array.from(a.keys())
  const base = estimatesOf(a, b, mixed, everyRow)
  const results = Float64Array.of(...a, ...b)
  if (base.variance === 0) {
    const nothing = { first: 0, firstInterval: [0, 0], total: 0, totalInterval: [0, 0] } as const
    return { results, mean: base.mean, variance: 0, indices: inputs.map(({ name }) => ({ input: name, ...nothing })) }
  }
  const drawn = Array.from({ length: resamples }, (_, r) => {
    random.start(RESAMPLES_FROM + r)
    return estimatesOf(
      a,
      b,
      mixed,
      everyRow.map(() => random.integer(N))
    )
  })
  const interval = (of: (estimates: Estimated) => number): readonly [number, number] => {
    const sorted = Float64Array.from(drawn, of).filter(Number.isFinite).sort()
    return [quantileSorted(sorted, (1 - level) / 2), quantileSorted(sorted, (1 + level) / 2)]
  }
  return {
    results,
    mean: base.mean,
    variance: base.variance,
    indices: inputs.map(({ name }, i) => ({
      input: name,
      first: base.first[i]!,
      firstInterval: interval((one) => one.first[i]!),
      total: base.total[i]!,
      totalInterval: interval((one) => one.total[i]!)
    }))
  }
}

interface Estimated {
  readonly mean: number
  readonly variance: number
  readonly first: Float64Array
  readonly total: Float64Array
}

/** The estimators over some rows, each as often as it is named. */
const estimatesOf = (a: Float64Array, b: Float64Array, mixed: ReadonlyArray<Float64Array>, rows: Int32Array): Estimated => {
  const N = rows.length
  let sum = 0
  for (const j of rows) sum += a[j]! + b[j]!
  const mean = sum / (2 * N)
  let squares = 0
  for (const j of rows) squares += (a[j]! - mean) ** 2 + (b[j]! - mean) ** 2
  const variance = squares / (2 * N)
  const [first, total] = [new Float64Array(mixed.length), new Float64Array(mixed.length)]
  for (const [i, results] of mixed.entries()) {
    let [own, all] = [0, 0]
    for (const j of rows) {
      own += (b[j]! - mean) * (results[j]! - a[j]!)
      all += (a[j]! - results[j]!) ** 2
    }
    first[i] = own / N / variance
    total[i] = all / (2 * N) / variance
  }
  return { mean, variance, first, total }
}
