/** Rows of years in which an entity was not there: Chongqing before 1997, say. */
import type { Fault } from "@sediment/sediment"
import { integerRanges } from "../integer-ranges.ts"
import type { EntityNames, Existence } from "./entity-names.ts"
import type { Observations } from "./observations.ts"

/** Whether an entity was there in a year; one of which nothing is said always was. */
export const wasThere = (existence: Existence | undefined, year: number): boolean =>
  existence === undefined || (year >= (existence.from ?? year) && year <= (existence.to ?? year))

const inWords = ({ from, to }: Existence): string => (to === undefined ? `from ${from} on` : from === undefined ? `until ${to}` : `from ${from} to ${to}`)

/** One warning of all rows outside of their entity's years: they are kept, since yearbooks tell such series backwards too. */
export const outsideExistence = (path: string, { entity, year }: Observations, names: EntityNames): Fault | undefined => {
  const existence = names.existence()
  if (existence.size === 0) return undefined
  const years = new Map<string, Set<number>>()
  entity.forEach((who, row) => {
    const name = names.entities[who]!
    const when = year[row]!
    if (!wasThere(existence.get(name), when)) years.set(name, (years.get(name) ?? new Set()).add(when))
  })
  if (years.size === 0) return undefined
  const told = [...years].map(
    ([name, found]) => `${name} in ${integerRanges([...found].sort((a, b) => a - b))} (the dictionary has it ${inWords(existence.get(name)!)})`
  )
  const message = `${path}: rows of years in which the entity was not there are kept: ${told.join("; ")}; whether they were told afterwards for its later area, or are of another one, is for you to know`
  return { code: "outside-existence", message, where: { file: path } }
}
