/** What a printed text says of a number: all values between `low` and `high` would be printed so. */
export interface PrintedNumber {
  /** NaN where only a bound is printed. */
  readonly value: number
  readonly low: number
  readonly high: number
  /** A unit of the last printed decimal; NaN for a bound. */
  readonly unit: number
}

const NUMBER = /[-+−]?(?:\d[\d,]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/
const BELOW = /(?:less than|below|under|<)\s*(\d*\.?\d+)/i
const ABOVE = /(?:more than|greater than|above|over|>)\s*(\d*\.?\d+)/i

/** Kinds that count: exact, never rounded. */
const counts = new Set(["nobs", "rank", "count"])

/**
 * Reads a printed number of any of the forms "0.767 ***", "(-0.35)", "[0.007]", "1,206", "1.2e-5", "less than 0.05"; undefined where there is no number. A number
 * stands for all that round to it, half a unit of its last decimal to either side, ties included (whichever way the authors' software breaks them); a count stands for
 * itself. A hair is added for decimals that binary numbers cannot hold.
 */
export const printedNumber = (text: string, kind: string): PrintedNumber | undefined => {
  const below = BELOW.exec(text)
  if (below !== null) return { value: Number.NaN, low: Number.NEGATIVE_INFINITY, high: Number(below[1]), unit: Number.NaN }
  const above = ABOVE.exec(text)
  if (above !== null) return { value: Number.NaN, low: Number(above[1]), high: Number.POSITIVE_INFINITY, unit: Number.NaN }
  const found = NUMBER.exec(text)?.[0]
  if (found === undefined) return undefined
  const plain = found.replaceAll(",", "").replace("−", "-")
  const value = Number(plain)
  const [mantissa = "", exponent = "0"] = plain.toLowerCase().split("e")
  const unit = 10 ** (Number(exponent) - (mantissa.split(".")[1] ?? "").length)
  if (counts.has(kind)) return { value, low: value, high: value, unit }
  const half = unit / 2 + Math.abs(value) * 2 ** -50 + unit * 2 ** -40
  return { value, low: value - half, high: value + half, unit }
}

/** How far a number lies outside of what the text stands for; 0 inside. */
export const excessOf = ({ high, low }: PrintedNumber, value: number): number => Math.max(0, low - value, value - high)
