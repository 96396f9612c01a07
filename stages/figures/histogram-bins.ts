/** Edges of a histogram's bins: as wide as Freedman and Diaconis (1981) have them, 2 IQR n^(-1/3), rounded to 1, 2 or 5 times a power of ten; 5 to 60 bins. Values must be finite. */
export const histogramEdges = (values: ReadonlyArray<number>): ReadonlyArray<number> => {
  const sorted = [...values].sort((a, b) => a - b)
  const low = sorted[0]!
  const high = sorted.at(-1)!
  // What differs by rounding alone is one value.
  if (high - low <= Math.max(1e-9 * Math.max(Math.abs(low), Math.abs(high)), 1e-290)) return [low - 0.5, high + 0.5]
  const quantile = (p: number) => sorted[Math.round(p * (sorted.length - 1))]!
  const spread = quantile(0.75) - quantile(0.25)
  const wanted = (2 * spread) / Math.cbrt(sorted.length)
  const range = high - low
  const width = Math.min(range / 5, Math.max(range / 60, wanted))
  const power = 10 ** Math.floor(Math.log10(width))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= width * 0.999)!
  const below = Math.floor(low / step)
  const first = below * step > low ? below - 1 : below
  const above = Math.max(first + 1, Math.ceil(high / step))
  const last = above * step < high ? above + 1 : above
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}

/** How many values lie in each bin; the last one holds its upper edge. */
export const countsIn = (values: ReadonlyArray<number>, edges: ReadonlyArray<number>): ReadonlyArray<number> => {
  const counts = new Array<number>(edges.length - 1).fill(0)
  for (const value of values) {
    let bin = Math.min(counts.length - 1, Math.max(0, Math.floor((value - edges[0]!) / (edges[1]! - edges[0]!))))
    // Edges are rounded: the bin is the one whose edges hold the value.
    while (bin > 0 && value < edges[bin]!) bin--
    while (bin < counts.length - 1 && value >= edges[bin + 1]!) bin++
    counts[bin]!++
  }
  return counts
}
