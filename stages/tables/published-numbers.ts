import type { Tracked } from "@sediment/sediment"
import type { Published } from "../table-types.ts"
import type { PublishedCell } from "./draft.ts"

/** Looks up what is printed for a term: in a column, or (column undefined) in any; the first of the kinds that is there. */
export type PublishedNumbers = (column: string | undefined, term: string, kinds: ReadonlyArray<string>) => PublishedCell | undefined

/** A name of a printed thing, alike in a table of published numbers and in a table that shows it: "4.1 coagglo estimate". */
export const placeOf = (table: string, column: string, term: string, kind: string): string => `${table}.${column} ${term} ${kind}`

/** Stars stand close to the number here, whatever the typesetter left between them. */
const closed = (text: string): string => text.replace(/ +(\*+)$/, "$1")

export const publishedNumbers = (tables: ReadonlyArray<Tracked<typeof Published>>): PublishedNumbers => {
  const cells = new Map<string, PublishedCell>()
  const key = (column: string | undefined, term: string, kind: string) => JSON.stringify([column ?? null, term, kind])
  for (const table of tables) {
    const number = table.column("table").values
    const column = table.column("column").values
    const term = table.column("term").values
    const kind = table.column("kind").values
    const value = table.column("value").values
    const text = table.column("text").values
    term.forEach((name, i) => {
      if (name === "") return
      const cell = { text: closed(text[i]!), value: value[i]!, place: placeOf(number[i]!, column[i]!, name, kind[i]!) }
      for (const at of [column[i]!, undefined]) {
        const place = key(at, name, kind[i]!)
        if (!cells.has(place)) cells.set(place, cell)
      }
    })
  }
  return (column, term, kinds) => {
    for (const kind of kinds) {
      const found = cells.get(key(column, term, kind))
      if (found !== undefined) return found
    }
    return undefined
  }
}
