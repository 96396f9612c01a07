import { Fault } from "../fault.ts"

/** Where on the moderator's scale a conditional effect b1 + b3 M differs from zero. */
export interface SignificanceRegion {
  /** Over the observed range of M: significant everywhere, nowhere, between the roots, or outside them. */
  readonly kind: "all" | "none" | "inside" | "outside"
  /** The real roots, ascending, whether observed or not; two, one or none. */
  readonly roots: ReadonlyArray<number>
  /** The intervals of the observed range of M on which the effect is significant. */
  readonly observed: ReadonlyArray<readonly [number, number]>
}

/**
 * The Johnson-Neyman region: the M with (b1 + b3 M)^2 > c^2 (v11 + 2 v13 M + v33 M^2), between or outside the roots of
 * (b3^2 - c^2 v33) M^2 + 2 (b1 b3 - c^2 v13) M + (b1^2 - c^2 v11) = 0, clipped to the observed range.
 *
 * A Fault where a number given is none, or the range has no width.
 *
 * Source: Johnson and Neyman (1936); Bauer and Curran (2005), Multivariate Behavioral Research 40.
 */
export const johnsonNeyman = (
  { b1, b3, v11, v13, v33 }: { readonly b1: number; readonly b3: number; readonly v11: number; readonly v13: number; readonly v33: number },
  critical: number,
  range: readonly [number, number]
): SignificanceRegion => {
  if (![b1, b3, v11, v13, v33, critical, ...range].every(Number.isFinite) || !(range[0] < range[1]))
    throw new Fault(
      "johnson-neyman",
      `slopes, variances, the critical value and the range's two ends, the lower first, are numbers: found ${[b1, b3, v11, v13, v33, critical].join(", ")} and [${range.join(", ")}]`
    )
  const c2 = critical * critical
  const a = b3 * b3 - c2 * v33
  const half = b1 * b3 - c2 * v13
  const c = b1 * b1 - c2 * v11
  const [low, high] = range
  const regions = (): { readonly roots: ReadonlyArray<number>; readonly intervals: ReadonlyArray<readonly [number, number]>; readonly inside: boolean } => {
    const whole = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const
    const discriminant = half * half - a * c
    if (a === 0 && half !== 0) {
      const root = -c / (2 * half)
      return { roots: [root], intervals: [half > 0 ? [root, whole[1]] : [whole[0], root]], inside: false }
    }
    if (a === 0 || discriminant <= 0) return { roots: [], intervals: a > 0 || (a === 0 && c > 0) ? [whole] : [], inside: false }
    // The root that does not cancel, and the other from the product of both.
    const q = -(half + Math.sign(half || 1) * Math.sqrt(discriminant))
    const [first, second] = [q / a, c / q].sort((x, y) => x - y) as [number, number]
    return a > 0
      ? {
          roots: [first, second],
          intervals: [
            [whole[0], first],
            [second, whole[1]]
          ],
          inside: false
        }
      : { roots: [first, second], intervals: [[first, second]], inside: true }
  }
  const { inside, intervals, roots } = regions()
  const observed = intervals.map(([from, to]) => [Math.max(from, low), Math.min(to, high)] as const).filter(([from, to]) => from < to)
  const everywhere = observed.length === 1 && observed[0]![0] === low && observed[0]![1] === high
  return { kind: everywhere ? "all" : observed.length === 0 ? "none" : inside ? "inside" : "outside", roots, observed }
}
