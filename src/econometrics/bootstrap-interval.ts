import { normalCdf, normalQuantile } from "../stats/distributions.ts"
import { type QuantileType, quantileSorted } from "../stats/quantile.ts"

/** Percentile: quantiles of the replicates. Bias-corrected: quantiles moved by z0, the normal quantile of the share of replicates below the estimate. */
export type IntervalKind = "percentile" | "bias-corrected"

export interface BootstrapSummary {
  /** Replicates used, those with a singular design left out. */
  readonly replicates: number
  readonly singular: number
  /** Standard deviation of the replicates (divisor B - 1). */
  readonly stdError: number
  /** Mean of the replicates less the estimate. */
  readonly bias: number
  /** Undefined where it does not exist: all replicates on one side of the estimate. */
  readonly interval: readonly [number, number] | undefined
}

/**
 * What replicates (NaN: singular) say of an estimate. The bias-corrected interval (Efron 1981) has its ends at Phi(2 z0 -/+ z), with ties counted half
 * in the share below the estimate. Source: Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 13-14; DiCiccio and Efron (1996).
 */
export const summarise = (replicates: Float64Array, estimate: number, kind: IntervalKind, level = 0.95, type: QuantileType = 6): BootstrapSummary => {
  const used = replicates.filter((value) => !Number.isNaN(value)).sort()
  const B = used.length
  const mean = used.reduce((sum, value) => sum + value / B, 0)
  const stdError = Math.sqrt(used.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (B - 1))
  const tails = [(1 - level) / 2, (1 + level) / 2] as const
  const at = (p: number): number => quantileSorted(used, p, type)
  const summary = { replicates: B, singular: replicates.length - B, stdError, bias: mean - estimate }
  if (kind === "percentile") return { ...summary, interval: [at(tails[0]), at(tails[1])] }
  const below = used.reduce((count, value) => count + (value < estimate ? 1 : value === estimate ? 0.5 : 0), 0) / B
  if (!(below > 0 && below < 1)) return { ...summary, interval: undefined }
  const z0 = normalQuantile(below)
  const moved = (p: number): number => at(normalCdf(2 * z0 + normalQuantile(p)))
  return { ...summary, interval: [moved(tails[0]), moved(tails[1])] }
}
