/** Which cells of a file an edit changed: a file is no artifact, but what was read of it is. */
import { Effect } from "effect"
import { isCompanion, type StoredTable, sourceName } from "../../../artifact/column.ts"
import type { Edit } from "../../../engine/chain.ts"
import type { OutputDiff } from "../../../engine/diff/compare-outputs.ts"
import type { ColumnChange } from "../../../engine/diff/compare-tables.ts"
import { aboutRow, cellOf } from "../../../engine/diff/match-rows.ts"
import { count } from "../../../engine/wording.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import { changeInWords, keyInWords } from "../../../workspace/difference-words.ts"
import { filePlace } from "../../../workspace/file-place.ts"
import { readTable } from "../today/read-table.ts"

/** The rows of an output by what they are about, made once for all of its columns. */
const rowsOf = new WeakMap<OutputDiff, ReadonlyMap<string, number>>()
const rowOf = (output: OutputDiff, table: StoredTable, key: string): number | undefined => {
  let rows = rowsOf.get(output)
  if (rows === undefined) {
    rows = new Map(Array.from({ length: table.rows }, (_, row) => [JSON.stringify(aboutRow(table, output.rows!.key, row)), row]))
    rowsOf.set(output, rows)
  }
  return rows.get(key)
}

/** Where in its file the cell stands that changed most; undefined where the table does not tell. */
const placeOf = (output: OutputDiff, { column, largest }: ColumnChange) =>
  Effect.gen(function* () {
    const table = yield* readTable(output.after!)
    const sources = table.columns.find(({ name }) => name === sourceName(column))
    const row = sources === undefined ? undefined : rowOf(output, table, JSON.stringify(largest.row))
    const source = sources === undefined || row === undefined ? undefined : cellOf(sources, row)
    return typeof source === "string" ? filePlace(source) : undefined
  })

/** Columns of which the place in the file is looked for. */
const LOOKED_AT = 20

/** A node that an edit of a file touches. */
export interface TouchedNode {
  readonly outputs: ReadonlyArray<OutputDiff>
  /** How many files it reads: of several, how many cells and rows differ is of all of them. */
  readonly files: number
}

const placeInWords = ({ cell, sheet }: { readonly cell: string; readonly sheet: string }): string => `, in ${sheet === "" ? "" : `${sheet}!`}${cell}`

/** What differs in what nodes read of an edited file: `gdp: 1 cell, at Beijing, 2003: 4898 → 4899, in C2`; undefined where the edit is of no file, or nothing that can be compared differs. */
export const cellsOfFile = (edit: Edit, touched: ReadonlyArray<TouchedNode>): Effect.Effect<string | undefined, never, ObjectStore> =>
  Effect.gen(function* () {
    if (edit.edit !== "file") return undefined
    const changes = touched.flatMap(({ files, outputs }) =>
      outputs.flatMap((output) => output.cells.filter(({ column }) => !isCompanion(column)).map((change) => ({ change, output, severalFiles: files > 1 })))
    )
    const places = yield* Effect.forEach(changes.slice(0, LOOKED_AT), ({ change, output }) => Effect.option(placeOf(output, change)))
    const told = changes.flatMap((one, i) => {
      const place = places[i]?._tag === "Some" ? places[i].value : undefined
      // Of a node that reads several files, the others' cells are no part of this edit; nor is what cannot be told apart.
      return (place === undefined && !one.severalFiles) || place?.file === edit.file ? [{ ...one, place }] : []
    })
    const [most] = [...told].sort((a, b) => b.change.cells - a.change.cells)
    const rows = touched.flatMap(({ files, outputs }) => (files > 1 ? [] : outputs.flatMap((one) => one.rows ?? [])))
    const [added, removed] = [Math.max(0, ...rows.map((one) => one.added.length)), Math.max(0, ...rows.map((one) => one.removed.length))]
    const inWords = ({ change, place, severalFiles }: NonNullable<typeof most>): string => {
      const { label, numbers } = changeInWords(change, "→")
      const what = severalFiles ? `${change.column}: at ${keyInWords(change.largest.row)}` : label
      return `${what}${numbers}${place === undefined ? "" : placeInWords(place)}`
    }
    const words = [
      ...(added > 0 ? [`${count(added, "row")} more`] : []),
      ...(removed > 0 ? [`${count(removed, "row")} fewer`] : []),
      ...(most === undefined ? [] : [inWords(most)]),
      ...(told.length > 1 ? [count(told.length - 1, "more column")] : [])
    ]
    return words.length === 0 ? undefined : words.join("; ")
  })
