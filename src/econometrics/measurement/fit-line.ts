interface FittedLine {
  readonly intercept: number
  readonly slope: number
  /** Pearson's; NaN where y does not vary. */
  readonly correlation: number
}

/** The line of ordinary least squares of y on x; undefined where there are fewer than two points or x does not vary. Sums are taken around the means. */
export const fitLine = (x: ReadonlyArray<number>, y: ReadonlyArray<number>): FittedLine | undefined => {
  const n = x.length
  if (n < 2 || x.every((value) => value === x[0])) return undefined
  const meanX = x.reduce((sum, value) => sum + value, 0) / n
  const meanY = y.reduce((sum, value) => sum + value, 0) / n
  let xx = 0
  let xy = 0
  let yy = 0
  for (let i = 0; i < n; i++) {
    const dx = x[i]! - meanX
    const dy = y[i]! - meanY
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  const slope = xy / xx
  return { slope, intercept: meanY - slope * meanX, correlation: xy / Math.sqrt(xx * yy) }
}
