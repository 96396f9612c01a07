/** Reads a table's file, whatever its format. */
import { CsvError, parse } from "csv-parse/sync"
import { faultOf } from "./fault-of.ts"
import { type SheetFile, UnreadableFile } from "./sheet.ts"
import { readStata } from "./stata/read-stata.ts"

export interface TableFile {
  readonly path: string
  readonly bytes: Uint8Array
}

/** What a source's description says of its file, where the file itself does not. */
export interface ReadOptions {
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
}

/** A file's sheets; `ragged` where its format leaves out empty cells at the end of a row. */
export interface ReadFile extends SheetFile {
  readonly ragged: boolean
  /** What was told by detection: encoding, delimiter. */
  readonly understood?: Readonly<Record<string, string>>
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

const readCommaSeparated = ({ bytes, path }: TableFile, { delimiter }: ReadOptions): SheetFile => {
  let text: string
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    const row = firstBadLine(bytes)
    throw new UnreadableFile([faultOf(path, "not-utf8", `not UTF-8 in line ${row}; save the file as CSV UTF-8 (from GB18030, GBK or Latin-1, say)`, { row })])
  }
  const [first = ""] = text.split("\n", 1)
  const separator = delimiter ?? [",", ";", "\t", "|"].find((mark) => first.includes(mark)) ?? ","
  try {
    const rows: ReadonlyArray<ReadonlyArray<string>> = parse(text, { delimiter: separator, relax_column_count: true, trim: true })
    return { sheets: [{ name: "", merged: [], rows: rows.map((cells, i) => ({ row: i + 1, cells: cells.map((cell) => cell.trim()) })) }], warnings: [] }
  } catch (error) {
    // Records before the broken one: an open quote is found at the end of the file, but stands in the row after them.
    const row = error instanceof CsvError && typeof error["records"] === "number" ? error["records"] + 1 : undefined
    const why = error instanceof CsvError && error.code === "CSV_QUOTE_NOT_CLOSED" ? "a quote opens and never closes" : (error as Error).message
    const message = `not CSV${row === undefined ? "" : `, row ${row}`}: ${why}; correct the quotes`
    throw new UnreadableFile([faultOf(path, "csv-syntax", message, row === undefined ? {} : { row })])
  }
}

const begins = (bytes: Uint8Array, text: string): boolean => Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0))

/** Reads a file by what it begins with, or else by its ending. Rejects with UnreadableFile. */
export const readSheets = async (file: TableFile, options: ReadOptions): Promise<ReadFile> => {
  const { bytes, path } = file
  if (begins(bytes, "<stata_dta>") || /\.dta$/i.test(path)) return { ...(await readStata(file, options)), ragged: false }
  return { ...readCommaSeparated(file, options), ragged: false }
}
