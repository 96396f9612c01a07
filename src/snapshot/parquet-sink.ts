import { rmSync } from "node:fs"
import type { SchemaElement } from "hyparquet"
import { type Cell, type ColumnKind, charactersOf } from "./database.ts"
import { doubles, type MakeSink } from "./sink.ts"

const TYPES: Readonly<Record<ColumnKind, Pick<SchemaElement, "type" | "converted_type">>> = {
  integer: { type: "INT64" },
  number: { type: "DOUBLE" },
  decimal: { type: "DOUBLE" },
  flag: { type: "BOOLEAN" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" }
}
/** Rows of a row group, and about how many characters: what is held in memory. */
const GROUP = 20_000
const GROUP_CHARACTERS = 3e7

/** Parquet, Snappy: a row group is written when it is full. */
export const parquetSink: MakeSink = async (path, columns) => {
  const { fileWriter, ParquetWriter } = await import("hyparquet-writer")
  const schema: Array<SchemaElement> = [
    { name: "root", num_children: columns.length },
    ...columns.map(({ kind, name }): SchemaElement => ({ name, repetition_type: "OPTIONAL", ...TYPES[kind] }))
  ]
  const writer = new ParquetWriter({ writer: fileWriter(path), schema, createdBy: "sediment" })
  const exact = doubles(columns)
  const stored = (value: Cell, column: number): Cell | bigint =>
    columns[column]!.kind === "integer" && value !== null ? BigInt(value as string) : exact.of(value, column)
  let held: Array<ReadonlyArray<Cell>> = []
  let characters = 0
  const flush = () => {
    if (held.length === 0) return
    const rows = held
    held = []
    characters = 0
    return writer.write({ columnData: columns.map(({ name }, i) => ({ name, data: rows.map((row) => stored(row[i]!, i)) })), rowGroupSize: GROUP })
  }
  return {
    write: async (rows) => {
      held.push(...rows)
      characters += charactersOf(rows)
      if (held.length >= GROUP || characters >= GROUP_CHARACTERS) await flush()
    },
    finish: async () => {
      await flush()
      await writer.finish()
      return exact.told()
    },
    abandon: () => rmSync(path, { force: true })
  }
}
