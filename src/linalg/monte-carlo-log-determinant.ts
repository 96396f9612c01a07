import { checkInside, checkSeries } from "./series-conditions.ts"
import { similarSymmetric } from "./similar-symmetric.ts"
import { type SparseMatrix, sparseIdentity } from "./sparse-matrix.ts"
import { sparseTimesDense, traceOfProduct } from "./sparse-product.ts"
import { chebyshevSeries, powerSeries, seriesSum } from "./trace-series.ts"

/** An estimate of ln|I - rho W|: its standard error over the draws, and a bound of what the cut series leaves out, which is no matter of chance. */
export interface EstimatedLogDeterminant {
  readonly logAbsolute: number
  /** The estimate's first and second derivative by rho. */
  readonly first: number
  readonly second: number
  readonly standardError: number
  readonly truncationBound: number
}

export interface MonteCarloSettings {
  /** Random vectors, at least 2. */
  readonly draws: number
  /** The highest power of W in the series, at least 2. */
  readonly powers: number
}

const NAME = "the Monte Carlo estimate of ln|I - rho W|"
/** So many random vectors are multiplied by W at once: its entries are read once for all of them. */
const TOGETHER = 10

/**
 * ln|I - rho W| from a series of traces of polynomials of W: tr W and tr W^2 exact, the others estimated by n x'P(W)x / x'x with x standard normal, which has no
 * bias. The draws serve every rho, so that the estimate is smooth in rho, and one seed gives one function. (Barry and Pace 1999, Linear Algebra and its
 * Applications 289, 41-54.) W similar to a symmetric matrix: Chebyshev polynomials (`chebyshevSeries`), of which one product with W gives two, and 100 leave out at
 * most 1e-16 n at rho = 0.9 and 1e-7 n at 0.99. Any other W: powers, of which 100 leave out up to 2.4e-6 n at 0.9 and a third of n at 0.99.
 *
 * Fit where the factors of I - rho W do not fit into memory: time is draws x powers x entries of W, memory ten vectors. The error falls with the square root of
 * the draws. `normal` gives independent standard normal numbers, such as `stream(seed, i).normal`. W must have |eigenvalues| up to 1, and |rho| < 1: RangeError.
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
  const symmetric = similarSymmetric(w)
  const series = symmetric === undefined ? powerSeries : chebyshevSeries
  const first = traceOfProduct(w, sparseIdentity(n))
  const second = traceOfProduct(w, w)
  const exact = [n, first, symmetric === undefined ? second : 2 * second - n]
  /** Those of each draw, the exact ones put in. */
  const moments: Array<Float64Array> = []
  for (let d = 0; d < draws; d += TOGETHER) {
    const width = Math.min(TOGETHER, draws - d)
    const x = Float64Array.from({ length: n * width }, () => normal())
    const squares = inner(x, x, width)
    for (const [c, values] of (symmetric === undefined ? powersOf(w, x, width, powers) : chebyshevOf(symmetric, x, width, powers)).entries()) {
      const scaled = values.map((value) => (n * value) / squares[c]!)
      scaled.set(exact)
      moments.push(scaled)
    }
  }
  const mean = Float64Array.from({ length: powers + 1 }, (_, k) => moments.reduce((sum, ofDraw) => sum + ofDraw[k]!, 0) / draws)
  return (rho) => {
    checkInside(NAME, rho)
    const coefficients = series.coefficients(rho, powers)
    const logAbsolute = seriesSum(coefficients.value, mean)
    const variance = moments.reduce((total, ofDraw) => total + (seriesSum(coefficients.value, ofDraw) - logAbsolute) ** 2, 0) / (draws - 1)
    return {
      logAbsolute,
      first: seriesSum(coefficients.first, mean),
      second: seriesSum(coefficients.second, mean),
      standardError: Math.sqrt(variance / draws),
      truncationBound: n * series.remainder(rho, powers)
    }
  }
}

/** The products of the columns of two n x width matrices, column by column. */
const inner = (x: Float64Array, y: Float64Array, width: number): Float64Array => {
  const products = new Float64Array(width)
  for (let at = 0; at < x.length; ) for (let c = 0; c < width; c++, at++) products[c]! += x[at]! * y[at]!
  return products
}

/** x'W^k x, k = 0..most, for each column x. */
const powersOf = (w: SparseMatrix, x: Float64Array, width: number, most: number): ReadonlyArray<Float64Array> => {
  const moments = Array.from({ length: width }, () => new Float64Array(most + 1))
  let power = x
  for (let k = 0; k <= most; k++) {
    if (k > 0) power = sparseTimesDense(w, power, width)
    inner(x, power, width).forEach((value, c) => {
      moments[c]![k] = value
    })
  }
  return moments
}

/** x'T_k(S) x, k = 0..most, S symmetric: T_2k = 2 T_k T_k - 1 and T_(2k + 1) = 2 T_k T_(k + 1) - T_1 need the vectors up to half of most only. */
const chebyshevOf = (s: SparseMatrix, x: Float64Array, width: number, most: number): ReadonlyArray<Float64Array> => {
  const moments = Array.from({ length: width }, () => new Float64Array(most + 1))
  const put = (k: number, value: (c: number) => number) => {
    if (k <= most) for (let c = 0; c < width; c++) moments[c]![k] = value(c)
  }
  const [zeroth, next] = [x, sparseTimesDense(s, x, width)]
  const [squares, firsts] = [inner(x, x, width), inner(x, next, width)]
  put(0, (c) => squares[c]!)
  put(1, (c) => firsts[c]!)
  for (let [before, at, k] = [zeroth, next, 1]; 2 * k <= most; k++) {
    const [even, odd] = [inner(at, at, width), inner(before, at, width)]
    put(2 * k, (c) => 2 * even[c]! - squares[c]!)
    // T_(2k - 1) = 2 T_(k - 1) T_k - T_1
    put(2 * k - 1, (c) => 2 * odd[c]! - firsts[c]!)
    const after = sparseTimesDense(s, at, width)
    for (let i = 0; i < after.length; i++) after[i] = 2 * after[i]! - before[i]!
    ;[before, at] = [at, after]
    if (2 * k + 1 === most) put(most, (c) => 2 * inner(before, at, width)[c]! - firsts[c]!)
  }
  return moments
}
