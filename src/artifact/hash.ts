import type { Kind, StoredTable } from "./column.ts"
import type { Read } from "./tracked.ts"

/** What is known of a column without its values. `data` and `metadata` are SHA-256, hex. */
export interface ColumnSummary {
  readonly name: string
  readonly kind: Kind
  readonly unit: string
  readonly description: string
  readonly nulls: number
  readonly data: string
  readonly metadata: string
}
/** What is known of a table without its values: enough to answer every read. */
export interface TableSummary {
  readonly rows: number
  readonly columns: ReadonlyArray<ColumnSummary>
  readonly notes: ReadonlyArray<string>
}

export declare const summarize: (table: StoredTable) => TableSummary
/** The value that a recorded read has today: a hash, "present", "absent" or a number of rows. */
export declare const readValue: (summary: TableSummary, read: Read) => string
