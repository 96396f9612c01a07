import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { PublishedSummary } from "../published-comparison/comparison-types.ts"
import { PrintedTable } from "../table-types.ts"
import type { Cell } from "./draft.ts"
import { printedTable } from "./printed-table.ts"
import { titleOfPublished } from "./published-titles.ts"
import { tableParams } from "./table-params.ts"

const columns = [
  ["numbers", "", "Numbers"],
  ["within_rounding", "Within", "rounding"],
  ["within_tolerance", "Within", "tolerance"],
  ["beyond_tolerance", "", "Beyond"],
  ["not_reproduced", "", "Missing"],
  ["sign_differs", "Differ in", "sign"],
  ["stars_differ", "Differ in", "stars"],
  ["explained", "", "Explained"]
] as const

/** How many published numbers the run has within rounding, within tolerance, beyond it and not at all, a row a published table; and how many signs and stars differ. */
export const publishedSummaryTable = Stage.make("published-summary-table", {
  inputs: { summary: PublishedSummary },
  params: Schema.Struct(tableParams),
  output: PrintedTable,
  run: ({ summary }, { notes, title }) =>
    Effect.sync(() => {
      const tables = summary.column("table").values
      const starsCompared = summary.column("stars_compared").values
      const anyExplained = summary.column("explained").values.some((count) => count > 0)
      const shown = columns.filter(([name]) => anyExplained || name !== "explained")
      const counts = shown.map(([name]) => ({ name, values: summary.column(name).values }))
      // Of one table the total says nothing new.
      const told = tables.length === 2 ? tables.slice(0, 1) : tables
      const rows = told.map((table, i) => ({
        label: titleOfPublished(table),
        ruled: i > 0 && table === "all",
        cells: counts.map(
          ({ name, values }): Cell => ({
            text: name === "stars_differ" ? `${values[i]} of ${starsCompared[i]}` : String(values[i]),
            value: values[i]!
          })
        )
      }))
      const legend =
        "Of each published number the run's is within rounding, within the tolerance, beyond it, or missing. Signs and stars are counted besides, stars where print tells them."
      return printedTable({ title, columns: shown.map(([, group, label]) => ({ group, label })), rows, notes: [legend, ...notes] })
    })
})
