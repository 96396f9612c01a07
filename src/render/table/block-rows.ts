import { type Entry, entriesOf } from "./entries.ts"
import type { PrintedRow } from "./printed-layout.ts"

/**
 * Which rows a block of some of a table's columns shows, and whether a thin rule stands above each. What has no cell in the block, of the run or of the
 * paper, is left out with its second line; a heading stands where something under it does. What has no cell in any column stands in the first block.
 */
export const blockRows = (
  rows: ReadonlyArray<PrintedRow>,
  block: ReadonlyArray<number>,
  first: boolean
): ReadonlyArray<{ readonly row: number; readonly ruled: boolean }> => {
  const filled = ({ cells }: PrintedRow, columns: Iterable<number> = cells.keys()) =>
    [...columns].some((column) => cells[column]!.text !== "" || cells[column]!.published !== "")
  const entries = entriesOf(rows, filled)
  const lines = ({ from, to }: Entry) => rows.slice(from, to)
  const shown = entries.map((entry) => lines(entry).some((row) => filled(row, block)) || (first && !lines(entry).some((row) => filled(row))))
  // From the bottom up: a heading, and one right above another, stands for what is between it and the next.
  let below = false
  let any = false
  for (let e = entries.length - 1; e >= 0; e--) {
    if (entries[e]!.heading) shown[e] = below || (first && !any)
    else {
      const last = entries[e + 1]?.heading !== false
      below = shown[e]! || (!last && below)
      any = true
    }
  }
  let started = false
  let ruled = false
  return entries.flatMap((entry, e) => {
    ruled ||= rows[entry.from]!.ruled
    if (!shown[e]) return []
    const above = ruled && started
    ruled = false
    started = true
    return lines(entry).map((_, i) => ({ row: entry.from + i, ruled: i === 0 && above }))
  })
}
