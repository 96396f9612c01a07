/** Tables with one header row and a record a row, as dictionaries, links and published numbers have them. */
import { type Fault, type SourceFile, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { cellText } from "./heads.ts"
import { openFile, theSheet } from "./open-file.ts"

/** A row of a table, its cells as text. Its number is the one a spreadsheet shows: the header is row 1, and blank rows count. */
export interface TableRecord {
  readonly row: number
  readonly cells: ReadonlyArray<string>
}
export interface TableRecords {
  readonly path: string
  readonly headers: ReadonlyArray<string>
  readonly records: ReadonlyArray<TableRecord>
  /** What is wrong with single rows and headers; such rows are not among the records. */
  readonly faults: ReadonlyArray<Fault>
}

/** Reads a file with its headers in row 1, of any format; cells are trimmed, and rows without any text are passed over. */
export const readRecords = Effect.fnUntraced(function* (source: SourceFile) {
  const { path } = source
  const file = yield* openFile(source, {})
  const { rows } = yield* theSheet(path, file)
  let headers: ReadonlyArray<string> = []
  const records: Array<TableRecord> = []
  for (const { cells, row } of rows) {
    const texts = cells.map(cellText)
    if (row === 1) headers = texts
    else if (texts.some((text) => text !== "")) records.push({ row, cells: texts })
  }
  if (headers.every((header) => header === "") || records.length === 0)
    return yield* StageFailure.of("empty-file", `${path}: there is nothing below a header; expected a header in row 1 and data from row 2 on`, { file: path })
  const repeated = headers.flatMap((header, i): ReadonlyArray<Fault> => {
    if (header === "" || headers.indexOf(header) === i) return []
    const message = `${path}, row 1: two columns are headed "${header}"; rename one`
    return [{ code: "duplicate-header", message, where: { file: path, row: 1, column: header } }]
  })
  const whole = records.map(({ cells, row }): TableRecord => ({ row, cells: file.ragged ? headers.map((_, i) => cells[i] ?? "") : cells }))
  const ragged = whole.filter(({ cells }) => cells.length !== headers.length)
  return {
    path,
    headers,
    records: whole.filter(({ cells }) => cells.length === headers.length),
    faults: [
      ...repeated,
      ...ragged.map(({ cells, row }): Fault => {
        const expected = `${headers.length} cells, as in the header`
        const message = `${path}, row ${row}: found ${cells.length} cells, expected ${expected}; quote cells that hold a comma`
        return { code: "ragged-row", message, where: { file: path, row, value: `${cells.length} cells`, expected } }
      })
    ]
  } satisfies TableRecords
})
