/** How numbers and outputs are written in this view. */

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
