import { quantileSorted } from "../../src/stats/quantile.ts"
import { median, type RobustScale, robustScale } from "../../src/stats/robust.ts"
import { type Cell, type CheckedVariable, onScale } from "./checked-variable.ts"
import { type Finding, told } from "./finding.ts"

/** The change from one value to the next, a year's part of it. */
export interface Change {
  readonly entity: string
  readonly from: Cell
  readonly to: Cell
  /** On the scale of the variable's checks, over the years between. */
  readonly change: number
  /** Robust standard deviations from what entities do in that year; 0 where it is apart from that by less than a tenth (of logarithms 10%, else of how far values lie apart). */
  readonly z: number
}

const yearly = (pairs: ReadonlyArray<readonly [year: number, change: number]>): ReadonlyMap<number, ReadonlyArray<number>> => {
  const byYear = new Map<number, Array<number>>()
  for (const [year, change] of pairs) {
    const own = byYear.get(year)
    if (own === undefined) byYear.set(year, [change])
    else own.push(change)
  }
  return byYear
}

/** From the 5th to the 95th percentile of a normal distribution, in standard deviations. */
const NINE_TENTHS = 3.2897072539029435

/** Median and robust scale of changes: these have longer tails than a normal distribution, so that how far nine tenths of them reach counts too, where that is more. */
const changeScale = (apart: ReadonlyArray<number>): RobustScale => {
  const { center, scale } = robustScale(apart)
  const sorted = Float64Array.from(apart).sort()
  return { center, scale: scale === 0 ? 0 : Math.max(scale, (quantileSorted(sorted, 0.95, 7) - quantileSorted(sorted, 0.05, 7)) / NINE_TENTHS) }
}

/** What moves less than this is no jump, however steady all else is. */
const LEAST = 0.1

const leastOf = (variable: CheckedVariable): number =>
  LEAST * (variable.log ? 1 : robustScale(variable.series.flatMap(({ cells }) => cells.map(({ value }) => value))).scale)

/** Years with fewer changes than this have no median of their own. */
const ENTITIES = 5

/**
 * Every change of a variable with its robust z: the median of the year's changes over entities is taken off, so that what happens to all is nobody's jump, and what is left is held against the median absolute deviation of all that is.
 */
export const changesOf = (variable: CheckedVariable): ReadonlyArray<Change> => {
  const raw = variable.series.flatMap(({ cells, entity }) => {
    const known = cells.flatMap((cell) => {
      const at = onScale(variable, cell.value)
      return at === undefined ? [] : [{ cell, at }]
    })
    return known.slice(1).map(({ at, cell }, i) => {
      const before = known[i]!
      return { entity, from: before.cell, to: cell, change: (at - before.at) / (cell.year - before.cell.year) }
    })
  })
  const byYear = yearly(raw.map(({ change, to }) => [to.year, change]))
  const overall = median(raw.map(({ change }) => change))
  const usual = new Map([...byYear].map(([year, own]) => [year, own.length < ENTITIES ? overall : median(own)]))
  const apart = raw.map(({ change, to }) => change - usual.get(to.year)!)
  const { center, scale } = changeScale(apart)
  const least = leastOf(variable)
  return raw.map((one, i) => ({ ...one, z: scale === 0 || Math.abs(apart[i]! - center) < least ? 0 : (apart[i]! - center) / scale }))
}

/** What the values around say of a cell: on the line between them (of logarithms their geometric mean). */
const between = ({ log }: CheckedVariable, before: Cell, after: Cell, year: number): number => {
  const share = (year - before.year) / (after.year - before.year)
  return log ? before.value * (after.value / before.value) ** share : before.value + (after.value - before.value) * share
}

/** Jumps (a change far out of what entities do) and spikes (there and back again: one cell), but for those that `explained` has an explanation of. */
export const changeFindings = (
  variable: CheckedVariable,
  changes: ReadonlyArray<Change>,
  threshold: number,
  explained: (entity: string, year: number) => boolean
): ReadonlyArray<Finding> =>
  changes.flatMap((change, i): ReadonlyArray<Finding> => {
    const { entity, from, to, z } = change
    if (Math.abs(z) <= threshold || explained(entity, to.year)) return []
    const before = changes[i - 1]
    // The way back from a spike is no finding of its own.
    if (before?.entity === entity && Math.abs(before.z) > threshold && before.z * z < 0 && before.to.row === from.row) return []
    const after = changes[i + 1]
    const shared = { variable: variable.name, entity, year: to.year, value: to.value, score: Math.abs(z), severity: "warning" as const }
    if (after?.entity === entity && Math.abs(after.z) > threshold && after.z * z < 0) {
      const expected = between(variable, from, after.to, to.year)
      return [
        {
          ...shared,
          code: "spike",
          expected: `about ${told(expected)}`,
          found: `${told(to.value)}, between ${told(from.value)} in ${from.year} and ${told(after.to.value)} in ${after.to.year} (robust z ${Math.abs(z).toFixed(1)}): expected about ${told(expected)}`,
          remedy: "look at the cell in the source; where it is a misprint correct it with a reason, or leave it empty and interpolate"
        }
      ]
    }
    return [
      {
        ...shared,
        code: "jump",
        expected: `near ${told(from.value)}`,
        found: `from ${told(from.value)} in ${from.year} to ${told(to.value)} (robust z ${Math.abs(z).toFixed(1)})`,
        remedy: "a misprint, a new definition or a new border: look at the source's notes of that year; splice the series where its definition changed"
      }
    ]
  })

/** Years in which all entities move as they do in no other. */
export const breakFindings = (variable: CheckedVariable, changes: ReadonlyArray<Change>, threshold: number): ReadonlyArray<Finding> => {
  const years = [...yearly(changes.map(({ change, to }) => [to.year, change]))]
    .filter(([, own]) => own.length >= ENTITIES)
    .map(([year, own]) => ({ year, count: own.length, middle: median(own) }))
  // A median of a few years says nothing of what is usual.
  if (years.length < 6) return []
  const { center, scale } = robustScale(years.map(({ middle }) => middle))
  if (scale === 0) return []
  const far = Math.max(threshold * scale, leastOf(variable))
  return years
    .filter(({ middle }) => Math.abs(middle - center) > far)
    .map(({ count, middle, year }) => {
      const shown = (change: number) => (variable.log ? `${((Math.exp(change) - 1) * 100).toFixed(1)}%` : told(change))
      return {
        code: "break",
        severity: "warning" as const,
        variable: variable.name,
        entity: "",
        year,
        value: undefined,
        expected: `a median change near ${shown(center)}`,
        score: Math.abs(middle - center) / scale,
        found: `the median of ${count} entities changes by ${shown(middle)}, in other years by ${shown(center)}`,
        remedy: "where the yearbook's definition or unit changed, splice the series at that year; where the economy did, leave it"
      }
    })
}
