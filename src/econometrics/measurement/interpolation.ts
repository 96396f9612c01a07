import { hermite, monotoneSlopes, naturalSlopes, pchipSlopes } from "./cubic-interpolants.ts"

/**
 * What stands between two observations: a straight line (linear); one in logarithms, that is constant growth (log-linear); a natural cubic spline (spline); a cubic that never leaves the
 * range of its two neighbours, by Fritsch and Carlson (monotone) or Fritsch and Butland (pchip); or the observation before (carry).
 */
export type InterpolationMethod = "linear" | "log-linear" | "spline" | "monotone" | "pchip" | "carry"

/** How the ends of a series are filled: not at all, along the line through the two nearest observations (Stata's `ipolate, epolate`; of log-linear the line in logarithms), or by the nearest one. */
export type Extrapolation = "none" | "linear" | "nearest"

export interface InterpolationOptions {
  readonly method?: InterpolationMethod
  readonly extrapolation?: Extrapolation
  /** Gaps of more years than this stay as they are. */
  readonly maxGap?: number
}

export interface Filled {
  readonly values: Float64Array
  /** 1 where a cell between two observations was filled. */
  readonly interior: Uint8Array
  /** 1 where a cell before the first or after the last observation was filled. */
  readonly ends: Uint8Array
  /** The positions of the observations between which a cell lies, -1 where there is none. */
  readonly before: Int32Array
  readonly after: Int32Array
  /** 1 where a cell stays missing since its gap is longer than `maxGap`. */
  readonly long: Uint8Array
  /** Positions of observations <= 0 that constant growth would start from or lead to: the gaps beside them stay. */
  readonly notPositive: ReadonlyArray<number>
}

const slopesOf = { spline: naturalSlopes, monotone: monotoneSlopes, pchip: pchipSlopes } as const

/**
 * Fills the missing (NaN) values of one series in the year, not in the row; years ascend. By default linearly, x_t = x_a + (x_b - x_a)(t - a)/(b - a) between observations a < t < b.
 * Ends stay missing unless extrapolated; a line needs two observations, the nearest one. A gap's length is counted in years: those between its observations, or beyond the last one.
 */
export const interpolateSeries = (years: Int32Array, x: Float64Array, options: InterpolationOptions = {}): Filled => {
  const { extrapolation = "none", maxGap = Number.POSITIVE_INFINITY, method = "linear" } = options
  const size = x.length
  const observed = Array.from(x.keys()).filter((i) => !Number.isNaN(x[i]!))
  const values = Float64Array.from(x)
  const [interior, ends, long] = [new Uint8Array(size), new Uint8Array(size), new Uint8Array(size)]
  const [before, after] = [new Int32Array(size).fill(-1), new Int32Array(size).fill(-1)]
  const notPositive = new Set<number>()
  const knots = { x: observed.map((i) => years[i]!), y: observed.map((i) => x[i]!) }
  const slopes = method in slopesOf && observed.length > 1 ? slopesOf[method as keyof typeof slopesOf](knots) : undefined
  const logarithmic = method === "log-linear"

  const onLine = (a: number, b: number, i: number): number => {
    const share = (years[i]! - years[a]!) / (years[b]! - years[a]!)
    return logarithmic ? x[a]! * (x[b]! / x[a]!) ** share : x[a]! + (x[b]! - x[a]!) * share
  }
  const positive = (of: ReadonlyArray<number>): boolean => {
    const wrong = of.filter((i) => x[i]! <= 0)
    if (!logarithmic || wrong.length === 0) return true
    for (const i of wrong) notPositive.add(i)
    return false
  }

  for (let k = 0; k <= observed.length; k++) {
    const a = observed[k - 1]
    const b = observed[k]
    const [from, to] = [(a ?? -1) + 1, b ?? size]
    if (from === to || (a === undefined && b === undefined)) continue
    for (let i = from; i < to; i++) {
      before[i] = a ?? -1
      after[i] = b ?? -1
    }
    const inside = a !== undefined && b !== undefined
    const length = inside ? years[b]! - years[a]! - 1 : a === undefined ? years[b!]! - years[from]! : years[to - 1]! - years[a]!
    if (length > maxGap) {
      if (inside || extrapolation !== "none") long.fill(1, from, to)
      continue
    }
    if (inside) {
      if (method !== "carry" && !positive([a, b])) continue
      for (let i = from; i < to; i++) {
        values[i] = method === "carry" ? x[a]! : slopes === undefined ? onLine(a, b, i) : hermite(knots, slopes, k - 1, years[i]!)
        interior[i] = 1
      }
      continue
    }
    const near = (a ?? b)!
    const next = a === undefined ? observed[1] : observed.at(-2)
    if (extrapolation === "none" || (extrapolation === "linear" && (next === undefined || !positive([near, next])))) continue
    for (let i = from; i < to; i++) {
      values[i] = extrapolation === "nearest" ? x[near]! : onLine(near, next!, i)
      ends[i] = 1
    }
  }
  return { values, interior, ends, before, after, long, notPositive: [...notPositive] }
}
