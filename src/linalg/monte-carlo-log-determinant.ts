import { checkInside, checkSeries } from "./series-conditions.ts"
import { type SparseMatrix, sparseIdentity } from "./sparse-matrix.ts"
import { sparseTimesDense, traceOfProduct } from "./sparse-product.ts"

/** An estimate of ln|I - rho W|: its standard error over the draws, and a bound of what the cut series leaves out, which is no matter of chance. */
export interface EstimatedLogDeterminant {
  readonly logAbsolute: number
  readonly standardError: number
  readonly truncationBound: number
}

export interface MonteCarloSettings {
  /** Random vectors, at least 2. */
  readonly draws: number
  /** Powers of W, at least 2. */
  readonly powers: number
}

const NAME = "the Monte Carlo estimate of ln|I - rho W|"

/**
 * ln|I - rho W| = -sum over k of rho^k tr(W^k) / k, cut after `powers` terms: tr W and tr W^2 exact, the others estimated by n x'W^k x / x'x with x standard
 * normal, which has no bias. The draws serve every rho, so that the estimate is smooth in rho, and one seed gives one function. (Barry and Pace 1999, Linear
 * Algebra and its Applications 289, 41-54.) What the cut leaves out is at most n |rho|^(m + 1) / ((m + 1) (1 - |rho|)) with m powers, as |tr W^k| <= n.
 *
 * Fit where the factors of I - rho W do not fit into memory: time is draws x powers x entries of W, and memory one vector. It serves W that is similar to no
 * symmetric matrix too. The error falls with the square root of the draws; near |rho| = 1 the cut needs many powers (rho = 0.9: 100 leave 2.4e-6 n at most).
 * `normal` gives independent standard normal numbers, such as `stream(seed, i).normal`. W must have row or column sums of absolute values up to 1, and |rho| < 1:
 * RangeError.
 */
export const monteCarloLogDeterminant = (
  w: SparseMatrix,
  normal: () => number,
  { draws, powers }: MonteCarloSettings = { draws: 50, powers: 100 }
): ((rho: number) => EstimatedLogDeterminant) => {
  checkSeries(NAME, w)
  for (const [what, count] of [
    ["draws", draws],
    ["powers", powers]
  ] as const)
    if (!Number.isInteger(count) || count < 2) throw new RangeError(`${NAME} needs at least 2 ${what}, a whole number; they are ${count}`)
  const n = w.rows
  const first = traceOfProduct(w, sparseIdentity(n))
  const second = traceOfProduct(w, w)
  /** Row d, column k: draw d's estimate of tr(W^k). */
  const traces = new Float64Array(draws * (powers + 1))
  for (let d = 0; d < draws; d++) {
    const x = Float64Array.from({ length: n }, () => normal())
    const squares = x.reduce((sum, value) => sum + value * value, 0)
    let power: Float64Array = x
    for (let k = 1; k <= powers; k++) {
      power = sparseTimesDense(w, power)
      let product = 0
      for (let i = 0; i < n; i++) product += x[i]! * power[i]!
      traces[d * (powers + 1) + k] = (n * product) / squares
    }
  }
  return (rho) => {
    checkInside(NAME, rho)
    const sums = Float64Array.from({ length: draws }, (_, d) => {
      let sum = 0
      for (let k = 3, power = rho ** 3; k <= powers; k++, power *= rho) sum -= (power * traces[d * (powers + 1) + k]!) / k
      return sum
    })
    const mean = sums.reduce((total, sum) => total + sum, 0) / draws
    const variance = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0) / (draws - 1)
    return {
      logAbsolute: mean - rho * first - (rho * rho * second) / 2,
      standardError: Math.sqrt(variance / draws),
      truncationBound: (n * Math.abs(rho) ** (powers + 1)) / ((powers + 1) * (1 - Math.abs(rho)))
    }
  }
}
