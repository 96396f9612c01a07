import { StageFailure } from "../../dag/stage.ts"
import type { ReadCell } from "./read-table.ts"

interface CsvRow {
  /** The line that it begins in. */
  readonly place: number
  readonly cells: ReadonlyArray<ReadCell>
}

const QUOTE = '"'
/** In quotes these are texts; without, nothing. */
const MEANS_NOTHING: ReadonlySet<string> = new Set(["", "NA"])

/** The rows of a CSV file that a command has written: UTF-8, commas, quotes doubled inside of quotes. Empty lines are passed over. */
export function* csvRows(bytes: Uint8Array, file: string): Generator<CsvRow> {
  const fail = (what: string, line?: number) =>
    StageFailure.of("unreadable-output", `${file}${line === undefined ? "" : `, line ${line}`}: ${what}`, {
      file,
      ...(line === undefined ? {} : { row: line })
    })
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw fail("found bytes that are not UTF-8: write it in UTF-8")
  }
  let line = 1
  for (let at = 0; at < text.length; ) {
    const place = line
    const feed = text.indexOf("\n", at)
    const end = feed < 0 ? text.length : feed
    const first = text.slice(at, end)
    if (!first.includes(QUOTE)) {
      at = end + 1
      line++
      const bare = first.endsWith("\r") ? first.slice(0, -1) : first
      if (bare !== "") yield { place, cells: bare.split(",") }
      continue
    }
    const cells: Array<ReadCell> = []
    for (let more = true; more; ) {
      if (text[at] !== QUOTE) {
        const next = /[,\n]/g
        next.lastIndex = at
        const stop = next.exec(text)?.index ?? text.length
        const cell = text.slice(at, stop)
        const bare = text[stop] === "," ? cell : cell.replace(/\r$/, "")
        if (bare.includes(QUOTE)) throw fail(`not CSV: a quote inside of the cell ${bare.slice(0, 40)}, which does not begin with one`, line)
        cells.push(bare)
        at = stop
      } else {
        let cell = ""
        for (let from = at + 1; ; ) {
          const close = text.indexOf(QUOTE, from)
          if (close < 0) throw fail("not CSV: a quote opens and never closes", place)
          cell += text.slice(from, close)
          at = close + 1
          if (text[at] !== QUOTE) break
          cell += QUOTE
          from = at + 1
        }
        for (let inside = cell.indexOf("\n"); inside >= 0; inside = cell.indexOf("\n", inside + 1)) line++
        if (text[at] === "\r") at++
        if (at < text.length && text[at] !== "," && text[at] !== "\n")
          throw fail(`not CSV: something follows a quote that closes: ${text.slice(at, at + 20)}`, line)
        cells.push(MEANS_NOTHING.has(cell) ? { quoted: cell } : cell)
      }
      more = text[at] === ","
      at++
    }
    line++
    yield { place, cells }
  }
}
