import { type Fault, File, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "./fail-together.ts"
import { cellFault } from "./ingest/cell.ts"
import { columnIndex } from "./ingest/header.ts"
import { readRecords } from "./ingest/records.ts"
import { Published } from "./table-types.ts"

const headers = ["table", "column", "column_label", "term", "label", "kind", "value", "stars", "text"] as const

/** Published numbers from a CSV file with the columns of the table type (data/published/README.md tells what they hold). */
export const published = Stage.make("published", {
  inputs: { source: File },
  params: Schema.Struct({}),
  output: Published,
  run: ({ source }) =>
    Effect.gen(function* () {
      const file = yield* readRecords(source)
      const faults: Array<Fault> = [...file.faults]
      const at = new Map(headers.map((header) => [header, columnIndex(file, header, faults)]))
      const values = file.records.map(({ cells, row }) => {
        const cell = cells[at.get("value")!] ?? ""
        const value = cell === "" ? Number.NaN : Number(cell)
        if (cell !== "" && !Number.isFinite(value))
          faults.push(cellFault("not-a-number", file, row, "value", cell, "a number, or nothing where the cell is a word", "put the word under text"))
        if (cell === "" && (cells[at.get("text")!] ?? "") === "")
          faults.push(cellFault("nothing-printed", file, row, "value", "", "a number, or a word under text", "write what is printed, or leave the row out"))
        return value
      })
      yield* failTogether(faults)
      const texts = (header: (typeof headers)[number]) => file.records.map(({ cells }) => cells[at.get(header)!]!)
      return {
        table: texts("table"),
        column: texts("column"),
        column_label: texts("column_label"),
        term: texts("term"),
        label: texts("label"),
        kind: texts("kind"),
        value: Float64Array.from(values),
        stars: texts("stars"),
        text: texts("text")
      }
    })
})
