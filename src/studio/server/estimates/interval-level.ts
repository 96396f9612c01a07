import { normalQuantile, tQuantile } from "../../../stats/distributions.ts"

const LEVELS = [90, 95, 99] as const

const multiple = (level: number, df: number | null): number => {
  const p = 1 - (1 - level / 100) / 2
  return df === null ? normalQuantile(p) : tQuantile(p, df)
}

/** The coverage that a node's parameters name, in percent; undefined where they name none. */
export const namedLevel = (params: Readonly<Record<string, unknown>>): number | undefined => {
  const { level } = params
  return typeof level === "number" && level > 0 && level < 1 ? Number((100 * level).toPrecision(12)) : undefined
}

/**
 * Of an estimate whose interval is itself less and plus a multiple of its standard error: the level of that, in percent, and the ends of the 90 % interval. Of one that was made otherwise (by a bootstrap)
 * the level is the one that its node names, if it names one.
 */
export const intervalOf = (
  { df, estimate, high, low, stdError }: Readonly<Record<"df" | "estimate" | "stdError" | "low" | "high", number | null>>,
  named?: number
): {
  readonly level: number | null
  readonly inner: readonly [number, number] | null
} => {
  if (low === null || high === null) return { level: null, inner: null }
  const otherwise = { level: named ?? null, inner: null }
  if (estimate === null || stdError === null || stdError <= 0 || (df !== null && df <= 0)) return otherwise
  const is = (level: number) => [estimate - low, high - estimate].every((half) => Math.abs(half / stdError / multiple(level, df) - 1) < 1e-6)
  const level = [...(named === undefined ? [] : [named]), ...LEVELS].find(is)
  if (level === undefined) return otherwise
  if (level <= 90) return { level, inner: null }
  const half = multiple(90, df) * stdError
  return { level, inner: [estimate - half, estimate + half] }
}
