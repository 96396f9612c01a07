import { Option, Schema } from "effect"
import type { GraphNode } from "../../../dag/dag.ts"
import { normalQuantile, tQuantile } from "../../../stats/distributions.ts"

const LEVELS = [90, 95, 99] as const

/** How many standard errors an interval of this coverage, in percent, has on either side of its estimate; normal where there are no degrees of freedom. */
export const multiple = (level: number, df: number | null): number => {
  const p = 1 - (1 - level / 100) / 2
  return df === null ? normalQuantile(p) : tQuantile(p, df)
}

const readLevel = Schema.decodeUnknownOption(
  Schema.fromJsonString(
    Schema.Struct({ level: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true })) })
  )
)

/** The coverage that a node's parameters name, in percent; undefined where they name none. */
export const namedLevel = (node: Pick<GraphNode, "params"> | undefined): number | undefined =>
  Option.getOrUndefined(Option.map(readLevel(node?.params), ({ level }) => Number((100 * level).toPrecision(12))))

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
