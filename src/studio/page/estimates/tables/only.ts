/** Which rows of a table are shown. */
import type { TableCell, TableLine } from "../../../messages/estimates/table.ts"

export const ONLY = {
  all: "everything",
  differs: "only what differs",
  signs: "only other signs",
  stars: "only other stars"
} as const
export type Only = keyof typeof ONLY
export const isOnly = (text: string | undefined): text is Only => text !== undefined && Object.hasOwn(ONLY, text)

const holds: Readonly<Record<Only, (cell: TableCell) => boolean>> = {
  all: () => true,
  differs: ({ signDiffers, starsDiffer, verdict }) => verdict === "beyond" || verdict === "missing" || signDiffers || starsDiffer,
  signs: ({ signDiffers }) => signDiffers,
  stars: ({ starsDiffer }) => starsDiffer
}

/** A line with its row in the table, from 0. */
export interface ShownLine extends TableLine {
  readonly row: number
}

/** The lines of the entries in which any cell is such a one; a standard error stays with its estimate. A heading stands where something under it does. */
export const shownLines = (lines: ReadonlyArray<TableLine>, only: Only): ReadonlyArray<ShownLine> => {
  const numbered = lines.map((line, row): ShownLine => ({ ...line, row }))
  if (only === "all") return numbered
  const entries: Array<Array<ShownLine>> = []
  for (const line of numbered) {
    if (line.lines > 0 || line.heading || entries.length === 0) entries.push([line])
    else entries.at(-1)!.push(line)
  }
  const kept = entries.map((entry) => !entry[0]!.heading && entry.some(({ cells }) => cells.some(holds[only])))
  // From the bottom up: a heading is kept for what is kept below it.
  let below = false
  for (let e = entries.length - 1; e >= 0; e--) {
    if (entries[e]![0]!.heading) {
      kept[e] = below
      below = false
    } else below ||= kept[e]!
  }
  return entries.filter((_, e) => kept[e]).flat()
}
