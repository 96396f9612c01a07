import type { Interval } from "./interval.ts"

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,3}))?$/
const BOUND = /^[<≤]\s*(\d*\.?\d+)$/

/** A number with the minus signs that typesetting has in the place of a hyphen. */
export const withHyphen = (text: string): string => text.replace(/^[\u2212\u2013\uFE63\uFF0D]/, "-")

/** What is wrong with a text that is not a decimal number as tables print it (`0.130`, `-1.2e-05`); of p-values also `<0.001`. */
export const numberFault = (text: string, mayBeBound: boolean): string | undefined => {
  if (NUMBER.test(text) || (mayBeBound && BOUND.test(text))) return undefined
  if (BOUND.test(text)) return `"${text}" is a bound, which only a p_value can be`
  if (/^[+-]?\d{1,3}([ ,'\u00A0\u2009\u202F]\d{3})+(\.\d*)?$/.test(text)) return `"${text}" has separators of thousands; write it without`
  if (/%$/.test(text)) return `"${text}" is a percentage; write the number before the %`
  if (/^[+-]?\d+,\d+$/.test(text)) return `"${text}" has a decimal comma; write a point`
  return `"${text}" is no decimal number; write it as printed, with a point and without stars or brackets`
}

/**
 * Half a unit of the last printed decimal to either side; a count (of no decimals) is exact; `<0.001` is all from 0 to 0.001. A hair is added for decimals that binary
 * numbers cannot hold.
 */
export const roundingInterval = (printed: string, isCount: boolean): Interval => {
  const bound = BOUND.exec(printed)
  if (bound !== null) return { low: 0, high: Number(bound[1]) * (1 + 2 ** -50) }
  const value = Number(printed)
  if (isCount) return { low: value, high: value }
  const [, digits = "", exponent = "0"] = NUMBER.exec(printed) ?? []
  const half = 0.5 * 10 ** (Number(exponent) - (digits.split(".")[1] ?? "").length)
  const hair = Math.abs(value) * 2 ** -50 + half * 2 ** -40
  return { low: value - half - hair, high: value + half + hair }
}
