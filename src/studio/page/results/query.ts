import { addressOf, goTo, type Route } from "../route.ts"

/** What of a picture is in its address, and how it is changed. */
export interface Query {
  readonly get: (name: string) => string | undefined
  /** Sets some, and takes away those that are undefined. `replace`, unless told otherwise, leaves no step to go back to. */
  readonly set: (changes: Readonly<Record<string, string | undefined>>, how?: "push" | "replace") => void
}

export const queryOf = (study: string, { query, rest }: Route): Query => ({
  get: (name) => query[name],
  set: (changes, how = "replace") => {
    const next = Object.entries({ ...query, ...changes }).filter((entry): entry is [string, string] => entry[1] !== undefined)
    goTo(addressOf(study, "results", rest, Object.fromEntries(next)), how)
  }
})
