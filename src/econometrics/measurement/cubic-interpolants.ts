/** A curve through n points (x ascending, all different), by its slope at each: between two points a cubic (Hermite's form). */
interface Knots {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
}

const steps = ({ x, y }: Knots): { readonly width: Float64Array; readonly secant: Float64Array } => {
  const width = Float64Array.from({ length: x.length - 1 }, (_, k) => x[k + 1]! - x[k]!)
  return { width, secant: width.map((h, k) => (y[k + 1]! - y[k]!) / h) }
}

/**
 * Slopes of the natural cubic spline, which has no second derivative at its ends (R's `splinefun(method = "natural")`, Stata's `csipolate`): the tridiagonal system
 * of continuous second derivatives, by elimination. It may swing beyond the points.
 */
export const naturalSlopes = (knots: Knots): Float64Array => {
  const n = knots.x.length
  const { secant, width } = steps(knots)
  const diagonal = new Float64Array(n)
  const upper = new Float64Array(n)
  const slopes = new Float64Array(n)
  for (let k = 0; k < n; k++) {
    const before = k === 0 ? 0 : 1 / width[k - 1]!
    const after = k === n - 1 ? 0 : 1 / width[k]!
    upper[k] = after
    diagonal[k] = 2 * (before + after)
    slopes[k] = 3 * ((k === 0 ? 0 : secant[k - 1]! * before) + (k === n - 1 ? 0 : secant[k]! * after))
    if (k === 0) continue
    const factor = before / diagonal[k - 1]!
    diagonal[k] = diagonal[k]! - factor * upper[k - 1]!
    slopes[k] = slopes[k]! - factor * slopes[k - 1]!
  }
  for (let k = n - 1; k >= 0; k--) slopes[k] = (slopes[k]! - (k === n - 1 ? 0 : upper[k]! * slopes[k + 1]!)) / diagonal[k]!
  return slopes
}

/**
 * Slopes of Fritsch and Carlson (1980, SIAM Journal on Numerical Analysis 17): the mean of the two secants, zero where these differ in sign or one is zero, made less where the curve
 * would leave the range of two neighbouring points. Of a monotone series they are those of R's `splinefun(method = "monoH.FC")`.
 */
export const monotoneSlopes = (knots: Knots): Float64Array => {
  const n = knots.x.length
  const { secant } = steps(knots)
  const slopes = Float64Array.from({ length: n }, (_, k) => {
    if (k === 0 || k === n - 1) return secant[k === 0 ? 0 : n - 2]!
    return secant[k - 1]! * secant[k]! > 0 ? (secant[k - 1]! + secant[k]!) / 2 : 0
  })
  for (let k = 0; k < n - 1; k++) {
    const s = secant[k]!
    if (s === 0) {
      slopes[k] = 0
      slopes[k + 1] = 0
      continue
    }
    const a = slopes[k]! / s
    const b = slopes[k + 1]! / s
    // Outside of the region where the cubic is monotone: back to the circle of radius 3, which lies within it.
    const first = 2 * a + b - 3
    const second = a + 2 * b - 3
    if (first > 0 && second > 0 && a * (first + second) < first * first) {
      const scale = (3 * s) / Math.hypot(a, b)
      slopes[k] = scale * a
      slopes[k + 1] = scale * b
    }
  }
  return slopes
}

/** The slope at an end by the three nearest points, so that the curve keeps the points' order (Moler 2004, Numerical Computing with MATLAB, 3.6). */
const endSlope = (h0: number, h1: number, s0: number, s1: number): number => {
  const slope = ((2 * h0 + h1) * s0 - h0 * s1) / (h0 + h1)
  if (Math.sign(slope) !== Math.sign(s0)) return 0
  return Math.sign(s0) !== Math.sign(s1) && Math.abs(slope) > 3 * Math.abs(s0) ? 3 * s0 : slope
}

/**
 * Slopes of PCHIP: weighted harmonic means of the two secants, zero where these differ in sign (Fritsch and Butland 1984, SIAM Journal on Scientific and Statistical Computing 5;
 * MATLAB's `pchip`, Stata's `pchipolate`, pracma's `pchip`). Between two points the curve never leaves their range.
 */
export const pchipSlopes = (knots: Knots): Float64Array => {
  const n = knots.x.length
  const { secant, width } = steps(knots)
  if (n === 2) return Float64Array.of(secant[0]!, secant[0]!)
  return Float64Array.from({ length: n }, (_, k) => {
    if (k === 0) return endSlope(width[0]!, width[1]!, secant[0]!, secant[1]!)
    if (k === n - 1) return endSlope(width[n - 2]!, width[n - 3]!, secant[n - 2]!, secant[n - 3]!)
    const [before, after] = [secant[k - 1]!, secant[k]!]
    if (before * after <= 0) return 0
    const [w1, w2] = [2 * width[k]! + width[k - 1]!, width[k]! + 2 * width[k - 1]!]
    return (w1 + w2) / (w1 / before + w2 / after)
  })
}

/** The curve between points k and k + 1, at t. */
export const hermite = ({ x, y }: Knots, slopes: Float64Array, k: number, t: number): number => {
  const width = x[k + 1]! - x[k]!
  const u = (t - x[k]!) / width
  const v = 1 - u
  return v * v * ((1 + 2 * u) * y[k]! + u * width * slopes[k]!) + u * u * ((1 + 2 * v) * y[k + 1]! - v * width * slopes[k + 1]!)
}
