import { bilinear } from "../../../linalg/cross-product.ts"
import { inverseWeights, minimiseMoments, momentSlope, type QuadraticMoments } from "./moment-minimum.ts"

/** Which moments give lambda and the variances, and with which weights: Kapoor, Kelejian and Prucha's (2007) initial, partially weighted and fully weighted estimator. */
export type RandomWeighting = "initial" | "weighted" | "full"

const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, i) => sum + value * y[i]!, 0)

/** Two 3 x 3 matrices on the diagonal of a 6 x 6 one. */
export const blocks = (first: Float64Array, second: Float64Array): Float64Array =>
  Float64Array.from({ length: 36 }, (_, at) => {
    const [i, j] = [Math.floor(at / 6), at % 6]
    return Math.floor(i / 3) !== Math.floor(j / 3) ? 0 : (i < 3 ? first : second)[(i % 3) * 3 + (j % 3)]!
  })

/** The six moments of the residuals for the within and the between ones, as functions of lambda; their variances are s2 (with t = tr M'M/N) and s1. */
export const momentsOf = (
  u: ReadonlyArray<Float64Array>,
  lag: (x: Float64Array) => Float64Array,
  parts: ReadonlyArray<(x: Float64Array) => Float64Array>,
  rows: ReadonlyArray<number>,
  t: number
): QuadraticMoments => {
  const [constant, linear, square] = [new Float64Array(6), new Float64Array(6), new Float64Array(6)]
  parts.forEach((part, b) => {
    const own = u[b]!
    const once = lag(own)
    const twice = lag(once)
    const of = (x: Float64Array, y: Float64Array) => dot(part(x), y) / rows[b]!
    constant.set([of(own, own), of(once, once), of(once, own)], 3 * b)
    linear.set([-2 * of(own, once), -2 * of(once, twice), -of(once, once) - of(twice, own)], 3 * b)
    square.set([of(once, once), of(twice, twice), of(twice, once)], 3 * b)
  })
  return { constant, linear, square, variances: [Float64Array.of(1, t, 0, 0, 0, 0), Float64Array.of(0, 0, 0, 1, t, 0)] }
}

export interface RandomComponents {
  readonly lambda: number
  readonly sigma2: number
  readonly sigma2Between: number
  /** Errors of lambda, sigma2, sigma2_between as sums of the moments' errors. */
  readonly gain: ReadonlyArray<Float64Array>
}

/** The variances where errors have no spatial part, each times a factor that corrects for degrees of freedom. */
export const withoutLambda = ({ constant }: QuadraticMoments, factors: readonly [number, number]): RandomComponents => ({
  lambda: 0,
  sigma2: constant[0]! * factors[0],
  sigma2Between: constant[3]! * factors[1],
  gain: [Float64Array.of(factors[0], 0, 0, 0, 0, 0), Float64Array.of(0, 0, 0, factors[1], 0, 0)]
})

/** Lambda and the variances by the moments. */
export const lambdaOf = (
  moments: QuadraticMoments,
  traces: Float64Array,
  weighting: RandomWeighting,
  periods: number,
  bounds: { readonly lower: number; readonly upper: number }
): RandomComponents => {
  const firstThree = (x: Float64Array) => x.slice(0, 3)
  const identity = Float64Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1)
  const start = minimiseMoments(
    {
      constant: firstThree(moments.constant),
      linear: firstThree(moments.linear),
      square: firstThree(moments.square),
      variances: [firstThree(moments.variances[0]!)]
    },
    identity,
    bounds
  )
  const initial = {
    lambda: start.lambda,
    sigma2: start.variances[0]!,
    sigma2Between: moments.constant[3]! + start.lambda * moments.linear[3]! + start.lambda ** 2 * moments.square[3]!
  }
  if (weighting === "initial") {
    const slope = momentSlope(moments, initial.lambda)
    const gain = gainOf([firstThree(slope), firstThree(moments.variances[0]!)], identity).map((row) => Float64Array.from({ length: 6 }, (_, r) => row[r] ?? 0))
    return { ...initial, gain: [...gain, Float64Array.from({ length: 6 }, (_, r) => (r === 3 ? 1 : 0) - slope[3]! * gain[0]![r]!)] }
  }
  const block = weighting === "full" ? inverseWeights(traces, 3) : identity
  const scaled = (by: number) => block.map((value) => value * by)
  const weights = blocks(scaled((periods - 1) / initial.sigma2 ** 2), scaled(1 / initial.sigma2Between ** 2))
  const { lambda, variances } = minimiseMoments(moments, weights, bounds)
  return { lambda, sigma2: variances[0]!, sigma2Between: variances[1]!, gain: gainOf([momentSlope(moments, lambda), ...moments.variances], weights) }
}

/** The rows of (G'Y G)^-1 G'Y. */
const gainOf = (g: ReadonlyArray<Float64Array>, weights: Float64Array): ReadonlyArray<Float64Array> => {
  const size = g.length
  const q = g[0]!.length
  const inverse = inverseWeights(
    Float64Array.from({ length: size * size }, (_, at) => bilinear(g[Math.floor(at / size)]!, weights, g[at % size]!)),
    size
  )
  return g.map((_, p) =>
    Float64Array.from({ length: q }, (__, r) =>
      g.reduce((sum, column, s) => sum + inverse[p * size + s]! * dot(column, weights.subarray(r * q, (r + 1) * q)), 0)
    )
  )
}
