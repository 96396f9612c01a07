import { signChanges } from "../../linalg/real-roots.ts"
import type { WildDraw, WildScores } from "./wild-scores.ts"

/** The values that a test does not reject: ascending intervals that do not meet, with infinite ends where a ray or the whole line is in it. */
export interface ConfidenceSet {
  readonly level: number
  readonly kind: "interval" | "union of intervals" | "unbounded" | "whole line"
  readonly intervals: ReadonlyArray<readonly [low: number, high: number]>
}

/** Roots nearer to one another than this, in standard errors, are one: the draws v and -v have the same, and rounding parts a double root by 1e-8. */
const SAME = 1e-7

/**
 * The values b0 of a slope whose bootstrap p-value exceeds 1 - level, exactly for these draws: p changes only where |t*(b0)| = |t(b0)| for some draw, the
 * roots of (n0 - z n1)^2 = z^2 (d00 - 2 z d01 + z^2 d11), a quartic in z = (b0 - estimate)/se. `tied` is how much of a draw the draws count together that tie
 * with the statistic whatever b0 is; they are not among `draws`; `total` counts all.
 */
export const wildConfidenceSet = (
  { estimate, standardError }: Pick<WildScores, "estimate" | "standardError">,
  draws: ReadonlyArray<WildDraw>,
  tied: number,
  total: number,
  level: number
): ConfidenceSet => {
  let count = tied
  const events: Array<{ readonly at: number; readonly step: 1 | -1 }> = []
  for (const { d00, d01, d11, n0, n1 } of draws) {
    // Positive where |t*| > |t|.
    const quartic = [n0 * n0, -2 * n0 * n1, n1 * n1 - d00, 2 * d01, -d11]
    const roots = signChanges(quartic)
    // The sign far to the left is that of the leading term.
    let lead = 4
    while (lead > 0 && quartic[lead] === 0) lead--
    let above = lead % 2 === 0 ? quartic[lead]! > 0 : quartic[lead]! < 0
    if (above) count++
    for (const root of roots) {
      events.push({ at: root, step: above ? -1 : 1 })
      above = !above
    }
  }
  events.sort((a, b) => a.at - b.at)
  // A p that equals 1 - level but for rounding is rejected.
  const kept = (): boolean => count / total > 1 - level + 1e-12
  const intervals: Array<readonly [number, number]> = []
  let from = kept() ? Number.NEGATIVE_INFINITY : undefined
  for (let e = 0; e < events.length; ) {
    const { at } = events[e]!
    while (e < events.length && events[e]!.at - at <= SAME * (1 + Math.abs(at))) count += events[e++]!.step
    if (kept() === (from !== undefined)) continue
    const bound = estimate + at * standardError
    if (from === undefined) from = bound
    else {
      intervals.push([from, bound])
      from = undefined
    }
  }
  if (from !== undefined) intervals.push([from, Number.POSITIVE_INFINITY])
  const whole = intervals.length === 1 && intervals[0]![0] === Number.NEGATIVE_INFINITY && intervals[0]![1] === Number.POSITIVE_INFINITY
  const bounded = intervals.every(([low, high]) => Number.isFinite(low) && Number.isFinite(high))
  return { level, kind: whole ? "whole line" : !bounded ? "unbounded" : intervals.length === 1 ? "interval" : "union of intervals", intervals }
}
