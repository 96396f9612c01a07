import { type Fault, type SourceFile, StageFailure } from "@sediment/sediment"
import { CsvError, parse } from "csv-parse/sync"
import { Effect } from "effect"

/** A row of a CSV file. Its number is the one a spreadsheet shows: the header is row 1, and blank rows count. */
export interface CsvRecord {
  readonly row: number
  readonly cells: ReadonlyArray<string>
}
export interface CsvFile {
  readonly path: string
  readonly headers: ReadonlyArray<string>
  readonly records: ReadonlyArray<CsvRecord>
  /** What is wrong with single rows and headers; such rows are not among the records. */
  readonly faults: ReadonlyArray<Fault>
}

/** The first line, from 1, with a byte that UTF-8 does not have there. No byte of a longer UTF-8 character is a line feed, so lines can be tried one by one. */
const firstBadLine = (bytes: Uint8Array): number => {
  const decoder = new TextDecoder("utf-8", { fatal: true })
  let from = 0
  for (let line = 1; ; line++) {
    const feed = bytes.indexOf(10, from)
    const end = feed === -1 ? bytes.length : feed + 1
    try {
      decoder.decode(bytes.subarray(from, end))
    } catch {
      return line
    }
    if (end === bytes.length) return line
    from = end
  }
}

/** A file as text, or the first line that is not UTF-8. */
export const decodeUtf8 = ({ bytes, path }: SourceFile, as = "UTF-8"): Effect.Effect<string, StageFailure> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => {
      const row = firstBadLine(bytes)
      return StageFailure.of("not-utf8", `${path}, line ${row}: not UTF-8; save the file as ${as} (from GB18030, GBK or Latin-1, say)`, {
        file: path,
        row,
        expected: "UTF-8"
      })
    }
  })

const parseRecords = (path: string, text: string): Effect.Effect<ReadonlyArray<ReadonlyArray<string>>, StageFailure> =>
  Effect.try({
    try: () => {
      const rows: ReadonlyArray<ReadonlyArray<string>> = parse(text, { relax_column_count: true, skip_empty_lines: false, trim: true })
      return rows.map((cells) => cells.map((cell) => cell.trim())) // the parser's `trim` leaves quoted cells and ideographic spaces alone
    },
    catch: (error) => {
      // Records before the broken one: an open quote is found at the end of the file, but stands in the row after them.
      const row = error instanceof CsvError && typeof error["records"] === "number" ? error["records"] + 1 : undefined
      const why = error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quote opens and never closes" : (error as Error).message
      return StageFailure.of("csv-syntax", `${path}${row === undefined ? "" : `, row ${row}`}: not CSV: ${why}; correct the quotes`, {
        file: path,
        ...(row === undefined ? {} : { row }),
        expected: "CSV"
      })
    }
  })

/** What a file with another separator than the comma has in its header, which is then one cell. */
const otherSeparators = [
  [";", "semicolons"],
  ["\t", "tabs"],
  ["|", "bars"]
] as const

/** Reads a CSV file: UTF-8 with or without a byte order mark, LF or CRLF, quoted cells; cells are trimmed, and rows without any text are passed over. */
export const readCsv = Effect.fnUntraced(function* (source: SourceFile) {
  const { path } = source
  const [headers = [], ...rows] = yield* parseRecords(path, yield* decodeUtf8(source, "CSV UTF-8"))
  const records = rows.map((cells, i): CsvRecord => ({ row: i + 2, cells })).filter(({ cells }) => cells.some((cell) => cell !== ""))
  if (headers.every((header) => header === "") || records.length === 0)
    return yield* StageFailure.of("empty-file", `${path}: there is nothing below a header; expected a header in row 1 and data from row 2 on`, { file: path })
  const [whole = "", ...furtherHeaders] = headers
  const separator = furtherHeaders.length > 0 ? undefined : otherSeparators.find(([mark]) => whole.includes(mark))
  if (separator !== undefined) {
    const expected = "commas between the cells"
    const message = `${path}, row 1: the cells are separated by ${separator[1]}, expected ${expected}; save the file as comma-separated CSV`
    return yield* StageFailure.of("wrong-separator", message, { file: path, row: 1, value: whole, expected })
  }
  const repeated = headers.flatMap((header, i): ReadonlyArray<Fault> => {
    if (header === "" || headers.indexOf(header) === i) return []
    const message = `${path}, row 1: two columns are headed "${header}"; rename one`
    return [{ code: "duplicate-header", message, where: { file: path, row: 1, column: header } }]
  })
  const ragged = records.filter(({ cells }) => cells.length !== headers.length)
  return {
    path,
    headers,
    records: records.filter(({ cells }) => cells.length === headers.length),
    faults: [
      ...repeated,
      ...ragged.map(({ cells, row }): Fault => {
        const expected = `${headers.length} cells, as in the header`
        const message = `${path}, row ${row}: found ${cells.length} cells, expected ${expected}; quote cells that hold a comma`
        return { code: "ragged-row", message, where: { file: path, row, value: `${cells.length} cells`, expected } }
      })
    ]
  } satisfies CsvFile
})
