/** What a run of a replication package came to, held against what it must come to. */
import { hash } from "node:crypto"
import { readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import type { StoredTable } from "../artifact/column.ts"
import { readArrow } from "../artifact/read.ts"
import { hashOfFile } from "../engine/file-chunks.ts"
import { present } from "../render/stored.ts"
import type { Expected, ExpectedPrint, ExpectedSource } from "./expected.ts"

/** The state of a source in the package. */
export interface SourceCheck {
  readonly source: ExpectedSource
  readonly state: "same" | "other" | "absent"
}

/** Looks for every source of the package in its folder. */
export const checkSources = (folder: string, { sources }: Expected): ReadonlyArray<SourceCheck> =>
  sources.map((source) => {
    const path = join(folder, source.file)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return { source, state: "absent" }
    return { source, state: hashOfFile(path) === source.sha256 ? "same" : "other" }
  })

/** Where two tables are farthest apart. */
export interface Difference {
  /** Cells that differ; of printed tables that do not print the same, those that are printed otherwise. Undefined where rows or columns are others. */
  readonly cells: number | undefined
  /** Of these cells the two numbers that differ by most, in terms of the larger one; and as they are printed, where that differs. */
  readonly largest:
    | {
        readonly expected: number
        readonly found: number
        readonly relative: number
        readonly about: string
        readonly printed: { readonly expected: string; readonly found: string } | undefined
      }
    | undefined
}

/** Of a printed table the row's and the column's label; of any other the texts of the row. */
const about = (table: StoredTable, row: number): string => {
  const text = (name: string) => {
    const column = table.columns.find((one) => one.name === name)
    return column !== undefined && present(column, row) ? String(column.values[row]) : ""
  }
  const parts = ["row_label", "column_group", "column_label", "panel", "series", "label"].map(text)
  return [...new Set(parts.map((part) => part.trim()).filter((part) => part !== ""))].join(", ")
}

const relativeDifference = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b))

/** The text of a cell as it is printed; empty where there is none. */
const textIn = (table: StoredTable, row: number): string => String(table.columns.find(({ name }) => name === "text")?.values[row] ?? "")

/** How two artifacts of one table type differ, cell by cell where they have the same rows and columns. */
export const differenceOf = (expected: StoredTable, found: StoredTable): Difference => {
  const names = (table: StoredTable) => JSON.stringify(table.columns.map(({ kind, name }) => [name, kind]))
  if (expected.rows !== found.rows || names(expected) !== names(found)) return { cells: undefined, largest: undefined }
  const rows = Array.from({ length: expected.rows }, (_, row) => row)
  const otherwise = rows.filter((row) => textIn(expected, row) !== textIn(found, row))
  const looked = otherwise.length > 0 ? otherwise : rows
  let cells = 0
  let largest: Difference["largest"]
  for (const [i, column] of expected.columns.entries()) {
    const other = found.columns[i]!
    for (const row of looked) {
      const [was, is] = [present(column, row), present(other, row)]
      const [a, b] = [column.values[row], other.values[row]]
      if ((!is && !was) || (is && was && Object.is(a, b))) continue
      cells++
      if (!(is && was) || typeof a !== "number" || typeof b !== "number") continue
      const relative = relativeDifference(a, b)
      if (largest !== undefined && relative <= largest.relative) continue
      const printed = otherwise.length > 0 ? { expected: textIn(expected, row), found: textIn(found, row) } : undefined
      largest = { expected: a, found: b, relative, about: about(found, row), printed }
    }
  }
  return { cells: otherwise.length > 0 ? otherwise.length : cells, largest }
}

/** exact: to the bit. printed: other in digits that are not printed. other: other in print. missing: the run did not make it. */
export type PrintState = "exact" | "printed" | "other" | "missing"
export interface PrintCheck {
  readonly print: ExpectedPrint
  readonly state: PrintState
  readonly difference: Difference | undefined
}

/** What a run made of one printed thing: the artifact's name and bytes, and the text that it is rendered to; undefined where it made none. */
export interface Found {
  readonly artifact: string
  readonly bytes: Uint8Array
  readonly text: string
}

/** Holds a printed table or figure against the one that is expected. */
export const checkPrint = (folder: string, print: ExpectedPrint, found: Found | undefined): PrintCheck => {
  if (found === undefined) return { print, state: "missing", difference: undefined }
  if (found.artifact === print.artifact) return { print, state: "exact", difference: undefined }
  return {
    print,
    state: hash("sha256", found.text) === print.sha256 ? "printed" : "other",
    difference: differenceOf(readArrow(readFileSync(join(folder, print.data))), readArrow(found.bytes))
  }
}
