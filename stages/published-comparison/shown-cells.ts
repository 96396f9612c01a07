import type { Fault, Tracked } from "@sediment/sediment"
import { type PrintedNumber, printedNumber } from "../../src/render/printed-number.ts"
import type { PrintedTable, Published } from "../table-types.ts"
import { placeOf } from "../tables/published-numbers.ts"

/** A published number. */
export interface PublishedNumber {
  readonly place: string
  readonly table: string
  readonly column: string
  readonly columnLabel: string
  readonly term: string
  readonly label: string
  readonly kind: string
  readonly text: string
  readonly stars: string
  readonly number: PrintedNumber
}
/** What a run's table prints where a published number stands. */
export interface ShownCell {
  readonly text: string
  /** NaN where the run has nothing. */
  readonly value: number
  readonly stars: string
}

/** The published things that are numbers; words (Yes, +, a note) are not, but have their places. Faults are numbers that the file gives otherwise than it prints them. */
export const publishedRows = (
  tables: ReadonlyArray<Tracked<typeof Published>>
): { readonly numbers: ReadonlyArray<PublishedNumber>; readonly places: ReadonlySet<string>; readonly faults: ReadonlyArray<Fault> } => {
  const faults: Array<Fault> = []
  const places = new Set<string>()
  const numbers = tables.flatMap((published) => {
    const table = published.column("table").values
    const column = published.column("column").values
    const columnLabel = published.column("column_label").values
    const term = published.column("term").values
    const label = published.column("label").values
    const kind = published.column("kind").values
    const text = published.column("text").values
    const stars = published.column("stars").values
    const value = published.column("value").values
    return term.flatMap((name, i): ReadonlyArray<PublishedNumber> => {
      if (name === "") return []
      const place = placeOf(table[i]!, column[i]!, name, kind[i]!)
      if (places.has(place)) {
        const message = `"${place}" is published twice: a term has one number of a kind in a column; name the terms apart, or wire each file of published numbers once`
        faults.push({ code: "published-twice", message, where: { column: "term", value: name } })
      }
      places.add(place)
      const given = value[i]!
      // A rank is printed as a name in its place.
      const number = printedNumber(kind[i] === "rank" ? String(given) : text[i]!, kind[i]!)
      // Without a value, a word (Yes, H1) is told apart from a bound (less than 0.05).
      if (number === undefined || (Number.isNaN(given) && !Number.isNaN(number.value))) return []
      if (!Number.isNaN(given) && !Number.isNaN(number.value) && number.value !== given) {
        const message = `"${place}" has the value ${given} and is printed as "${text[i]}"; the two must be the same number`
        faults.push({ code: "value-is-not-text", message, where: { column: "value", value: String(given) } })
      }
      return [
        {
          place,
          table: table[i]!,
          column: column[i]!,
          columnLabel: columnLabel[i]!,
          term: name,
          label: label[i]!,
          kind: kind[i]!,
          text: text[i]!,
          stars: stars[i]!,
          number
        }
      ]
    })
  })
  return { numbers, places, faults }
}

/** The cells that stand beside published things, by place: the first that has a number, of several tables that show the same thing. */
export const shownCells = (tables: ReadonlyArray<Tracked<typeof PrintedTable>>): ReadonlyMap<string, ShownCell> => {
  const cells = new Map<string, ShownCell>()
  for (const table of tables) {
    const places = table.column("published_place").values
    const texts = table.column("text").values
    const values = table.column("value").values
    places.forEach((place, i) => {
      if (place === null || place === "") return
      const before = cells.get(place)
      if (before !== undefined && !Number.isNaN(before.value)) return
      const text = texts[i]!
      cells.set(place, { text, value: values[i]!, stars: /\*+/.exec(text)?.[0] ?? "" })
    })
  }
  return cells
}
