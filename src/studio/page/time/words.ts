/** How moments, durations, sizes and numbers are written in this view. */

/** 2026-11-25 02:10:30, in UTC as the command line has it. */
export const moment = (at: number): string => new Date(at).toISOString().replace("T", " ").slice(0, 19)

export const duration = (ms: number): string => {
  if (ms < 1000) return `${Math.round(ms)} ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1000)).padStart(2, "0")} s`
}

export const size = (bytes: number): string => {
  if (bytes < 999_950) return `${(bytes / 1e3).toFixed(1)} kB`
  return bytes < 999_950_000 ? `${(bytes / 1e6).toFixed(0)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

export const count = (n: number, singular: string, plural = `${singular}s`): string => `${n} ${n === 1 ? singular : plural}`

/** To so many significant digits, without an exponent where it can be read without. */
export const significant = (x: number, digits = 4): string => {
  if (!Number.isFinite(x)) return ""
  if (x === 0) return "0"
  const magnitude = Math.floor(Math.log10(Math.abs(x)))
  if (magnitude >= 12 || magnitude < -4) return x.toExponential(digits - 1)
  return Number.isInteger(x) ? String(x) : x.toFixed(Math.max(0, digits - 1 - magnitude))
}

/** `panel`, or `panel.fills` where it is not what the node is called by. */
export const outputName = (node: string, output: string): string => (output === "output" ? node : `${node}.${output}`)
