import { many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { summariseNumbers } from "../src/render/artifact/summary-statistics.ts"
import { decimals } from "../src/render/numbers.ts"
import { requireVariables } from "./panel-columns.ts"
import { Panel, PrintedTable, Published } from "./table-types.ts"
import { type Cell, printedTable } from "./tables/printed-table.ts"
import { publishedNumbers } from "./tables/published-numbers.ts"
import { decimalsParam, tableParams } from "./tables/table-params.ts"
import { VariableName } from "./variable-name.ts"

const DescribeParams = Schema.Struct({
  ...tableParams,
  ...decimalsParam(2),
  variables: Schema.NonEmptyArray(Schema.Struct({ name: VariableName, label: Schema.optionalKey(Schema.String) }))
})

const statistics = ["mean", "sd", "min", "max"] as const
const headings = ["Obs", "Mean", "Sd", "Min", "Max"]

/** Descriptive statistics of variables of a panel (Table 3): the number of cells that are there, mean, standard deviation (n - 1), minimum, maximum. */
export const describe = Stage.make("describe", {
  inputs: { panel: Panel, published: many(Published) },
  params: DescribeParams,
  output: PrintedTable,
  run: ({ panel, published }, { decimals: places, notes, title, variables }) =>
    Effect.gen(function* () {
      yield* requireVariables(
        panel,
        variables.map(({ name }) => name),
        "variables"
      )
      const numbers = publishedNumbers(published)
      const rows = variables.map(({ label, name }) => {
        const values = Array.from(panel.column(name).values)
        const summary = summariseNumbers(values)
        const count = values.filter((value) => !Number.isNaN(value)).length
        const cells: ReadonlyArray<Cell> = [
          { text: name },
          { text: decimals(count, 0), value: count, published: numbers("1", name, ["nobs"]) },
          ...statistics.map((statistic, i): Cell => {
            const value = summary?.[statistic] ?? Number.NaN
            return { text: decimals(value, places), value, published: numbers(String(i + 2), name, [statistic]) }
          })
        ]
        return { label: label ?? name, cells }
      })
      return printedTable({ title, columns: ["Variable", ...headings].map((label) => ({ label })), rows, notes })
    })
})
