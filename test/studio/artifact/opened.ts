import type { Kind, StoredColumn } from "../../../src/artifact/column.ts"
import { writeArrow } from "../../../src/artifact/write.ts"
import { OpenedTable } from "../../../src/studio/server/artifact/opened-table.ts"

export const column = (name: string, kind: Kind, values: StoredColumn["values"], valid?: Uint8Array): StoredColumn => ({
  name,
  kind,
  values,
  valid,
  unit: "",
  description: ""
})

/** A table, written as an artifact and opened as the studio opens it. */
export const opened = (columns: ReadonlyArray<StoredColumn>): OpenedTable =>
  new OpenedTable("0".repeat(64), writeArrow({ rows: columns[0]?.values.length ?? 0, columns, notes: [] }))
