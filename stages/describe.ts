import { many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { summariseNumbers } from "../src/render/artifact/summary-statistics.ts"
import { quantileSorted } from "../src/stats/quantile.ts"
import { requireVariables } from "./panel-columns.ts"
import { Panel, PrintedTable, Published } from "./table-types.ts"
import type { Cell } from "./tables/draft.ts"
import { labelOf } from "./tables/labels.ts"
import { count, numberParams, rowNumbers, styleOf, written } from "./tables/number-style.ts"
import { printedTable } from "./tables/printed-table.ts"
import { publishedNumbers } from "./tables/published-numbers.ts"
import { tableParams } from "./tables/table-params.ts"
import { VariableName } from "./variable-name.ts"

/** Headings of the statistics; in published tables n is called nobs. */
const HEADINGS = { n: "Obs", missing: "Missing", mean: "Mean", sd: "Sd", min: "Min", p25: "P25", median: "Median", p75: "P75", max: "Max" } as const
const Statistic = Schema.Literals(["n", "missing", "mean", "sd", "min", "p25", "median", "p75", "max"])
type Statistic = typeof Statistic.Type

const DescribeParams = Schema.Struct({
  ...tableParams,
  ...numberParams(2),
  variables: Schema.NonEmptyArray(Schema.Struct({ name: VariableName, label: Schema.optionalKey(Schema.String), ...rowNumbers })),
  /** In the order of print. */
  statistics: Schema.NonEmptyArray(Statistic).pipe(Schema.withDecodingDefaultKey(Effect.succeed(["n", "mean", "sd", "min", "max"] as const))),
  /** Whether labels tell the variables' units, as the panel has them: "Output (bn USD)". */
  units: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false)))
})

const isCount = (statistic: Statistic): boolean => statistic === "n" || statistic === "missing"

/** The statistics of what is there; NaN where nothing is. Quartiles are those of R's default (type 7). */
const statisticsOf = (values: ReadonlyArray<number>): Readonly<Record<Statistic, number>> => {
  const there = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b)
  const { max = Number.NaN, mean = Number.NaN, median = Number.NaN, min = Number.NaN, sd = Number.NaN } = summariseNumbers(there) ?? {}
  const quartile = (p: number) => (there.length === 0 ? Number.NaN : quantileSorted(there, p, 7))
  return { n: there.length, missing: values.length - there.length, mean, sd, min, p25: quartile(0.25), median, p75: quartile(0.75), max }
}

/** Descriptive statistics of variables of a panel (Table 3): the number of cells that are there, mean, standard deviation (n - 1), minimum, maximum, or what is asked for. */
export const describe = Stage.make("describe", {
  inputs: { panel: Panel, published: many(Published) },
  params: DescribeParams,
  output: PrintedTable,
  run: ({ panel, published }, params) =>
    Effect.gen(function* () {
      const { labels, notes, statistics, title, units, variables } = params
      yield* requireVariables(
        panel,
        variables.map(({ name }) => name),
        "variables"
      )
      const numbers = publishedNumbers(published)
      // Where the rows are called by their variables there is no need to name these again.
      const labelled = variables.some(({ label, name }) => (label ?? labelOf(labels, name)) !== name)
      const rows = variables.map(({ label, name, ...own }) => {
        const column = panel.column(name)
        const told = statisticsOf(Array.from(column.values))
        const cells: ReadonlyArray<Cell> = [
          ...(labelled ? [{ text: name }] : []),
          ...statistics.map((statistic): Cell => {
            const value = told[statistic]
            // The paper's columns are numbered: Obs, Mean, Sd, Min, Max.
            const at = ["n", "mean", "sd", "min", "max"].indexOf(statistic)
            const printed = at === -1 ? undefined : numbers(String(at + 1), name, [statistic === "n" ? "nobs" : statistic])
            return { text: isCount(statistic) ? count(value, params) : written(value, styleOf(params, own)), value, published: printed }
          })
        ]
        const unit = units ? column.unit : ""
        return { label: `${label ?? labelOf(labels, name)}${unit === "" ? "" : ` (${unit})`}`, cells }
      })
      return printedTable(
        { title, columns: [...(labelled ? ["Variable"] : []), ...statistics.map((statistic) => HEADINGS[statistic])].map((label) => ({ label })), rows, notes },
        params
      )
    })
})
