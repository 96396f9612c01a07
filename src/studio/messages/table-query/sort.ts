/** The order of a table's rows, as a text that stands in the address: `province, -year`. What is missing stands last, either way. */
import { QueryFault, wordsOf, written } from "./words.ts"

export interface SortKey {
  readonly column: string
  readonly descending: boolean
}

/** Reads an order; throws a QueryFault that says in words what is wrong. */
export const readSort = (text: string): ReadonlyArray<SortKey> => {
  const keys: Array<SortKey> = []
  const words = wordsOf(text)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!word.quoted && word.text === ",") throw new QueryFault(`the order ${text}: a column's name is missing before a comma`)
    const descending = !word.quoted && word.text.startsWith("-")
    const next = words[i + 1]
    // The minus of a name in quotes is a word of its own.
    const column = descending && word.text === "-" && next?.quoted === true ? words[++i]!.text : descending ? word.text.slice(1) : word.text
    if (column === "") throw new QueryFault(`the order ${text}: a column's name is missing after -`)
    if (keys.some((key) => key.column === column)) throw new QueryFault(`the order ${text}: ${column} stands in it twice`)
    keys.push({ column, descending })
    const comma = words[i + 1]
    if (comma === undefined) break
    if (comma.quoted || comma.text !== ",") throw new QueryFault(`the order ${text}: columns are parted by commas, and ${comma.text} stands where one should`)
    if (++i === words.length - 1) throw new QueryFault(`the order ${text}: a column's name is missing after the last comma`)
  }
  return keys
}

/** An order as `readSort` reads it. */
export const writeSort = (keys: ReadonlyArray<SortKey>): string => keys.map(({ column, descending }) => `${descending ? "-" : ""}${written(column)}`).join(", ")

/** What a click on a header makes of an order: ascending, descending, and as the artifact has it. `beside`: the other keys stay; otherwise it is alone, ascending first. */
export const sortedBy = (keys: ReadonlyArray<SortKey>, column: string, beside: boolean): ReadonlyArray<SortKey> => {
  const now = beside || keys.length === 1 ? keys.find((key) => key.column === column) : undefined
  const next = now === undefined ? [{ column, descending: false }] : now.descending ? [] : [{ column, descending: true }]
  if (!beside) return next
  return now === undefined ? [...keys, ...next] : keys.flatMap((key) => (key.column === column ? next : [key]))
}
