import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { LocalMoran } from "../autocorrelation-types.ts"
import { PrintedTable } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import type { Cell } from "./draft.ts"
import { printedTable } from "./printed-table.ts"
import { tableParams } from "./table-params.ts"

const LocalMoranTableParams = Schema.Struct({
  ...tableParams,
  variable: VariableName,
  /** Years printed; all without it. */
  years: Schema.optionalKey(Schema.NonEmptyArray(Schema.Int))
})

const CLUSTERS = ["high-high", "low-low", "high-low", "low-high"]

/** The entities of each kind of cluster and outlier of local Moran's I, a row a year. */
export const localMoranTable = Stage.make("local-moran-table", {
  inputs: { local: LocalMoran },
  params: LocalMoranTableParams,
  output: PrintedTable,
  run: ({ local }, params) =>
    Effect.gen(function* () {
      const variable = local.column("variable").values
      const year = local.column("year").values
      const entity = local.column("entity").values
      const cluster = local.column("cluster").values
      const decidedBy = local.column("decided_by").values
      const rows = [...variable.keys()].filter((row) => variable[row] === params.variable)
      const there = [...new Set(rows.map((row) => year[row]!))].sort((a, b) => a - b)
      const absent = (params.years ?? []).filter((at) => !there.includes(at))
      if (rows.length === 0 || absent.length > 0) {
        const message =
          rows.length === 0
            ? `there is no local Moran's I of "${params.variable}"; the variables are ${[...new Set(variable)].map((name) => `"${name}"`).join(", ")}`
            : `there is no local Moran's I of "${params.variable}" in ${absent.join(", ")}; the years are ${there.join(", ")}`
        return yield* StageFailure.of("nothing-to-print", message, { parameter: rows.length === 0 ? "variable" : "years" })
      }
      const decision = decidedBy[rows[0]!]!
      const adjusted = decision.includes("fdr") ? " p-values are adjusted for the false discovery rate over the entities of a year." : ""
      return printedTable(
        {
          title: params.title,
          columns: [
            { label: "high-high", group: "Clusters" },
            { label: "low-low", group: "Clusters" },
            { label: "high-low", group: "Outliers" },
            { label: "low-high", group: "Outliers" }
          ],
          rows: (params.years ?? there).map((at) => ({
            label: String(at),
            cells: CLUSTERS.map((kind): Cell | undefined => {
              const members = rows.filter((row) => year[row] === at && cluster[row] === kind)
              return members.length === 0 ? undefined : { text: members.map((row) => entity[row]!).join(", "), value: members.length }
            })
          })),
          notes: [
            `Entities whose local Moran's I is significant (${decision}): own value, then the spatial lag, above (high) or below (low) the mean.${adjusted}`,
            ...params.notes
          ]
        },
        params
      )
    })
})
