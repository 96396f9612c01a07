import { basename, extname } from "node:path"
import type { StoredTable } from "../../artifact/column.ts"

/** What a file is to hold: whole, or piece by piece. */
type FileContent = string | Uint8Array | Iterable<string | Uint8Array>

/** A table as files of a format: one, or one with another beside it. */
interface DataFiles {
  readonly files: ReadonlyMap<string, FileContent>
  /** What became different by the format, in a sentence each. */
  readonly told: ReadonlyArray<string>
}
/** Why a table cannot be written in a format. */
interface NoDataFiles {
  readonly why: string
}

type Writer = (table: StoredTable, bytes: Uint8Array, file: string) => Promise<DataFiles | NoDataFiles>
const only = (file: string, content: FileContent, told: ReadonlyArray<string> = []): DataFiles => ({ files: new Map([[file, content]]), told })

const counted = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`

const csv: Writer = async (table, _, file) => {
  const { csvMetadata, csvPieces } = await import("./csv-file.ts")
  return {
    files: new Map<string, FileContent>([
      [file, csvPieces(table)],
      [`${file}-metadata.json`, csvMetadata(table, basename(file))]
    ]),
    told: []
  }
}
const json: Writer = async (table, _, file) => only(file, `${JSON.stringify((await import("./table-document.ts")).tableDocument(table))}\n`)
const xlsx: Writer = async (table, _, file) => {
  const { cutTexts, whyNoWorkbook, workbookPieces } = await import("./workbook-file.ts")
  const why = whyNoWorkbook(table)
  if (why !== undefined) return { why }
  const told = cutTexts(table).map(
    ({ cells, column }) =>
      `${column}: ${counted(cells, "text has", "texts have")} more than 32,767 characters and ${cells === 1 ? "is" : "are"} cut, as Excel cuts them`
  )
  return only(file, await workbookPieces(table), told)
}
const parquet: Writer = async (table, _, file) => only(file, await (await import("./parquet-file.ts")).parquetFile(table))
const dta: Writer = async (table, _, file) => {
  const { writeStata } = await import("../../tabular/stata/write-stata.ts")
  const { lost, pieces, renamed, version } = writeStata(table)
  const told = [
    ...(renamed.length === 0 ? [] : [`names that Stata does not allow: ${renamed.map(({ from, to }) => `${from} is ${to}`).join(", ")}`]),
    ...lost.map(({ cells, column }) => `${column}: ${counted(cells, "number is", "numbers are")} more than Stata can hold, and missing there`),
    ...(version === 119 ? [`${table.columns.length} variables: only Stata/MP reads so many`] : [])
  ]
  return table.columns.length === 0 ? { why: "a Stata dataset has a variable at least, and the table has no column" } : only(file, pieces, told)
}

const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  [".csv", csv],
  [".json", json],
  [".xlsx", xlsx],
  [".parquet", parquet],
  [".arrow", async (_, bytes, file) => only(file, bytes)],
  [".dta", dta]
])

/** How the names of files end that any artifact can be written to. */
export const dataExtensions: ReadonlyArray<string> = [...writers.keys()]

/** A table as files in the format of a file name's ending; undefined where there is no such format. A CSV file has another beside it, `<file>-metadata.json`. `bytes` are the artifact itself. */
export const dataFiles = (table: StoredTable, bytes: Uint8Array, file: string): Promise<DataFiles | NoDataFiles> | undefined =>
  writers.get(extname(file).toLowerCase())?.(table, bytes, file)
