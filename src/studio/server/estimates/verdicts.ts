/** Whether a run's number is what is printed: as the study's comparison says, or else by what rounds to the printed text. */
import { excessOf, printedNumber } from "../../../render/printed-number.ts"
import { textsOf } from "../../../render/stored.ts"
import type { Tally } from "../../messages/estimates/outline.ts"
import { Verdict } from "../../messages/estimates/table.ts"
import { type Comparison, flagIn, NOTHING } from "./comparisons.ts"
import type { PrintedCellAt } from "./printed-cells.ts"
import { numbers, texts } from "./table-columns.ts"

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

/** What a comparison saw. */
type Seen = Pick<Comparison, "table" | "rows">

/** Whether a row of a comparison is about the very numbers and stars that a cell has now: the run's, and what is published. */
const sawIn = ({ table }: Seen): ((row: number, cell: PrintedCellAt) => boolean) => {
  const [run, low, high] = ["run_value", "published_low", "published_high"].map((name) => numbers(table, name)) as [NumberAt, NumberAt, NumberAt]
  const [kind, starsRun, starsPublished] = ["kind", "stars_run", "stars_published"].map((name) => texts(table, name)) as [TextAt, TextAt, TextAt]
  const same = (a: number | null, b: number) => Object.is(a, Number.isFinite(b) ? b : null)
  return (row, { published, text, value }) => {
    const printed = printedNumber(published, kind(row))
    const numbersSame = printed !== undefined && same(run(row), value) && same(low(row), printed.low) && same(high(row), printed.high)
    return numbersSame && (!flagIn(table, "stars_compared", row) || (starsRun(row) === starsIn(text) && starsPublished(row) === starsIn(published)))
  }
}
type NumberAt = (row: number) => number | null
type TextAt = (row: number) => string

/** Judges the cells of a table. A comparison is taken at its word where it has seen the very numbers that stand there now. */
export const judgeOf = (cells: Iterable<PrintedCellAt>, comparison: Seen | undefined): ((cell: PrintedCellAt) => Judged) => {
  const all = [...cells]
  const starred = all.some(({ published }) => starsIn(published) !== "")
  const outcomes = comparison === undefined ? [] : textsOf(comparison.table, "outcome")
  const saw = comparison === undefined ? () => false : sawIn(comparison)
  return (cell) => {
    if (cell.published === "") return plain("none")
    const row = comparison?.rows.get(cell.place)
    const verdict = row === undefined ? undefined : Verdict.literals.find((one) => one === outcomes[row])
    if (comparison === undefined || row === undefined || verdict === undefined || !saw(row, cell)) return byPrint(cell, starred)
    return {
      verdict,
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
