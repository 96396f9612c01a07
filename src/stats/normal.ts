import { incompleteGamma } from "./incomplete-gamma.ts"

/** exp(-x^2/2) with x split, so that the rounding of x^2 does not grow with x (Cody 1969). */
const kernel = (x: number): number => {
  const near = Math.trunc(x * 16) / 16
  return Math.exp(-0.5 * near * near) * Math.exp(-0.5 * (x - near) * (x + near))
}
const SQRT_2PI = Math.sqrt(2 * Math.PI)

/** The standard normal density. */
export const normalPdf = (x: number): number => kernel(x) / SQRT_2PI

/** DLMF 7.9.1, Mills' ratio (1 - Phi(x))/phi(x) for x >= 5, from the inside out: 40 terms give full precision there. */
const millsRatio = (x: number): number => {
  let f = x
  for (let k = 40; k > 0; k--) f = x + k / f
  return 1 / f
}

/** P(Z > x). Relative accuracy holds in the far tail: 2.7e-309 at x = 37.5. */
export const normalUpper = (x: number): number => {
  if (x < 0) return 1 - normalUpper(-x)
  if (x >= 5) return normalPdf(x) * millsRatio(x)
  const { lower, upper } = incompleteGamma(0.5, 0.5 * x * x)
  return lower < 0.5 ? 0.5 - lower / 2 : upper / 2
}

/** P(Z <= x). */
export const normalCdf = (x: number): number => normalUpper(-x)

// Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37, PPND16: rational approximations
// with relative accuracy 1e-16, numerator and denominator from the constant term up.
const CENTRAL = [
  [3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227],
  [1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943, 5226.495278852546]
] as const
const MIDDLE = [
  [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506, 0.022723844989269184,
    0.0007745450142783414
  ],
  [1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9]
] as const
const FAR = [
  [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5,
    2.0103343992922881e-7
  ],
  [1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15]
] as const
const polynomial = (c: ReadonlyArray<number>, x: number): number => c.reduceRight((sum, coefficient) => sum * x + coefficient, 0)
const ratio = ([above, below]: readonly [ReadonlyArray<number>, ReadonlyArray<number>], x: number): number => polynomial(above, x) / polynomial(below, x)

/** The x with P(Z <= x) = p; -Infinity at 0, Infinity at 1, NaN outside [0, 1]. */
export const normalQuantile = (p: number): number => {
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRAL, 0.180625 - q * q)
  if (!(p >= 0 && p <= 1)) return Number.NaN
  const tail = q < 0 ? p : 1 - p
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  const r = Math.sqrt(-Math.log(tail))
  const x = r <= 5 ? ratio(MIDDLE, r - 1.6) : ratio(FAR, r - 5)
  return q < 0 ? -x : x
}
