import { extname } from "node:path"
import type { StoredColumn, StoredTable } from "../artifact/column.ts"

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

const json = (table: StoredTable): string => {
  const columns = table.columns.map((column) => [column.name, cells(column)] as const)
  return `${JSON.stringify(
    Array.from({ length: table.rows }, (_, row) => Object.fromEntries(columns.map(([name, values]) => [name, values[row]]))),
    null,
    1
  )}\n`
}

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

type Writer = (table: StoredTable, bytes: Uint8Array) => Promise<string | Uint8Array> | string | Uint8Array
const writers: ReadonlyMap<string, Writer> = new Map<string, Writer>([
  [".csv", csv],
  [".json", json],
  [".parquet", parquet],
  [".arrow", (_, bytes) => bytes]
])

/** The names that `show -o` takes. */
export const extensions = [...writers.keys()]

/** Writes a table in the format of a file name's extension; undefined where there is no such format. */
export const writerFor = (file: string): Writer | undefined => writers.get(extname(file).toLowerCase())
