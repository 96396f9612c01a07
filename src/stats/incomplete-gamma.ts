/** Where a term no longer changes the sum. */
const EPSILON = 2 ** -53
const TINY = 1e-300
/** Far beyond need: an end for arguments that are NaN. */
const LONGEST = 100_000

/**
 * The error of Stirling's formula, ln Gamma(a + 1) - [ln(2 pi a)/2 + a ln a - a], for a > 0. Absolute error about 1e-16.
 * The asymptotic series from a = 16 on; below, the recurrence delta(a) = delta(a + 1) + (a + 1/2) ln(1 + 1/a) - 1.
 *
 * Source: Loader (2000), "Fast and accurate computation of binomial probabilities"; DLMF 5.11.1.
 */
export const stirlingError = (a: number): number => {
  let sum = 0
  let x = a
  for (; x < 16; x++) sum += (x + 0.5) * Math.log1p(1 / x) - 1
  const s = 1 / (x * x)
  return sum + (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - (1 / 1188 - (691 / 360360) * s) * s) * s) * s) * s) / x
}

/** The deviance part x ln(x/m) + m - x, without cancellation where x is near m (Loader 2000). */
export const deviance = (x: number, m: number): number => {
  if (!(Math.abs(x - m) < 0.1 * (x + m))) return x * Math.log(x / m) + m - x
  const v = (x - m) / (x + m)
  let sum = (x - m) * v
  let term = 2 * x * v
  for (let j = 3; ; j += 2) {
    term *= v * v
    const next = sum + term / j
    if (next === sum) return sum
    sum = next
  }
}

/** x^a e^-x / Gamma(a + 1), a > 0: the Poisson probability continued to real a. */
const poissonMass = (a: number, x: number): number => Math.exp(-stirlingError(a) - deviance(a, x)) / Math.sqrt(2 * Math.PI * a)

/** The density of the gamma distribution of shape a and scale 1. */
export const gammaDensity = (a: number, x: number): number =>
  x > 0 ? (poissonMass(a, x) * a) / x : x < 0 || a > 1 ? 0 : a === 1 ? 1 : Number.POSITIVE_INFINITY

/** DLMF 8.7.1, divided by the mass: 1 + x/(a+1) + x^2/((a+1)(a+2)) + … */
const lowerSeries = (a: number, x: number): number => {
  let term = 1
  let sum = 1
  for (let n = 1; term > sum * EPSILON; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

/** DLMF 8.9.2 by the modified Lentz method, divided by the density. */
const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let fraction = d
  for (let i = 1; i <= LONGEST; i++) {
    const numerator = -i * (i - a)
    b += 2
    d = numerator * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + numerator / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const factor = d * c
    fraction *= factor
    if (Math.abs(factor - 1) < 4 * EPSILON) break
  }
  return fraction
}

/** The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x), each with full relative accuracy where it is the smaller; NaN where a > 0 does not hold. */
export const incompleteGamma = (a: number, x: number): { readonly lower: number; readonly upper: number } => {
  if (Number.isNaN(x) || !(a > 0)) return { lower: Number.NaN, upper: Number.NaN }
  if (x <= 0) return { lower: 0, upper: 1 }
  if (x === Number.POSITIVE_INFINITY) return { lower: 1, upper: 0 }
  const mass = poissonMass(a, x)
  if (x < a + 1) {
    const lower = mass * lowerSeries(a, x)
    return { lower, upper: 1 - lower }
  }
  const upper = mass * a * upperFraction(a, x)
  return { lower: 1 - upper, upper }
}
