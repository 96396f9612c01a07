import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Dimension, Indicator } from "../indicator-set.ts"
import { IndicatorWeights, PrintedTable, Published } from "../table-types.ts"
import type { Row } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { numberParams, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { tableParams } from "./table-params.ts"

const WeightsTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(3),
  /** Of the indicator set: labels and order. */
  dimensions: Schema.NonEmptyArray(Dimension),
  indicators: Schema.NonEmptyArray(Indicator),
  /** Which weights, where they vary by year or entity. */
  scope: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("pooled")))
})

/** The indicator system with its weights (Table 2): each indicator's attribute, its weight over all indicators and within its dimension. */
export const weightsTable = Stage.make("weights-table", {
  inputs: { weights: IndicatorWeights, published: many(Published) },
  params: WeightsTableParams,
  output: PrintedTable,
  run: ({ published, weights }, params) =>
    Effect.suspend(() => {
      const { dimensions, indicators, labels, notes, scope, title } = params
      const scopes = weights.column("scope").values
      if (!scopes.includes(scope)) {
        const there = [...new Set(scopes)].map((name) => `"${name}"`).join(", ")
        const message = `there are no weights of the scope "${scope}"; the scopes are ${there}: set "scope" to one of them`
        return Effect.fail(StageFailure.of("no-such-scope", message, { parameter: "scope", value: scope, expected: there }))
      }
      const overall = weights.column("weight").values
      const within = weights.column("individual_weight").values
      const rowOf = new Map(weights.column("indicator").values.flatMap((name, i) => (scopes[i] === scope ? [[name, i] as const] : [])))
      const numbers = publishedNumbers(published)
      const rows = dimensions.flatMap(
        (dimension, d): ReadonlyArray<Row> => [
          { label: Object.hasOwn(labels, dimension.name) ? labelOf(labels, dimension.name) : dimension.label, ruled: d > 0, cells: [] },
          ...indicators
            .filter((indicator) => indicator.dimension === dimension.name)
            .map(({ attribute, label, name }) => {
              const i = rowOf.get(name)
              const weight = (values: Float64Array, column: string, kind: string) => ({
                text: i === undefined ? "" : written(values[i]!, params),
                value: i === undefined ? Number.NaN : values[i]!,
                published: numbers(column, name, [kind])
              })
              return {
                label: `  ${Object.hasOwn(labels, name) ? labelOf(labels, name) : label}`,
                cells: [
                  { text: attribute === "positive" ? "+" : "-", published: numbers("1", name, ["attribute"]) },
                  weight(overall, "2", "weight"),
                  weight(within, "3", "individual_weight")
                ]
              }
            })
        ]
      )
      const columns = [{ label: "Attribute" }, { label: "Overall weight" }, { label: "Individual weight" }]
      return Effect.succeed(printedTable({ title, columns, rows, notes }, params))
    })
})
