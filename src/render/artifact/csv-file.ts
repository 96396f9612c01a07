import type { StoredTable } from "../../artifact/column.ts"
import { cellValue } from "./cell-value.ts"

/** Rows of a piece. */
const PIECE = 4096

const field = (value: string | number | boolean | null): string => {
  const text = value === null ? "" : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A table as CSV in UTF-8, piece by piece: names in the first line, missing cells empty. */
export function* csvPieces({ columns, rows }: StoredTable): Generator<string> {
  yield `${columns.map(({ name }) => field(name)).join(",")}\n`
  for (let from = 0; from < rows; from += PIECE) {
    let piece = ""
    for (let row = from; row < Math.min(from + PIECE, rows); row++) piece += `${columns.map((column) => field(cellValue(column, row))).join(",")}\n`
    yield piece
  }
}

/** What CSV has no place for, as CSV on the Web has it (W3C, Metadata Vocabulary for Tabular Data): units, descriptions and notes of the file `url`, for a file beside it. */
export const csvMetadata = (table: StoredTable, url: string): string => {
  const datatypes = { number: "double", integer: "integer", text: "string", category: "string", flag: "boolean" } as const
  const columns = table.columns.map(({ description, kind, name, unit }) => ({
    name,
    titles: name,
    datatype: datatypes[kind],
    null: "",
    ...(description === "" ? {} : { "dc:description": description }),
    ...(unit === "" ? {} : { "schema:unitText": unit })
  }))
  return `${JSON.stringify({ "@context": "http://www.w3.org/ns/csvw", url, notes: table.notes, tableSchema: { columns } }, null, 1)}\n`
}
