import { faultOf } from "../fault-of.ts"
import { UnreadableFile } from "../sheet.ts"
import { rowsOf } from "./rows.ts"

/** Delimiters that are told by what a file has, with what they are called. */
const CANDIDATES: ReadonlyArray<readonly [delimiter: string, name: string]> = [
  [",", "commas"],
  ["\t", "tabs"],
  [";", "semicolons"],
  ["|", "bars"],
  ["，", "full-width commas"]
]
const FULL_WIDTH_COMMA = "，"

/** Rows that are looked at. */
const ROWS = 500

/** What a text looks like when a delimiter is taken. */
interface Reading {
  readonly delimiter: string
  readonly name: string
  readonly rows: number
  /** The number of cells that most rows with more than one have, and how many these are. */
  readonly width: number
  readonly alike: number
  readonly cells: ReadonlyArray<string>
}

/** A number as it is written: a comma in it separates nothing. */
const NUMBER = /^[-+−]?[\d.,'\s]+[%％]?$/

const readAs = (sample: string, delimiter: string, name: string, quote: string): Reading | undefined => {
  const rows: Array<ReadonlyArray<unknown>> = []
  try {
    for (const { cells } of rowsOf("", [sample], { delimiter, quote })) if (rows.push(cells) === ROWS) break
  } catch {
    // A quote that is not one under this delimiter, or is broken: what comes before it counts.
  }
  const widths = new Map<number, number>()
  for (const { length } of rows) if (length > 1) widths.set(length, (widths.get(length) ?? 0) + 1)
  const [most] = [...widths].sort(([a, of], [b, than]) => than - of || b - a)
  if (most === undefined) return undefined
  const cells = rows.filter(({ length }) => length === most[0]).flatMap((row) => row.filter((cell): cell is string => typeof cell === "string"))
  return { delimiter, name, rows: rows.length, width: most[0], alike: most[1], cells: cells.slice(0, 20_000) }
}

/** Whether a delimiter may be one at all: half of the rows have the same number of cells, or two that have three and more do. */
const isPossible = ({ alike, delimiter, rows, width }: Reading): boolean =>
  // In Chinese sentences full-width commas stand as commas do in English ones.
  delimiter === FULL_WIDTH_COMMA ? alike >= 0.9 * rows : alike >= 0.5 * rows || (alike >= 2 && width >= 3)

/** How well a delimiter explains a text: the share of rows that are alike, times the share of their cells in which no other possible delimiter is left. */
const scoreOf = (reading: Reading, others: ReadonlyArray<Reading>): number => {
  const marks = others.flatMap(({ delimiter }) => (delimiter === reading.delimiter ? [] : [delimiter]))
  const clean = reading.cells.filter((cell) => NUMBER.test(cell) || !marks.some((mark) => cell.includes(mark))).length
  return (reading.alike / reading.rows) * (clean / Math.max(1, reading.cells.length))
}

const times = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`

/** The delimiter of a text by its first rows. Throws UnreadableFile, which says the candidates, where no one explains them much better than the others. */
export const delimiterOf = (path: string, sample: string, quote: string): string => {
  const found = CANDIDATES.flatMap(([delimiter, name]) => readAs(sample, delimiter, name, quote) ?? [])
  const possible = found.filter(isPossible)
  const scored = possible.map((reading) => ({ reading, score: scoreOf(reading, possible) })).sort((a, b) => b.score - a.score)
  const [best, second] = scored
  if (best !== undefined && best.score > 0 && best.score >= 1.25 * (second?.score ?? 0)) return best.reading.delimiter
  // Such a name says what would separate a second column.
  const [, ending] = /\.([ct])sv$/i.exec(path) ?? []
  if (found.length === 0 && ending !== undefined) return ending.toLowerCase() === "c" ? "," : "\t"
  const seen = found.map(({ alike, name, rows, width }) => `${name} (${alike} of ${times(rows, "row")} with ${width} cells)`)
  const message =
    seen.length === 0
      ? `no delimiter: found none of ${CANDIDATES.map(([, name]) => name).join(", ")} in the first rows; say delimiter if there is another one, or delimiter: "," if the table has only one column`
      : `its delimiter cannot be told: found ${seen.join("; ")}; say which one it is, such as delimiter: ${JSON.stringify((scored[0]?.reading ?? found[0]!).delimiter)}`
  throw new UnreadableFile([faultOf(path, "unknown-delimiter", message, { parameter: "delimiter", expected: "one delimiter" })])
}
