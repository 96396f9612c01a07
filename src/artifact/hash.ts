/** Hashes of what a table holds, column by column. docs/artifacts.md has their preimages; files in test/artifact/golden fix them. */
import { createHash } from "node:crypto"
import { encodeColumn } from "./buffers.ts"
import { isCompanion, type Kind, type StoredColumn, type StoredTable } from "./column.ts"
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

const hashText = (what: string, content: unknown): string =>
  createHash("sha256")
    .update(`sediment ${what} 1\n${JSON.stringify(content)}`)
    .digest("hex")

const summarizeColumn = (column: StoredColumn, rows: number): ColumnSummary => {
  const { nulls, buffers, dictionary } = encodeColumn(column, rows)
  const hash = createHash("sha256").update(`sediment column 1\n${column.kind}\n${rows}\n${nulls}\n`)
  for (const buffer of [...buffers, ...(dictionary?.buffers ?? [])]) {
    const length = Buffer.alloc(8)
    length.writeBigUInt64LE(BigInt(buffer.length))
    hash.update(length).update(buffer)
  }
  const { name, kind, unit, description } = column
  return { name, kind, unit, description, nulls, data: hash.digest("hex"), metadata: hashText("metadata", [unit, description]) }
}

export const summarize = (table: StoredTable): TableSummary => ({
  rows: table.rows,
  columns: table.columns.map((column) => summarizeColumn(column, table.rows)),
  notes: table.notes
})

/** So many columns are looked through faster than an index of them is made. */
const FEW = 8
// A table of many columns is asked once for each of them.
const indexes = new WeakMap<TableSummary, ReadonlyMap<string, ColumnSummary>>()
const columnOf = (summary: TableSummary, name: string): ColumnSummary | undefined => {
  if (summary.columns.length <= FEW) return summary.columns.find((column) => column.name === name)
  let index = indexes.get(summary)
  if (index === undefined) {
    index = new Map(summary.columns.map((column) => [column.name, column]))
    indexes.set(summary, index)
  }
  return index.get(name)
}

// Every node asks for the notes of all its inputs, and few notes are told apart in a study.
const notesHashes = new Map<string, string>()
const notesHash = (notes: ReadonlyArray<string>): string => {
  const text = JSON.stringify(notes)
  let known = notesHashes.get(text)
  if (known === undefined) notesHashes.set(text, (known = hashText("notes", notes)))
  return known
}

/** The value that a recorded read has in this table: a hash, "present", "absent", or a number of rows. */
export const readValue = (summary: TableSummary, read: Read): string => {
  if (read === "rows") return String(summary.rows)
  if (read === "notes") return notesHash(summary.notes)
  if (read === "names")
    return hashText(
      "names",
      summary.columns.filter(({ name }) => !isCompanion(name)).map(({ name, kind }) => [name, kind])
    )
  const space = read.indexOf(" ")
  const column = columnOf(summary, read.slice(space + 1))
  const asked = read.slice(0, space) as "column" | "metadata" | "has"
  if (column === undefined) return "absent"
  return asked === "has" ? "present" : asked === "column" ? column.data : column.metadata
}
