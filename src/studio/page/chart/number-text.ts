/** How numbers are written in the page: with a point, groups of thousands from 10,000 on, and a true minus sign. */
const MINUS = "\u2212"
const signed = (text: string): string => text.replaceAll("-", MINUS)

/** A number on its own, to so many significant digits: whole parts are never rounded; very large and very small ones are written as 1.235e+12. A number that is not there is "". */
export const numberText = (given: number | null | undefined, significant = 4): string => {
  if (given === null || given === undefined || !Number.isFinite(given)) return ""
  // A sum that is 1 but for rounding is 1.
  const value = Number(given.toPrecision(12))
  if (value === 0) return "0"
  const magnitude = Math.floor(Math.log10(Math.abs(value)))
  if (magnitude >= 9 || magnitude < -4) return signed(value.toExponential(significant - 1))
  const decimals = Number.isInteger(value) ? 0 : Math.max(0, significant - 1 - magnitude)
  const [whole = "", rest] = value.toFixed(decimals).split(".")
  const grouped = Math.abs(value) >= 10_000 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole
  return signed(rest === undefined ? grouped : `${grouped}.${rest}`)
}

/** A p value with three decimals; one that rounds to zero lies below the last. */
export const pValueText = (p: number | null | undefined): string => {
  if (p === null || p === undefined || !Number.isFinite(p)) return ""
  return p < 0.0005 ? "<0.001" : p.toFixed(3)
}

/** A p value in a sentence: p = 0.023, p < 0.001. */
export const pInWords = (p: number | null | undefined): string => {
  const text = pValueText(p)
  return text === "" ? "p not told" : text.startsWith("<") ? `p < ${text.slice(1)}` : `p = ${text}`
}

/** A share as percent, to a tenth. What is neither nothing nor all is told apart from these: <0.1%, >99.9%. */
export const percentText = (share: number): string => {
  const text = (share * 100).toFixed(1).replace(/\.0$/, "")
  if (text === "0" && share > 0) return "<0.1%"
  if (text === "100" && share < 1) return ">99.9%"
  return `${signed(text)}%`
}

/** So many of a thing: 1 province, 31 provinces. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${numberText(count)} ${count === 1 ? one : many}`
