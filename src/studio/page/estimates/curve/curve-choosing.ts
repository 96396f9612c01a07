/** Which specifications are shown, and in which order: kept in the address. */
import type { CurveData } from "./curve-data.ts"

/** Options that are kept, by the choice's position; a choice that is not named keeps all. */
export type Kept = ReadonlyMap<number, ReadonlySet<number>>

/** "model:baseline,lagged;sample:all", each part as in an address. */
export const keptText = (kept: Kept, { choices }: Pick<CurveData, "choices">): string =>
  [...kept]
    .filter(([, options]) => options.size > 0)
    .map(([c, options]) => `${encodeURIComponent(choices[c]!.choice)}:${[...options].map((o) => encodeURIComponent(choices[c]!.options[o]!)).join(",")}`)
    .join(";")

export const keptIn = (text: string | undefined, { choices }: Pick<CurveData, "choices">): Kept =>
  new Map(
    (text ?? "").split(";").flatMap((part): ReadonlyArray<[number, ReadonlySet<number>]> => {
      const [name = "", options = ""] = part.split(":")
      const c = choices.findIndex(({ choice }) => encodeURIComponent(choice) === name)
      if (c === -1) return []
      const own = options.split(",").flatMap((option) => {
        const o = choices[c]!.options.findIndex((each) => encodeURIComponent(each) === option)
        return o === -1 ? [] : [o]
      })
      return own.length === 0 ? [] : [[c, new Set(own)]]
    })
  )

/** An option taken or left: the first that is taken of a choice is the only one, the last that is left brings all back. */
export const toggled = (kept: Kept, choice: number, option: number): Kept => {
  const own = new Set(kept.get(choice) ?? [])
  if (!own.delete(option)) own.add(option)
  const next = new Map(kept)
  if (own.size === 0) next.delete(choice)
  else next.set(choice, own)
  return next
}

/** The positions of what is kept: by estimate, or by the options of a choice and then by estimate. */
export const shownOrder = ({ choices, specifications }: CurveData, kept: Kept, sort: string): ReadonlyArray<number> => {
  const by = choices.findIndex(({ choice }) => choice === sort)
  const shown = [...specifications.keys()].filter((i) => [...kept].every(([c, options]) => options.has(specifications[i]!.options[c]!)))
  const byEstimate = (a: number, b: number) => specifications[a]!.estimate - specifications[b]!.estimate
  return shown.sort((a, b) => (by === -1 ? 0 : specifications[a]!.options[by]! - specifications[b]!.options[by]!) || byEstimate(a, b))
}

/** The middle of some numbers; undefined of none. */
export const medianOf = (values: ReadonlyArray<number>): number | undefined => {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length === 0 ? undefined : sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1]! + sorted[half]!) / 2
}
