import type { Interval } from "./interval.ts"

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)$/

/** Whether a text is a decimal number as tables print it: no stars, brackets, exponents or separators of thousands. */
export const isPrintedNumber = (text: string): boolean => NUMBER.test(text)

/** Half a unit of the last printed decimal to either side; a count (of no decimals) is exact. A hair is added for decimals that binary numbers cannot hold. */
export const roundingInterval = (printed: string, isCount: boolean): Interval => {
  const value = Number(printed)
  if (isCount) return { low: value, high: value }
  const half = 0.5 * 10 ** -(printed.split(".")[1] ?? "").length
  const hair = Math.abs(value) * 2 ** -50 + half * 2 ** -40
  return { low: value - half - hair, high: value + half + hair }
}
