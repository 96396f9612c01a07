/** A polynomial on an interval as its Chebyshev coefficients: sum over k of c_k T_k(x), x in [-1, 1]. */
export type ChebyshevCoefficients = Float64Array

/** The coefficients of the polynomial of degree n through the values at cos(j pi / n), j = 0..n, the extrema of T_n. O(n^2): for n up to some hundreds. */
export const chebyshevCoefficients = (values: Float64Array): ChebyshevCoefficients => {
  const n = values.length - 1
  const cosines = Float64Array.from({ length: 2 * n }, (_, i) => Math.cos((i * Math.PI) / n))
  return Float64Array.from({ length: n + 1 }, (_, k) => {
    let sum = (values[0]! + (k % 2 === 0 ? 1 : -1) * values[n]!) / 2
    for (let j = 1; j < n; j++) sum += values[j]! * cosines[(j * k) % (2 * n)]!
    return ((k === 0 || k === n ? 1 : 2) * sum) / n
  })
}

/** The derivative's coefficients: c'_(k-1) = c'_(k+1) + 2 k c_k (Mason and Handscomb 2003, section 2.4.5). */
export const chebyshevDerivative = (coefficients: ChebyshevCoefficients): ChebyshevCoefficients => {
  const n = coefficients.length - 1
  const derivative = new Float64Array(Math.max(1, n))
  for (let k = n; k >= 1; k--) derivative[k - 1] = (derivative[k + 1] ?? 0) + 2 * k * coefficients[k]!
  derivative[0]! /= 2
  return derivative
}

/** The sum at x, by Clenshaw's recurrence. */
export const chebyshevSum = (coefficients: ChebyshevCoefficients, x: number): number => {
  let next = 0
  let afterNext = 0
  for (let k = coefficients.length - 1; k >= 1; k--) {
    const here = coefficients[k]! + 2 * x * next - afterNext
    afterNext = next
    next = here
  }
  return coefficients[0]! + x * next - afterNext
}

/** The first grid of `chebyshevFit` has this many intervals, and is halved this often at the most. */
const INTERVALS = 20
const HALVINGS = 2
/** Of the largest value: what coefficients of values that are themselves rounded to doubles cannot tell from zero. */
const ROUNDING = 16 * Number.EPSILON

/**
 * The coefficients of a smooth f on [-1, 1] to rounding: from 21 points, and where the last coefficients are not yet negligible from 41 or 81, which hold
 * those before. `error` is the size of the last ones beside the largest value: rounding where f is analytic well beyond the interval.
 */
export const chebyshevFit = (f: (x: number) => number): { readonly coefficients: ChebyshevCoefficients; readonly error: number } => {
  let values = Float64Array.from({ length: INTERVALS + 1 }, (_, j) => f(Math.cos((j * Math.PI) / INTERVALS)))
  for (let halving = 0; ; halving++) {
    const coefficients = chebyshevCoefficients(values)
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const error = largest === 0 ? 0 : Math.max(...coefficients.subarray(-2).map(Math.abs)) / largest
    if (error <= ROUNDING || halving === HALVINGS) return { coefficients, error }
    const before = values
    const n = 2 * (values.length - 1)
    values = Float64Array.from({ length: n + 1 }, (_, j) => (j % 2 === 0 ? before[j / 2]! : f(Math.cos((j * Math.PI) / n))))
  }
}
