import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals } from "../../src/render/numbers.ts"
import { requireVariables } from "../panel-columns.ts"
import { Panel, PrintedTable, Published } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { labelOf } from "./labels.ts"
import { numberParams, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { tableParams } from "./table-params.ts"

const RankingTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(2),
  variable: VariableName,
  year: Schema.Int,
  /** How many entities are shown: those with the largest values, and below them those that are published among the first and are not here. */
  top: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(10)))
})

/** The entities with the largest values of a variable in a year, by rank (section 4.2.1). Published ranks have the entity's name as their term. Equal values share the rank of the first. */
export const rankingTable = Stage.make("ranking-table", {
  inputs: { panel: Panel, published: many(Published) },
  params: RankingTableParams,
  output: PrintedTable,
  run: ({ panel, published }, params) =>
    Effect.gen(function* () {
      const { labels, notes, title, top, variable, year: at } = params
      yield* requireVariables(panel, [variable], "variable")
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const values = panel.column(variable).values
      const ranked = [...year.keys()].filter((i) => year[i] === at && !Number.isNaN(values[i])).sort((a, b) => values[b]! - values[a]!)
      if (ranked.length === 0) {
        const message = `"${variable}" has no value in ${at}; the years are ${Math.min(...year)} to ${Math.max(...year)}`
        return yield* StageFailure.of("nothing-to-rank", message, { column: variable, parameter: "year", value: String(at) })
      }
      const numbers = publishedNumbers(published)
      const rows = ranked
        .map((i) => ({
          name: entity[i]!,
          value: values[i]!,
          rank: ranked.findIndex((other) => values[other] === values[i]) + 1,
          printed: numbers(undefined, entity[i]!, ["rank"])
        }))
        .filter(({ printed, rank }) => rank <= top || printed !== undefined)
      return printedTable(
        {
          title,
          columns: ["Rank", labelOf(labels, variable)].map((label) => ({ label })),
          rows: rows.map(({ name, printed, rank, value }) => ({
            label: labelOf(labels, name),
            cells: [
              {
                text: String(rank),
                value: rank,
                published: printed === undefined ? undefined : { ...printed, text: decimals(printed.value ?? Number.NaN, 0) }
              },
              { text: written(value, params), value }
            ]
          })),
          notes
        },
        params
      )
    })
})
