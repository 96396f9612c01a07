/** How the ends of a series are filled: not at all, along the line through the two nearest observations (Stata's `ipolate, epolate`), or by the nearest one. */
export type Extrapolation = "none" | "linear" | "nearest"

export interface Filled {
  readonly values: Float64Array
  /** 1 where a cell between two observations was filled. */
  readonly interior: Uint8Array
  /** 1 where a cell before the first or after the last observation was filled. */
  readonly ends: Uint8Array
}

/**
 * Fills the missing (NaN) values of one series, x_t = x_a + (x_b - x_a)(t - a)/(b - a) between observations a < t < b: linear in the year, not in the row.
 * Years ascend. Ends stay missing unless extrapolated; a line needs two observations, the nearest one.
 */
export const interpolateSeries = (years: Int32Array, x: Float64Array, extrapolation: Extrapolation): Filled => {
  const observed = Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]!))
  const values = Float64Array.from(x)
  const interior = new Uint8Array(x.length)
  const ends = new Uint8Array(x.length)
  const onLine = (a: number, b: number, i: number): number => x[a]! + ((x[b]! - x[a]!) * (years[i]! - years[a]!)) / (years[b]! - years[a]!)
  for (let k = 1; k < observed.length; k++) {
    const a = observed[k - 1]!
    const b = observed[k]!
    for (let i = a + 1; i < b; i++) {
      values[i] = onLine(a, b, i)
      interior[i] = 1
    }
  }
  const first = observed[0]
  const last = observed.at(-1)
  if (extrapolation === "none" || first === undefined || last === undefined || (extrapolation === "linear" && first === last)) return { values, interior, ends }
  const fill = (i: number, near: number, next: number): void => {
    values[i] = extrapolation === "nearest" ? x[near]! : onLine(near, next, i)
    ends[i] = 1
  }
  for (let i = 0; i < first; i++) fill(i, first, observed[1] ?? first)
  for (let i = last + 1; i < x.length; i++) fill(i, last, observed.at(-2) ?? last)
  return { values, interior, ends }
}
