/** How what differs is written, wherever a difference is told. */
import type { Estimate, EstimateChange } from "../engine/diff/compare-estimates.ts"
import type { ColumnChange, RowKey } from "../engine/diff/compare-tables.ts"
import type { Cell } from "../engine/diff/match-rows.ts"
import { count } from "../engine/wording.ts"
import { plain } from "../render/monospace.ts"
import { parentheses, significant } from "../render/numbers.ts"

/** Significant digits of a number that is told. */
export const DIGITS = 4

/** Two numbers that differ, with so many digits that it shows. */
export const apart = (inDigits: (digits: number) => readonly [string, string]): readonly [string, string] => {
  for (let digits = DIGITS; digits < 17; digits++) {
    const [before, after] = inDigits(digits)
    if (before !== after) return [before, after]
  }
  return inDigits(17)
}

/** A cell, in so many digits. */
export const cellInWords = (cell: Cell, digits = DIGITS): string => {
  if (cell === null) return "(missing)"
  const text = typeof cell === "number" ? significant(cell, digits) : plain(String(cell))
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}

/** What a row is about: `coagglo, ami`; a row that is known by nothing but its position, `row 3`. */
export const keyInWords = (key: RowKey): string => {
  const entries = Object.entries(key)
  return entries.length === 1 && entries[0]![0] === "row" ? `row ${entries[0]![1]}` : entries.map(([, cell]) => cellInWords(cell)).join(", ")
}

/** A column's change: what of it may be cut, and what may not. A page has an arrow that a terminal may lack. */
export const changeInWords = ({ cells, column, largest }: ColumnChange, arrow: "->" | "→" = "->"): { readonly label: string; readonly numbers: string } => {
  const place = keyInWords(largest.row)
  const where = place === "row 1" && cells === 1 ? "" : `, ${cells === 1 ? "" : "most "}at ${place}`
  const [before, after] = apart((digits) => [cellInWords(largest.before, digits), cellInWords(largest.after, digits)])
  return { label: `${column}: ${count(cells, "cell")}${where}`, numbers: `: ${before} ${arrow} ${after}` }
}

/** `gov: 12 cells, most at Beijing, 2003: 0.2 -> 0.3`. */
export const cellsInWords = (change: ColumnChange, arrow: "->" | "→" = "->"): string => {
  const { label, numbers } = changeInWords(change, arrow)
  return `${label}${numbers}`
}

/** What matters of a change, in a word or two. */
export const remark = ({ after, before, signFlipped, starsGained }: EstimateChange): string => {
  if (before === null) return "new"
  if (after === null) return "gone"
  const stars = starsGained ?? 0
  return [...(signFlipped ? ["sign flipped"] : []), ...(stars === 0 ? [] : [`${stars > 0 ? "gained" : "lost"} ${"*".repeat(Math.abs(stars))}`])].join(", ")
}

/** `0.130** (0.051)`; "(none)" where there is no estimate. */
export const estimateInWords = (one: Estimate | null, digits: number): string =>
  one === null || one.estimate === null
    ? "(none)"
    : `${significant(one.estimate, digits)}${"*".repeat(one.stars)} ${parentheses(one.std_error === null ? "" : significant(one.std_error, digits))}`.trim()
