/** Classes of values, each with a colour of its own. */

import { naturalBreaks } from "./natural-breaks.ts"

export type ClassMethod = "quantile" | "equal" | "natural"

/** Bounds from the least value to the largest: class i has the values from bounds[i] up to below bounds[i + 1], the last one its upper bound too. */
export type Bounds = ReadonlyArray<number>

/** Bounds of at most `count` classes, with as many values in each (quantiles of R's type 7), as wide each, or with values that are as near to each other as can be (natural breaks); fewer where values are the same too often, and none of no values. */
export const classBounds = (values: ReadonlyArray<number | null>, method: ClassMethod, count: number): Bounds => {
  const sorted = values.filter((value): value is number => value !== null).sort((a, b) => a - b)
  if (sorted.length === 0) return []
  const [low, high] = [sorted[0]!, sorted.at(-1)!]
  if (low === high) return [low, high]
  // The largest value may be a class of its own.
  if (method === "natural") return [...naturalBreaks(sorted, count), high]
  const quantile = (share: number): number => {
    const place = (sorted.length - 1) * share
    const below = Math.floor(place)
    return sorted[below]! + ((sorted[below + 1] ?? high) - sorted[below]!) * (place - below)
  }
  const bound = (share: number) => (share === 1 ? high : method === "equal" ? low + share * (high - low) : quantile(share))
  return [...new Set(Array.from({ length: count + 1 }, (_, i) => bound(i / count)))]
}

/** The class of a value, from 0; -1 of none. */
export const classOf = (value: number | null, bounds: Bounds): number => {
  if (value === null || bounds.length < 2) return -1
  const above = bounds.findIndex((bound, i) => i > 0 && value < bound)
  return above === -1 ? bounds.length - 2 : above - 1
}

/** How far a class is from the ground's colour to the full one, in percent. */
export const classShare = (at: number, bounds: Bounds): string => `${Math.round(12 + (88 * at) / Math.max(1, bounds.length - 2))}%`
