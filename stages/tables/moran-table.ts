import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals, parentheses, stars } from "../../src/render/numbers.ts"
import { MoranByYear, PrintedTable } from "../table-types.ts"
import { type Cell, printedTable } from "./printed-table.ts"
import { decimalsParam, starsParam, tableParams } from "./table-params.ts"

const MoranTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...decimalsParam(3),
  /** What the z and the stars rest on. */
  inference: Schema.Literals(["randomisation", "normality"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("randomisation" as const)))
})

/** Global Moran's I by year: a row a year, for each variable I with stars and its z. */
export const moranTable = Stage.make("moran-table", {
  inputs: { moran: MoranByYear },
  params: MoranTableParams,
  output: PrintedTable,
  run: ({ moran }, params) =>
    Effect.sync(() => {
      const variable = moran.column("variable").values
      const year = moran.column("year").values
      const statistic = moran.column("statistic").values
      const z = moran.column(`z_${params.inference}`).values
      const p = moran.column(`p_${params.inference}`).values
      const variables = [...new Set(variable)]
      const years = [...new Set(year)].sort((a, b) => a - b)
      const rows = years.map((at) => ({
        label: String(at),
        cells: variables.flatMap((name): ReadonlyArray<Cell | undefined> => {
          const i = variable.findIndex((candidate, row) => candidate === name && year[row] === at)
          if (i === -1) return [undefined, undefined]
          const starred = params.stars ? stars(p[i]!) : ""
          return [
            { text: decimals(statistic[i]!, params.decimals) + starred, value: statistic[i]! },
            { text: parentheses(decimals(z[i]!, 2)), value: z[i]! }
          ]
        })
      }))
      const legend = params.stars ? " *, ** and ***: significant at the 10%, 5% and 1% level, one-sided (positive autocorrelation)." : ""
      return printedTable({
        title: params.title,
        columns: variables.flatMap((group) => [
          { label: "Moran's I", group },
          { label: "z", group }
        ]),
        rows,
        notes: [`z under ${params.inference} in parentheses.${legend}`, ...params.notes]
      })
    })
})
