import type { StoredTable } from "../../artifact/column.ts"

/** A table as Parquet (Snappy); units, descriptions and notes are in its key-value metadata. */
export const parquetFile = async (table: StoredTable): Promise<Uint8Array> => {
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
