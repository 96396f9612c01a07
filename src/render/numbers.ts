/** How numbers are written: always with a point, never with a thousands separator, whatever the locale. */

/** Fixed decimals: 0.1304 -> "0.130". A negative number that rounds to zero keeps its sign, as in Stata and R's printed tables. */
export const decimals = (x: number, digits: number): string => (Number.isFinite(x) ? (x === 0 ? 0 : x).toFixed(digits) : "")

/** Levels from weak to strong: a star for each that p lies below. */
const starLevels = [0.1, 0.05, 0.01] as const

/** Stars of a p value: * 10%, ** 5%, *** 1% (p < level). A missing p has none. */
export const stars = (p: number): string => "*".repeat(starLevels.filter((level) => p < level).length)

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

/** Numbers of one column, all with the same decimals, enough to show `digits` significant digits of the largest; whole numbers stay whole. Missing (NaN) is "". */
export const alike = (values: ReadonlyArray<number>, digits = 5): ReadonlyArray<string> => {
  const present = values.filter(Number.isFinite)
  const largest = present.reduce((max, x) => Math.max(max, Math.abs(x)), 0)
  if (largest >= 1e12 || (largest > 0 && largest < 1e-4)) return values.map((x) => significant(x, digits))
  if (present.every(Number.isInteger)) return values.map((x) => decimals(x, 0))
  const places = Math.max(1, digits - 1 - Math.floor(Math.log10(largest)))
  return values.map((x) => decimals(x, Math.min(places, 8)))
}
