/** Which cells of a file an edit changed: a file is no artifact, but what was read of it is. */
import { Effect } from "effect"
import { isCompanion, sourceName } from "../../../artifact/column.ts"
import type { Edit } from "../../../engine/chain.ts"
import type { OutputDiff } from "../../../engine/diff/compare-outputs.ts"
import type { ColumnChange } from "../../../engine/diff/compare-tables.ts"
import { aboutRow, cellOf } from "../../../engine/diff/match-rows.ts"
import { count } from "../../../engine/wording.ts"
import type { ObjectStore } from "../../../store/objects.ts"
import { cellsInWords } from "../../../workspace/difference-words.ts"
import { filePlace } from "../../../workspace/file-place.ts"
import { readTable } from "../today/read-table.ts"

/** Where in its file the cell stands that changed most; undefined where the table does not tell. */
const placeOf = ({ after, rows }: OutputDiff, { column, largest }: ColumnChange) =>
  Effect.gen(function* () {
    const table = yield* readTable(after!)
    const sources = table.columns.find(({ name }) => name === sourceName(column))
    const key = JSON.stringify(largest.row)
    for (let row = 0; sources !== undefined && row < table.rows; row++)
      if (JSON.stringify(aboutRow(table, rows!.key, row)) === key) {
        const source = cellOf(sources, row)
        return typeof source === "string" ? filePlace(source) : undefined
      }
    return undefined
  })

/** Columns of which the place in the file is looked for. */
const LOOKED_AT = 20

/** What differs in what nodes read of an edited file: `gdp: 1 cell, at Beijing, 2003: 4898 → 4899, in C2`; undefined where the edit is of no file, or nothing that can be compared differs. */
export const cellsOfFile = (
  edit: Edit,
  touched: ReadonlyArray<{ readonly outputs: ReadonlyArray<OutputDiff> }>
): Effect.Effect<string | undefined, never, ObjectStore> =>
  Effect.gen(function* () {
    if (edit.edit !== "file") return undefined
    const changes = touched.flatMap(({ outputs }) =>
      outputs.flatMap((output) => output.cells.filter(({ column }) => !isCompanion(column)).map((change) => ({ change, output })))
    )
    const places = yield* Effect.forEach(changes.slice(0, LOOKED_AT), ({ change, output }) => Effect.option(placeOf(output, change)))
    const told = changes.flatMap((one, i) => {
      const place = places[i]?._tag === "Some" ? places[i].value : undefined
      // Of a node that reads several files, the others' cells are no part of this edit.
      return place === undefined || place.file === edit.file ? [{ ...one, place }] : []
    })
    const [most] = [...told].sort((a, b) => b.change.cells - a.change.cells)
    const rows = touched.flatMap(({ outputs }) => outputs.flatMap((one) => one.rows ?? []))
    const [added, removed] = [Math.max(0, ...rows.map((one) => one.added.length)), Math.max(0, ...rows.map((one) => one.removed.length))]
    const words = [
      ...(added > 0 ? [`${count(added, "row")} more`] : []),
      ...(removed > 0 ? [`${count(removed, "row")} fewer`] : []),
      ...(most === undefined
        ? []
        : [
            `${cellsInWords(most.change, "→")}${most.place === undefined ? "" : `, in ${most.place.sheet === "" ? "" : `${most.place.sheet}!`}${most.place.cell}`}`
          ]),
      ...(told.length > 1 ? [count(told.length - 1, "more column")] : [])
    ]
    return words.length === 0 ? undefined : words.join("; ")
  })
