/** Reads a table's file, whatever its format. */
import { readArrowFile } from "./arrow/read-arrow-file.ts"
import { bytesBetween, type FileContent } from "./file-content.ts"
import { readParquet } from "./parquet/read-parquet.ts"
import type { SheetFile } from "./sheet.ts"
import { readStata } from "./stata/read-stata.ts"
import { readText } from "./text/read-text.ts"
import { readXlsx } from "./xlsx/read-xlsx.ts"

/** What a source's description says of its file, where the file itself does not. */
export interface ReadOptions {
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly quote?: string | undefined
  /** The sheets that are wanted; nothing is told of others. */
  readonly sheets?: "all" | ReadonlyArray<string> | undefined
}

/** A file's sheets; `ragged` where its format leaves out empty cells at the end of a row. */
export interface ReadFile extends SheetFile {
  readonly format: "text" | "workbook" | "Parquet" | "Arrow" | "Stata"
  readonly ragged: boolean
}

const begins = (bytes: Uint8Array, text: string): boolean => Array.from(text).every((letter, i) => bytes[i] === letter.charCodeAt(0))

/** What a file is by what it begins with, or else by its ending. */
const formatOf = (file: FileContent): ReadFile["format"] => {
  const { path } = file
  // Not all of it: it may be large.
  const bytes = bytesBetween(file, 0, 16)
  const ending = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ""
  if (begins(bytes, "PK\u0003\u0004") || ["xlsx", "xlsm", "xltx", "xls", "xlsb", "ods"].includes(ending)) return "workbook"
  if (begins(bytes, "PAR1") || ending === "parquet") return "Parquet"
  if (begins(bytes, "ARROW1") || begins(bytes, "FEA1") || ["arrow", "arrows", "feather", "ipc"].includes(ending)) return "Arrow"
  return begins(bytes, "<stata_dta>") || ending === "dta" ? "Stata" : "text"
}

/** Reads a file, whatever its format. Rejects with UnreadableFile. */
export const readSheets = async (file: FileContent, options: ReadOptions = {}): Promise<ReadFile> => {
  const format = formatOf(file)
  switch (format) {
    case "workbook":
      return { ...(await readXlsx(file, { sheets: options.sheets === "all" ? undefined : options.sheets })), format, ragged: true }
    case "Parquet":
      return { ...(await readParquet(file)), format, ragged: false }
    case "Arrow":
      return { ...(await readArrowFile(file)), format, ragged: false }
    case "Stata":
      return { ...(await readStata(file, options)), format, ragged: false }
    case "text":
      return { ...(await readText(file, options)), format, ragged: false }
  }
}
