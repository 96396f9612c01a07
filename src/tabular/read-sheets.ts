/** Reads a table's file, whatever its format. */
import type { FileContent } from "./file-content.ts"
import { readParquet } from "./parquet/read-parquet.ts"
import type { SheetFile } from "./sheet.ts"
import { readStata } from "./stata/read-stata.ts"
import { readText } from "./text/read-text.ts"

/** What a source's description says of its file, where the file itself does not. */
export interface ReadOptions {
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
}

/** A file's sheets; `ragged` where its format leaves out empty cells at the end of a row. */
export interface ReadFile extends SheetFile {
  readonly format: "text" | "Parquet" | "Stata"
  readonly ragged: boolean
}

const begins = (bytes: Uint8Array, text: string): boolean => Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0))

/** Reads a file by what it begins with, or else by its ending. Rejects with UnreadableFile. */
export const readSheets = async (file: FileContent, options: ReadOptions = {}): Promise<ReadFile> => {
  const { bytes, path } = file
  if (begins(bytes, "<stata_dta>") || /\.dta$/i.test(path)) return { ...(await readStata(file, options)), format: "Stata", ragged: false }
  if (begins(bytes, "PAR1") || /\.parquet$/i.test(path)) return { ...(await readParquet(file)), format: "Parquet", ragged: false }
  return { ...(await readText(file, options)), format: "text", ragged: false }
}
