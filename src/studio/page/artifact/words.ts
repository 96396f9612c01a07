/** How sizes, moments and counts are written in this view. */

export const bytesInWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

export const durationInWords = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")} s`
}

/** In the reader's own time: 2026-11-28 18:04. */
export const momentInWords = (at: number): string => {
  const date = new Date(at)
  const two = (x: number) => String(x).padStart(2, "0")
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}`
}

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
