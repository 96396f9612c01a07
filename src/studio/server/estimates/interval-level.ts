import { normalQuantile, tQuantile } from "../../../stats/distributions.ts"

const LEVELS = [90, 95, 99] as const

const multiple = (level: number, df: number | null): number => {
  const p = 1 - (1 - level / 100) / 2
  return df === null ? normalQuantile(p) : tQuantile(p, df)
}

/**
 * Of an estimate whose interval is itself less and plus a multiple of its standard error: the level of that, in percent, and the ends of the 90 % interval. Of one that was made otherwise (by a bootstrap)
 * nothing is known but what is there.
 */
export const intervalOf = ({
  df,
  estimate,
  high,
  low,
  stdError
}: Readonly<Record<"df" | "estimate" | "stdError" | "low" | "high", number | null>>): {
  readonly level: number | null
  readonly inner: readonly [number, number] | null
} => {
  if (estimate === null || stdError === null || low === null || high === null || stdError <= 0 || (df !== null && df <= 0)) return { level: null, inner: null }
  const is = (level: number) => [estimate - low, high - estimate].every((half) => Math.abs(half / stdError / multiple(level, df) - 1) < 1e-6)
  const level = LEVELS.find(is) ?? null
  if (level === null || level === 90) return { level, inner: null }
  const half = multiple(90, df) * stdError
  return { level, inner: [estimate - half, estimate + half] }
}
