import { faultOf } from "../fault-of.ts"
import type { FileContent } from "../file-content.ts"
import { type SheetFile, type SheetRow, UnreadableFile } from "../sheet.ts"
import { delimiterOf } from "./delimiter.ts"
import { decoded, type Encoding, encodingOf } from "./encoding.ts"
import { otherFormat } from "./encoding-faults.ts"
import { type Dialect, rowsOf } from "./rows.ts"

export interface TextOptions {
  /** The encoding as the web calls it, such as `gb18030`, `utf-16le`, `big5` or `windows-1252`; without it, it is told by detection. */
  readonly encoding?: string | undefined
  /** The one character between cells, or `tab`; without it, it is told by detection. */
  readonly delimiter?: string | undefined
  /** The one character around cells that hold a delimiter or a line break: `"` without it; "" where nothing is quoted. */
  readonly quote?: string | undefined
}

/** Characters of text by whose first rows the delimiter is told. */
const SAMPLE = 1 << 20

/** The first line that says the delimiter, as Excel takes it: no row of the table. */
const SAYS_DELIMITER = /^"?sep=([^\r\n])"?(\r\n|\r|\n|$)/i

/** How a page of a statistical office begins that calls itself a table. */
const MARKUP = /^\s*<(?:!doctype|html|head|meta|table|\?xml)\b/i

/** Text without its first characters. */
function* without(pieces: Iterable<string>, length: number): Generator<string> {
  let left = length
  for (const piece of pieces) {
    yield left === 0 ? piece : piece.slice(left)
    left = Math.max(0, left - piece.length)
  }
}

const sampleOf = (file: FileContent, encoding: Encoding): string => {
  let sample = ""
  for (const piece of decoded(file, encoding)) {
    sample += piece
    if (sample.length > SAMPLE) break
  }
  return sample
}

/** The sample without the row that it cuts off, if there are others. */
const wholeRows = (sample: string): string => {
  if (sample.length <= SAMPLE) return sample
  const end = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"))
  return end > 0 ? sample.slice(0, end + 1) : sample
}

/** What the options say, checked. */
const saidOf = (path: string, { delimiter, quote = '"' }: TextOptions): Partial<Dialect> & Pick<Dialect, "quote"> => {
  const said = delimiter === "tab" ? "\t" : delimiter
  const faults = [
    ...(said === undefined || (said.length === 1 && !/[\r\n]/.test(said))
      ? []
      : [faultOf(path, "bad-option", `delimiter is ${JSON.stringify(delimiter)}; expected one character, or "tab"`, { parameter: "delimiter", value: said })]),
    ...(quote.length <= 1 && !/[\r\n]/.test(quote) && (quote === "" || quote !== said)
      ? []
      : [
          faultOf(path, "bad-option", `quote is ${JSON.stringify(quote)}; expected one character that is not the delimiter, or "" where nothing is quoted`, {
            parameter: "quote",
            value: quote
          })
        ])
  ]
  if (faults.length > 0) throw new UnreadableFile(faults)
  return said === undefined ? { quote } : { delimiter: said, quote }
}

/**
 * Reads delimited text: one sheet, whose cells are texts without spaces around them, or nothing. Rows are made as they are asked for, of a file that has
 * pieces in little memory; they may have different numbers of cells. A row is what a spreadsheet shows as one: a quoted cell may have line breaks, blank rows
 * count and are left out, a first line `sep=;` does not count. Rejects with UnreadableFile where the encoding or the delimiter cannot be told; what is
 * wrong within the text (an open quote, a zero byte, a byte that a named encoding does not have) is thrown when its row is asked for.
 */
export const readText = async (file: FileContent, options: TextOptions = {}): Promise<SheetFile> => {
  const { path } = file
  const said = saidOf(path, options)
  const encoding = encodingOf(file, options.encoding)
  const sample = sampleOf(file, encoding)
  if (MARKUP.test(sample)) {
    const message = "this is a web page or XML, not text with delimiters; open it in a spreadsheet, and save it as .xlsx or CSV UTF-8"
    throw new UnreadableFile([faultOf(path, "not-text", message, { expected: "delimited text" })])
  }
  const says = SAYS_DELIMITER.exec(sample)
  const skip = says?.[0].length ?? 0
  const table = wholeRows(sample).slice(skip)
  if (table.trim() === "" && sample.length <= SAMPLE)
    throw otherFormat(file) ?? new UnreadableFile([faultOf(path, "empty-file", "the file is empty; expected rows of cells", { expected: "rows of cells" })])
  const delimiter = said.delimiter ?? says?.[1] ?? delimiterOf(path, table, said.quote)
  const dialect: Dialect = { delimiter, quote: said.quote }
  const rows = (): Iterator<SheetRow> => rowsOf(path, without(decoded(file, encoding), skip), dialect)
  return {
    sheets: [{ name: "", merged: [], rows: { [Symbol.iterator]: rows } }],
    warnings: [],
    understood: { encoding: encoding.name, delimiter: delimiter === "\t" ? "tab" : delimiter, ...(said.quote === '"' ? {} : { quote: said.quote }) }
  }
}
