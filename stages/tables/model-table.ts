import { many, Stage } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { Estimates, Glance, PrintedTable, Published, Tests } from "../table-types.ts"
import { type EstimateStyle, termsOf } from "./estimate-columns.ts"
import { modelColumns, modelTableDraft, unusedRows } from "./model-columns.ts"
import { ModelTableParams } from "./model-table-params.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"

/**
 * Regression results side by side, a column a model's equation (Tables 4-7, 9 and 10): coefficients with stars and what stands in brackets under them, marks
 * for absorbed effects, tests, fit statistics, and notes that say how the standard errors were made. `coefficients` and `glances` are parallel lists.
 */
export const modelTable = Stage.make("model-table", {
  inputs: { coefficients: many(Estimates), glances: many(Glance), tests: many(Tests), published: many(Published) },
  params: ModelTableParams,
  output: PrintedTable,
  run: ({ coefficients, glances, tests, published }, params) =>
    Effect.gen(function* () {
      const style: EstimateStyle = params
      const { columns, faults } = modelColumns({ coefficients, glances, tests }, params, style)
      yield* failTogether(faults)
      const rows = params.rows ?? termsOf(columns)
      for (const { message, where } of unusedRows(columns, rows, params.tests)) yield* Stage.warn({ code: "row-without-estimate", message, where })
      return printedTable(modelTableDraft(columns, { ...params, rows }, style, publishedNumbers(published)))
    })
})
