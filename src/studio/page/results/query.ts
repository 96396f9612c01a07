import { addressOf, goTo, type Route } from "../route.ts"

/** What of a picture is in its address, and how it is changed. */
export interface Query {
  readonly get: (name: string) => string | undefined
  /** Sets some, and takes away those that are undefined; one can go back to what was before, unless it is replaced. */
  readonly set: (changes: Readonly<Record<string, string | undefined>>, how?: "push" | "replace") => void
}

export const queryOf = (study: string, { query, rest }: Route): Query => ({
  get: (name) => query[name],
  set: (changes, how = "push") => {
    // What is shown may be a moment behind the address: what was chosen just before is kept.
    const now = Object.fromEntries(new URLSearchParams(location.hash.split("?")[1] ?? ""))
    const next = Object.entries({ ...now, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined)
    goTo(addressOf(study, "results", rest, Object.fromEntries(next)), how)
  }
})

/** Which year and entity of a table an address names. */
export interface Chosen {
  /** The year that is named, or the last. */
  readonly year: number
  /** The place of the entity that is named. */
  readonly entity: number | undefined
  /** Chooses an entity; the chosen one is let go when it is chosen again. */
  readonly setEntity: (entity: number | undefined) => void
  readonly setYear: (year: number) => void
}

export const chosenIn = (query: Query, entities: ReadonlyArray<string>, years: ReadonlyArray<number>): Chosen => {
  const asked = Number(query.get("year"))
  const found = entities.indexOf(query.get("entity") ?? "")
  const entity = found < 0 ? undefined : found
  return {
    year: years.includes(asked) ? asked : (years.at(-1) ?? asked),
    entity,
    setEntity: (chosen) => query.set({ entity: chosen === undefined || chosen === entity ? undefined : entities[chosen] }),
    setYear: (year) => query.set({ year: String(year) }, "replace")
  }
}
