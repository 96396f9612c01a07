/** Reading a panel as it was answered: a rectangle of entities by years. */
import type { Grouping, PanelSeries, PanelVariable } from "../../messages/results.ts"

/** The values of one entity, a year each. */
export const seriesOf = ({ values, years }: PanelSeries, entity: number): ReadonlyArray<number | null> =>
  values.slice(entity * years.length, (entity + 1) * years.length)

/** The values of one year, an entity each. */
export const yearOf = ({ entities, values, years }: PanelSeries, year: number): ReadonlyArray<number | null> => {
  const at = years.indexOf(year)
  return entities.map((_, entity) => values[entity * years.length + at] ?? null)
}

/** The smallest and the largest of what is there; undefined where nothing is. */
export const extentOf = (values: ReadonlyArray<number | null>): readonly [low: number, high: number] | undefined => {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value === null) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return low > high ? undefined : [low, high]
}

/** Ranks of values, 1 for the largest; equal ones share the rank of the first, and what is missing has none. */
export const ranksOf = (values: ReadonlyArray<number | null>): ReadonlyArray<number | null> => {
  const sorted = values.filter((value): value is number => value !== null).sort((a, b) => b - a)
  const rank = new Map<number, number>()
  for (const [place, value] of sorted.entries()) if (!rank.has(value)) rank.set(value, place + 1)
  return values.map((value) => (value === null ? null : rank.get(value)!))
}

/** The quantile of sorted numbers, between order statistics (R's type 7). */
const quantile = (sorted: ReadonlyArray<number>, p: number): number => {
  const place = (sorted.length - 1) * p
  const below = Math.floor(place)
  const low = sorted[below]!
  return low + ((sorted[below + 1] ?? low) - low) * (place - below)
}

/** Where most entities are, year by year: the median, and the band from the 10th to the 90th percentile. */
export const middleOf = (panel: PanelSeries): ReadonlyArray<{ readonly median: number; readonly low: number; readonly high: number } | null> =>
  panel.years.map((year) => {
    const there = yearOf(panel, year)
      .filter((value): value is number => value !== null)
      .sort((a, b) => a - b)
    return there.length === 0 ? null : { median: quantile(there, 0.5), low: quantile(there, 0.1), high: quantile(there, 0.9) }
  })

/** A variable with its unit, as an axis has it. */
export const withUnit = ({ name, unit }: PanelVariable): string => (unit === "" ? name : `${name} (${unit})`)

export const groupingNamed = ({ groupings }: PanelSeries, name: string | undefined): Grouping | undefined => groupings.find((one) => one.name === name)

const last = (values: ReadonlyArray<number | null>): number => values.findLast((value) => value !== null) ?? Number.NEGATIVE_INFINITY

export const orders = [
  { value: "value", text: "by value" },
  { value: "change", text: "by change" },
  { value: "name", text: "by name" }
] as const

/** The places of the entities in an order: by their value in a year (or the last that they have), by how it changed from the first year that they have, by name, or by a group and then the value. */
export const ordered = (panel: PanelSeries, by: string, year: number): ReadonlyArray<number> => {
  const { entities } = panel
  const places = [...entities.keys()]
  const at = yearOf(panel, year)
  const valueThen = (entity: number) => at[entity] ?? last(seriesOf(panel, entity))
  const changeOf = (entity: number) => {
    const first = seriesOf(panel, entity).find((value) => value !== null)
    return first === undefined || first === null ? Number.NEGATIVE_INFINITY : valueThen(entity) - first
  }
  const grouping = groupingNamed(panel, by)
  if (by === "name") return places.sort((a, b) => entities[a]!.localeCompare(entities[b]!))
  if (by === "change") return places.sort((a, b) => changeOf(b) - changeOf(a))
  if (grouping !== undefined) return places.sort((a, b) => grouping.of[a]!.localeCompare(grouping.of[b]!) || valueThen(b) - valueThen(a))
  return places.sort((a, b) => valueThen(b) - valueThen(a))
}
