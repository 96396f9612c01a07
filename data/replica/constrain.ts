/**
 * The smallest change of a variable that makes sample moments hold exactly: Gauss-Newton on the moments with the minimum weighted norm,
 * alternated with clipping to bounds (cells that would leave them are held while the others make up for it).
 */
import { cholesky, choleskySolve } from "../../src/linalg/cholesky.ts"
import type { Moment } from "./moments.ts"
import { dot, YEARS } from "./panel.ts"
import { filled, type Gaps } from "./yearbook.ts"

export interface Limits {
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** How far a cell moves beside the others; 0 pins it. */
  readonly scale: Float64Array
  /** Correlation between a province's changes in neighbouring years: near 1 keeps a smooth series smooth. */
  readonly smoothness?: number
  /** Cells that are the mean of the years beside them: those that interpolation will fill. No two are neighbours. */
  readonly gaps?: Gaps
}

const ROUNDS = 2000
// A share of the whole Gauss-Newton step: moments that are products of the variable with itself overshoot otherwise.
const DAMPING = 0.2
const RIDGE = 1e-7
const TOLERANCE = 1e-11

/** Sums each year's value over the province's years with weights that fall off geometrically: the covariance of an autoregression. */
const spread = (x: Float64Array, smoothness: number): Float64Array => {
  const out = new Float64Array(x.length)
  for (let start = 0; start < x.length; start += YEARS) {
    let forward = 0
    for (let t = 0; t < YEARS; t++) out[start + t] = forward = x[start + t]! + smoothness * forward
    let backward = 0
    for (let t = YEARS - 1; t >= 0; t--) {
      out[start + t]! += smoothness * backward
      backward = x[start + t]! + smoothness * backward
    }
  }
  return out
}

export const constrain = (
  start: Float64Array,
  moments: ReadonlyArray<Moment>,
  { gaps = new Uint8Array(start.length), lower, scale, smoothness = 0, upper }: Limits
): Float64Array => {
  // Before clipping: a cell that is beyond a bound comes back when the multipliers no longer push it there.
  const free = Float64Array.from(start)
  const clipped = (): Float64Array =>
    filled(
      free.map((value, i) => (scale[i] === 0 ? value : Math.min(upper[i]!, Math.max(lower[i]!, value)))),
      gaps
    )
  // What a filled cell adds to a moment is added by its neighbours.
  const onFree = (gradient: Float64Array): Float64Array =>
    gradient.map((value, i) => (gaps[i] === 1 ? 0 : value + (gaps[i - 1] === 1 ? gradient[i - 1]! / 2 : 0) + (gaps[i + 1] === 1 ? gradient[i + 1]! / 2 : 0)))
  let x = clipped()
  const k = moments.length
  for (let round = 0; round < ROUNDS; round++) {
    const now = moments.map((moment) => moment.of(x))
    const weighted = now.map(({ gradient }) => onFree(gradient).map((value, i) => (free[i]! < lower[i]! || free[i]! > upper[i]! ? 0 : value * scale[i]!)))
    const spreaded = weighted.map((row) => spread(row, smoothness))
    const norms = weighted.map((row, i) => Math.sqrt(dot(row, spreaded[i]!)))
    const misses = Float64Array.from(moments, (moment, i) => (DAMPING * (moment.target - now[i]!.value)) / norms[i]!)
    if (Math.max(...misses.map(Math.abs)) < TOLERANCE) break
    const gram = new Float64Array(k * k)
    for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) gram[i * k + j] = dot(weighted[i]!, spreaded[j]!) / (norms[i]! * norms[j]!) + (i === j ? RIDGE : 0)
    const factor = cholesky(gram, k)
    if (factor === undefined) throw new Error(`the moments ${moments.map((moment) => moment.name).join(", ")} depend on each other`)
    const multipliers = choleskySolve(factor, k, misses)
    for (let i = 0; i < x.length; i++) {
      let step = 0
      for (let j = 0; j < k; j++) step += (spreaded[j]![i]! * multipliers[j]!) / norms[j]!
      free[i]! += scale[i]! * step
    }
    x = clipped()
  }
  const missed = moments.filter((moment) => Math.abs(moment.of(x).value - moment.target) > 1e-6 * (1 + Math.abs(moment.target)))
  if (missed.length > 0) throw new Error(`no series within the limits has these moments: ${missed.map((moment) => moment.name).join(", ")}`)
  return x
}
