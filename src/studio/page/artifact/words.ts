/** How counts and numbers are written in this view. */

/** Thousands are parted by a thin space, which stands for no decimal point anywhere. */
export const countInWords = (n: number): string => String(n).replace(/\B(?=(?:\d{3})+$)/g, "\u202f")

export const counted = (n: number, one: string, more = `${one}s`): string => `${countInWords(n)} ${n === 1 ? one : more}`

/** A number of a summary, to so many digits. */
export const roundedNumber = (x: number, digits = 5): string => {
  if (x === 0 || !Number.isFinite(x)) return String(x)
  const size = Math.abs(x)
  if (size >= 1e9 || size < 1e-4) return x.toExponential(digits - 1).replace(/\.?0+e/, "e")
  if (Number.isInteger(x)) return String(x)
  return String(Number(x.toPrecision(Math.max(digits, Math.floor(Math.log10(size)) + 1))))
}
