/** Whether a run's number is what is printed: as the study's comparison says, or else by what rounds to the printed text. */
import { excessOf, printedNumber } from "../../../render/printed-number.ts"
import { numbersOf, textsOf } from "../../../render/stored.ts"
import type { Tally } from "../../messages/estimates/outline.ts"
import type { Verdict } from "../../messages/estimates/table.ts"
import { type Comparison, flagIn, NOTHING } from "./comparisons.ts"
import type { PrintedCellAt } from "./printed-cells.ts"

export interface Judged {
  readonly verdict: Verdict
  readonly signDiffers: boolean
  readonly starsDiffer: boolean
  /** It is a number, and counted as one. */
  readonly counted: boolean
  /** In the comparison, where that says it. */
  readonly row: number | undefined
}

const starsIn = (text: string): string => /\*+/.exec(text)?.[0] ?? ""
const plain = (verdict: Verdict): Judged => ({ verdict, signDiffers: false, starsDiffer: false, counted: false, row: undefined })
const wordsAlike = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** By what is printed alone; `starred`: the published table prints stars. */
const byPrint = ({ place, published, publishedValue, text, value }: PrintedCellAt, starred: boolean): Judged => {
  const kind = place.slice(place.lastIndexOf(" ") + 1)
  // A rank is printed as a name in its place, and a word may have a number in it.
  const number = Number.isNaN(publishedValue) && Number.isNaN(value) ? undefined : printedNumber(published, kind)
  if (number === undefined) return plain(wordsAlike(text, published) ? "rounding" : text === "" ? "missing" : "beyond")
  if (Number.isNaN(value)) return { ...plain("missing"), counted: true }
  const sign = number.low > 0 ? 1 : number.high < 0 ? -1 : 0
  return {
    verdict: excessOf(number, value) === 0 ? "rounding" : "beyond",
    signDiffers: sign !== 0 && value !== 0 && Math.sign(value) !== sign,
    starsDiffer: starred && starsIn(text) !== starsIn(published),
    counted: true,
    row: undefined
  }
}

/** Judges the cells of a table. A comparison is taken at its word where it has seen the very number that the table has now. */
export const judgeOf = (cells: Iterable<PrintedCellAt>, comparison: Comparison | undefined): ((cell: PrintedCellAt) => Judged) => {
  const all = [...cells]
  const starred = all.some(({ published }) => starsIn(published) !== "")
  const outcomes = comparison === undefined ? [] : textsOf(comparison.table, "outcome")
  const seen = comparison === undefined ? [] : numbersOf(comparison.table, "run_value")
  return (cell) => {
    if (cell.published === "") return plain("none")
    const row = comparison?.rows.get(cell.place)
    if (comparison === undefined || row === undefined || !Object.is(seen[row], cell.value)) return byPrint(cell, starred)
    return {
      verdict: outcomes[row] as Verdict,
      signDiffers: flagIn(comparison.table, "sign_differs", row),
      starsDiffer: flagIn(comparison.table, "stars_differ", row),
      counted: true,
      row
    }
  }
}

/** How many numbers of some came to what; null where none is published. */
export const tallied = (judged: Iterable<Judged>): Tally | null => {
  const tally = { ...NOTHING } as { -readonly [name in keyof Tally]: number }
  for (const { counted, signDiffers, starsDiffer, verdict } of judged) {
    if (!counted || verdict === "none") continue
    tally.numbers++
    tally[verdict]++
    if (signDiffers) tally.signs++
    if (starsDiffer) tally.stars++
  }
  return tally.numbers === 0 ? null : tally
}
