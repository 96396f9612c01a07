/** How numbers are written: always with a point, never with a thousands separator, whatever the locale. */
import { starCount } from "../artifact/significance.ts"

/** Fixed decimals, as in "0.130"; what rounds to zero is 0.000, without a sign. */
const fixed = (x: number, digits: number): string => {
  const text = x.toFixed(digits)
  return Number(text) === 0 ? (0).toFixed(digits) : text
}

/**
 * A number of a table: with fixed decimals (0.1304 -> "0.130"), unless it rounds to zero and is not: then with as many as show two significant digits
 * (-0.00045 -> "-0.00045"), past eight as 1.2e-16.
 */
export const decimals = (x: number, digits: number): string => {
  if (!Number.isFinite(x)) return ""
  const text = fixed(x, digits)
  if (x === 0 || Number(text) !== 0) return text
  const needed = 1 - Math.floor(Math.log10(Math.abs(x)))
  return needed > 8 ? x.toExponential(1) : x.toFixed(needed)
}

/** A p value with fixed decimals; one that rounds to zero lies below their last: "<0.001". */
export const pValue = (p: number, digits: number): string => {
  if (!Number.isFinite(p)) return ""
  const text = fixed(p, digits)
  return Number(text) === 0 ? `<${(10 ** -digits).toFixed(digits)}` : text
}

/** Stars of a p value: * 10%, ** 5%, *** 1% (p < level). A missing p has none. */
export const stars = (p: number): string => "*".repeat(starCount(p))

/** What stands between brackets, or nothing where there is nothing. */
export const parentheses = (inner: string): string => (inner === "" ? "" : `(${inner})`)
export const squareBrackets = (inner: string): string => (inner === "" ? "" : `[${inner}]`)
export const braces = (inner: string): string => (inner === "" ? "" : `{${inner}}`)

/** An interval "[low, high]". */
export const interval = (low: number, high: number, digits: number): string =>
  Number.isFinite(low) && Number.isFinite(high) ? `[${decimals(low, digits)}, ${decimals(high, digits)}]` : ""

/** A number on its own, to `digits` significant digits; very large and very small ones as 1.235e+12. */
export const significant = (x: number, digits = 4): string => {
  if (!Number.isFinite(x)) return ""
  if (x === 0) return "0"
  const magnitude = Math.floor(Math.log10(Math.abs(x)))
  if (magnitude >= 9 || magnitude < -4) return x.toExponential(digits - 1)
  if (Number.isInteger(x)) return String(x)
  return x.toFixed(Math.max(0, digits - 1 - magnitude))
}

/** What is left of two equal numbers when one is taken from the other is below so much of them. */
const ROUNDING = 1e-12

/**
 * Numbers of one column, all with the same decimals, enough to show `digits` significant digits of the largest; whole numbers stay whole, and one that would read as zero and is
 * not is written as 1.8e-6, where it is more than what rounding leaves of the largest. Missing (NaN) is "".
 */
export const alike = (values: ReadonlyArray<number>, digits = 5): ReadonlyArray<string> => {
  const present = values.filter(Number.isFinite)
  const largest = present.reduce((max, x) => Math.max(max, Math.abs(x)), 0)
  if (largest >= 1e12 || (largest > 0 && largest < 1e-4)) return values.map((x) => significant(x, digits))
  if (present.every(Number.isInteger)) return values.map((x) => (Number.isFinite(x) ? fixed(x, 0) : ""))
  const places = Math.max(1, digits - 1 - Math.floor(Math.log10(largest)))
  return values.map((x) => {
    if (!Number.isFinite(x)) return ""
    const text = fixed(x, Math.min(places, 8))
    return Number(text) === 0 && Math.abs(x) > ROUNDING * largest ? x.toExponential(1) : text
  })
}
