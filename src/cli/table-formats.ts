import { basename, extname } from "node:path"
import type { StoredColumn, StoredTable } from "../artifact/column.ts"
import { summarize } from "../artifact/hash.ts"

/** A column's values as JSON values: a missing cell is null, a flag true or false. */
export const cells = (column: StoredColumn): ReadonlyArray<string | number | boolean | null> =>
  Array.from(column.values as ArrayLike<string | number>, (value, i) => {
    if (column.valid !== undefined && column.valid[i] !== 1) return null
    if (column.kind === "flag") return value === 1
    // JSON has no infinity: the word is what R and pandas read back.
    return typeof value === "number" && !Number.isFinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : value
  })

const csvField = (value: string | number | boolean | null): string => {
  const text = value === null ? "" : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const csv = (table: StoredTable): string => {
  const columns = table.columns.map(cells)
  const lines = [table.columns.map((column) => csvField(column.name))]
  for (let row = 0; row < table.rows; row++) lines.push(columns.map((column) => csvField(column[row]!)))
  return `${lines.map((line) => line.join(",")).join("\n")}\n`
}

/** What CSV has no place for, as CSV on the Web has it (W3C, Metadata Vocabulary for Tabular Data): a file beside it with units, descriptions and notes. */
const csvMetadata = (table: StoredTable, file: string): string => {
  const datatypes = { number: "double", integer: "integer", text: "string", category: "string", flag: "boolean" } as const
  const columns = table.columns.map(({ description, kind, name, unit }) => ({
    name,
    titles: name,
    datatype: datatypes[kind],
    null: "",
    ...(description === "" ? {} : { "dc:description": description }),
    ...(unit === "" ? {} : { "schema:unitText": unit })
  }))
  return `${JSON.stringify({ "@context": "http://www.w3.org/ns/csvw", url: basename(file), notes: table.notes, tableSchema: { columns } }, null, 1)}\n`
}

/** A table as JSON: what `show --json` prints of it and `show -o file.json` writes. `head` cuts the data. */
export const tableDocument = (table: StoredTable, head = table.rows) => ({
  rows: table.rows,
  columns: summarize(table).columns.map(({ data, description, kind, name, nulls, unit }) => ({ name, type: kind, unit, description, nulls, sha256: data })),
  data: Object.fromEntries(table.columns.map((column) => [column.name, cells(column).slice(0, head)])),
  notes: table.notes
})

const parquet = async (table: StoredTable): Promise<Uint8Array> => {
  const { parquetWriteBuffer } = await import("hyparquet-writer")
  const types = { number: "DOUBLE", integer: "INT32", text: "STRING", category: "STRING", flag: "BOOLEAN" } as const
  const described = table.columns.map(({ description, name, unit }) => ({ name, unit, description }))
  const buffer = parquetWriteBuffer({
    kvMetadata: [
      { key: "sediment.columns", value: JSON.stringify(described) },
      { key: "sediment.notes", value: JSON.stringify(table.notes) }
    ],
    columnData: table.columns.map((column) => ({
      name: column.name,
      type: types[column.kind],
      nullable: true,
      data: Array.from(column.values as ArrayLike<string | number>, (value, i) =>
        column.valid !== undefined && column.valid[i] !== 1 ? null : column.kind === "flag" ? value === 1 : value
      )
    }))
  })
  return new Uint8Array(buffer)
}

/** The files that a table is written to. */
type Writer = (
  table: StoredTable,
  bytes: Uint8Array,
  file: string
) => Promise<Readonly<Record<string, string | Uint8Array>>> | Readonly<Record<string, string | Uint8Array>>
const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  [".csv", (table, _, file) => ({ [file]: csv(table), [`${file}-metadata.json`]: csvMetadata(table, file) })],
  [".json", (table, _, file) => ({ [file]: `${JSON.stringify(tableDocument(table))}\n` })],
  [".parquet", async (table, _, file) => ({ [file]: await parquet(table) })],
  [".arrow", (_, bytes, file) => ({ [file]: bytes })]
])

/** The names that `show -o` takes. */
export const extensions = [...writers.keys()]

/** Writes a table in the format of a file name's extension; undefined where there is no such format. A CSV file has another beside it, `<file>-metadata.json`. */
export const writerFor = (file: string): Writer | undefined => writers.get(extname(file).toLowerCase())
