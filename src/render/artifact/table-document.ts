import type { StoredTable } from "../../artifact/column.ts"
import { summarize } from "../../artifact/hash.ts"
import { cellValues } from "./cell-value.ts"

/** A table as JSON: what `show --json` prints of it and `show -o file.json` writes. `head` cuts the data. */
export const tableDocument = (table: StoredTable, head = table.rows) => ({
  rows: table.rows,
  columns: summarize(table).columns.map(({ data, description, kind, name, nulls, unit }) => ({ name, type: kind, unit, description, nulls, sha256: data })),
  data: Object.fromEntries(table.columns.map((column) => [column.name, cellValues(column, Math.min(head, table.rows))])),
  notes: table.notes
})
