import { normalCdf, normalQuantile } from "../../stats/distributions.ts"
import { type QuantileType, quantileSorted } from "../../stats/quantile.ts"
import { Fault } from "../fault.ts"

/**
 * Percentile: quantiles of the replicates. Bias-corrected: quantiles moved by z0, the normal quantile of the share of replicates below the estimate.
 * BCa: moved by the acceleration too. Studentised (bootstrap-t): estimate - se t, with quantiles t of (replicate - estimate)/(replicate's se).
 */
export type IntervalKind = "percentile" | "bias-corrected" | "bca" | "studentised"

export interface IntervalOptions {
  readonly kind: IntervalKind
  readonly level?: number
  readonly quantile?: QuantileType
  /** The estimate with each unit left out in turn (NaN: none without it): needed for BCa. */
  readonly jackknife?: Float64Array | undefined
  /** estimate - se (replicate - estimate)/(replicate's se), in the order of the replicates: needed for the studentised interval. */
  readonly studentised?: Float64Array | undefined
}

export interface BootstrapSummary {
  /** Replicates used, those with a singular design left out. */
  readonly replicates: number
  readonly singular: number
  /** Standard deviation of the replicates (divisor B - 1). */
  readonly stdError: number
  /** Mean of the replicates less the estimate. */
  readonly bias: number
  /** Undefined where it does not exist: all replicates on one side of the estimate, or (BCa) no acceleration. */
  readonly interval: readonly [number, number] | undefined
  /** What the interval had to do without, of what it is made of: replicates without a standard error (studentised), units whose leaving out leaves a singular design (BCa). */
  readonly lacking: number
  /** Whether a limit lies beyond the smallest or largest replicate's place, so that more replicates would move it. */
  readonly extreme: boolean
}

/**
 * Efron's (1987) acceleration from the estimates with each unit left out, sum d^3 / (6 (sum d^2)^(3/2)) with d their mean less each. NaN where they are all the same.
 * R: `sum(L^3)/(6 sum(L^2)^1.5)` of boot, with the jackknife's L.
 */
export const acceleration = (jackknife: Float64Array): number => {
  const used = jackknife.filter((value) => !Number.isNaN(value))
  const mean = used.reduce((sum, value) => sum + value / used.length, 0)
  let squares = 0
  let cubes = 0
  for (const value of used) {
    squares += (mean - value) ** 2
    cubes += (mean - value) ** 3
  }
  return cubes / (6 * squares ** 1.5)
}

/** The share of replicates below the estimate, ties counted half, as a normal quantile; infinite where all are on one side. */
const biasCorrection = (sorted: Float64Array, estimate: number): number => {
  const below = sorted.reduce((count, value) => count + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0) / sorted.length
  return below === 0 ? Number.NEGATIVE_INFINITY : below === 1 ? Number.POSITIVE_INFINITY : normalQuantile(below)
}

const requireInterval = (estimate: number, { kind, level = 0.95, quantile = 6 }: IntervalOptions): void => {
  const kinds: ReadonlyArray<string> = ["percentile", "bias-corrected", "bca", "studentised"] satisfies ReadonlyArray<IntervalKind>
  const wrong = [
    ...(Number.isFinite(estimate) ? [] : [`the estimate is ${estimate}, no number`]),
    ...(kinds.includes(kind) ? [] : [`intervals are ${kinds.join(", ")}, not ${kind}`]),
    ...(level > 0 && level < 1 ? [] : [`the level lies between 0 and 1 (0.95), not at ${level}`]),
    ...(quantile === "normal" || (Number.isInteger(quantile) && quantile >= 1 && quantile <= 9)
      ? []
      : [`quantiles are of type 1 to 9 or normal, not ${quantile}`])
  ]
  if (wrong.length > 0) throw new Fault("interval", wrong.join("; "))
}

/**
 * What replicates (NaN: singular) say of an estimate. The bias-corrected interval (Efron 1981) has its ends at Phi(2 z0 -/+ z), BCa's (Efron 1987) at
 * Phi(z0 + (z0 -/+ z)/(1 - a (z0 -/+ z))). Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 12-14; DiCiccio and Efron (1996);
 * R: boot.ci of package boot, whose quantiles are the type "normal".
 */
export const summarise = (replicates: Float64Array, estimate: number, options: IntervalOptions): BootstrapSummary => {
  const { kind, level = 0.95, quantile: type = 6 } = options
  requireInterval(estimate, options)
  const used = replicates.filter((value) => !Number.isNaN(value)).sort()
  const B = used.length
  const mean = used.reduce((sum, value) => sum + value / B, 0)
  const stdError = Math.sqrt(used.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (B - 1))
  const summary = { replicates: B, singular: replicates.length - B, stdError, bias: mean - estimate }
  const tails = [(1 - level) / 2, (1 + level) / 2] as const
  const between = (sorted: Float64Array, low: number, high: number) => {
    const n = sorted.length
    return {
      ...summary,
      interval: [quantileSorted(sorted, low, type), quantileSorted(sorted, high, type)] as const,
      lacking: 0,
      extreme: low * (n + 1) < 1 || high * (n + 1) > n
    }
  }
  const none = { ...summary, interval: undefined, lacking: 0, extreme: false }
  if (B === 0) return none
  if (kind === "studentised") {
    // Turned, so that a quantile is that of t whatever its type.
    const turned = (options.studentised ?? new Float64Array(0)).filter((value) => Number.isFinite(value)).map((value) => -value)
    const lacking = B - turned.length
    if (turned.length === 0) return { ...none, lacking }
    const { extreme, interval } = between(turned.sort(), tails[0], tails[1])
    return { ...summary, interval: [-interval[1], -interval[0]], lacking, extreme }
  }
  if (kind === "percentile") return between(used, tails[0], tails[1])
  const z0 = biasCorrection(used, estimate)
  const left = options.jackknife ?? new Float64Array(0)
  const a = kind === "bca" ? acceleration(left) : 0
  const lacking = kind === "bca" ? left.filter(Number.isNaN).length : 0
  if (!Number.isFinite(z0) || !Number.isFinite(a)) return { ...none, lacking }
  const moved = (p: number): number => {
    const z = z0 + normalQuantile(p)
    return normalCdf(z0 + z / (1 - a * z))
  }
  const [low, high] = [moved(tails[0]), moved(tails[1])]
  return { ...(low < high ? between(used, low, high) : none), lacking }
}
