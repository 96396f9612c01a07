import { CsvError, parse } from "csv-parse/sync"
import { StageFailure } from "../../dag/stage.ts"
import type { ReadRow, TextCell } from "./cells-of-kind.ts"

/** The rows of a CSV file that a command has written: UTF-8, commas, quotes doubled. A quoted cell is told apart: NA in quotes is a text. */
export const csvRows = (bytes: Uint8Array, file: string): ReadonlyArray<ReadRow> => {
  const fail = (what: string, row?: number) =>
    StageFailure.of("unreadable-output", `${file}${row === undefined ? "" : `, line ${row}`}: ${what}`, { file, ...(row === undefined ? {} : { row }) })
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    throw fail("found bytes that are not UTF-8: write it in UTF-8")
  }
  try {
    const lines: Array<number> = []
    const rows = parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      cast: (cell, { quoting }): TextCell => ({ text: cell, quoted: quoting }),
      on_record: (record, { lines: line }) => {
        lines.push(line)
        return record
      }
    }) as unknown as ReadonlyArray<ReadonlyArray<TextCell>>
    return rows.map((cells, i) => ({ place: lines[i]!, cells }))
  } catch (error) {
    const line = error instanceof CsvError && typeof error["lines"] === "number" ? error["lines"] : undefined
    const why = error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quote opens and never closes" : (error as Error).message
    throw fail(`not CSV: ${why}`, line)
  }
}
