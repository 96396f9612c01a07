import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect } from "effect"
import { failTogether } from "../fail-together.ts"
import { Estimates, Glance, PrintedTable, Published, Tests } from "../table-types.ts"
import { labelsLeftOut, modelsLeftOut } from "./left-out.ts"
import { everyEquation, modelColumns } from "./model-columns.ts"
import { modelTableDraft } from "./model-table-draft.ts"
import { ModelTableParams } from "./model-table-params.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"

/**
 * Regression results side by side, a column a model's equation (Tables 4-7, 9 and 10): coefficients with stars and what stands in brackets with them, fixed
 * effects, marks, tests, fit statistics, and notes that say how the standard errors were made; blocks of models one above the other as panels.
 * `coefficients` and `glances` are parallel lists.
 */
export const modelTable = Stage.make("model-table", {
  inputs: { coefficients: many(Estimates), glances: many(Glance), tests: many(Tests), published: many(Published) },
  params: ModelTableParams,
  output: PrintedTable,
  run: ({ coefficients, glances, tests, published }, params) =>
    Effect.gen(function* () {
      const inputs = { coefficients, glances, tests }
      const asked = params.panels ?? [{ heading: "", columns: params.columns ?? everyEquation(inputs) }]
      const found = asked.map(({ columns, heading }, i) => ({
        heading,
        ...modelColumns(inputs, columns, { ...params, style: params, at: params.panels === undefined ? "columns" : `panels[${i}].columns` })
      }))
      yield* failTogether(found.flatMap(({ faults }) => faults))
      const [first, ...others] = found
      if (first === undefined || first.columns.length === 0)
        return yield* StageFailure.of("no-models", "there is no model to show: wire coefficients and glances, or set columns", { parameter: "columns" })
      const { draft, warnings } = modelTableDraft([first, ...others], params, publishedNumbers(published))
      for (const fault of modelsLeftOut(
        coefficients.length,
        asked.map(({ columns }) => columns)
      ))
        yield* Stage.warn(fault)
      for (const fault of labelsLeftOut(
        params.labels,
        found.flatMap(({ columns }) => columns)
      ))
        yield* Stage.warn(fault)
      for (const { message, where } of warnings) yield* Stage.warn({ code: "row-without-estimate", message, where })
      return printedTable(draft, params)
    })
})
