/** An effect's confidence interval at a value of the moderator. */
export interface GridPoint {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface GridRegion {
  /** Over the grid's range: significant everywhere, nowhere, in one inner interval (inside), or otherwise (outside). */
  readonly kind: "all" | "none" | "inside" | "outside"
  /** Where the effect becomes significant or ceases to be, ascending. */
  readonly roots: ReadonlyArray<number>
  readonly observed: ReadonlyArray<readonly [number, number]>
}

/** The side on which the interval excludes zero, or 0. */
const side = (point: GridPoint): number => (point.low > 0 ? 1 : point.high < 0 ? -1 : 0)

/**
 * Where on a grid of the moderator, ascending, an effect's confidence interval excludes zero: the Johnson-Neyman region of an effect whose intervals have no
 * formula, such as a bootstrap's of an indirect effect. Between a point inside and one outside, the limit is taken to be linear in the moderator. Two
 * neighbouring points significant with different signs have an insignificant stretch between them.
 */
export const gridRegion = (points: ReadonlyArray<GridPoint>): GridRegion => {
  const crossing = (a: GridPoint, b: GridPoint, fa: number, fb: number): number => a.value + ((b.value - a.value) * fa) / (fa - fb)
  const observed: Array<readonly [number, number]> = []
  const roots: Array<number> = []
  let from: number | undefined = points[0] !== undefined && side(points[0]) !== 0 ? points[0].value : undefined
  const close = (at: number): void => {
    observed.push([from!, at])
    from = undefined
  }
  for (const [i, b] of points.entries()) {
    const a = points[i - 1]
    if (a === undefined) continue
    const [sa, sb] = [side(a), side(b)]
    if (sa === sb) continue
    if (sa !== 0) {
      const at = sa > 0 ? crossing(a, b, a.low, b.low) : crossing(a, b, a.high, b.high)
      roots.push(at)
      close(at)
    }
    if (sb !== 0) {
      const at = sb > 0 ? crossing(a, b, a.low, b.low) : crossing(a, b, a.high, b.high)
      roots.push(at)
      from = at
    }
  }
  const last = points.at(-1)
  if (from !== undefined && last !== undefined) close(last.value)
  const whole = roots.length === 0 && observed.length === 1
  const inner = observed.length === 1 && observed[0]![0] > points[0]!.value && observed[0]![1] < last!.value
  return { kind: whole ? "all" : observed.length === 0 ? "none" : inner ? "inside" : "outside", roots, observed }
}
