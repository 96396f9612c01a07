import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { parentheses } from "../../src/render/numbers.ts"
import { OrderEffects, PrintedTable } from "../table-types.ts"
import type { Cell, Row } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { numberParams, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { starsNote, starsOf, starsParam } from "./star-levels.ts"
import { TermRow, tableParams } from "./table-params.ts"

const OrdersTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...numberParams(3),
  /** Regressors in the order of print, with their labels; all of them without it. */
  terms: Schema.optionalKey(Schema.NonEmptyArray(TermRow))
})

const EFFECTS = [
  { effect: "direct", group: "Direct effect" },
  { effect: "indirect", group: "Indirect effect" },
  { effect: "total", group: "Total effect" }
]

/** Effects by order: a row an order, each effect alone and cumulated, standard errors in parentheses below. Where there are several regressors, each has its block. */
export const ordersTable = Stage.make("orders-table", {
  inputs: { effects: OrderEffects },
  params: OrdersTableParams,
  output: PrintedTable,
  run: ({ effects }, params) =>
    Effect.gen(function* () {
      const [term, effect, order, cumulated] = [
        effects.column("term").values,
        effects.column("effect").values,
        effects.column("order").values,
        effects.column("cumulated").values
      ]
      const [estimate, error, p] = [effects.column("estimate").values, effects.column("std_error").values, effects.column("p_value").values]
      const there = [...new Set(term)]
      const terms: ReadonlyArray<{ readonly term: string; readonly label?: string }> = params.terms ?? there.map((name) => ({ term: name }))
      const absent = terms.flatMap(({ term: name }) => (there.includes(name) ? [] : [`"${name}"`]))
      if (absent.length > 0) {
        const message = `there are no effects of ${absent.join(", ")}; the regressors are ${there.map((name) => `"${name}"`).join(", ")}`
        return yield* StageFailure.of("missing-term", message, { parameter: "terms" })
      }
      const columns = EFFECTS.flatMap((one) => [0, 1].map((sum) => ({ ...one, sum, label: sum === 0 ? "Alone" : "Cumulated" })))
      const orders = [...new Set(order)].sort((a, b) => a - b)
      const rows = terms.flatMap(({ label, term: name }, b): ReadonlyArray<Row> => {
        const lines = orders.flatMap((q): ReadonlyArray<Row> => {
          const places = columns.map((one) => term.findIndex((t, i) => t === name && effect[i] === one.effect && order[i] === q && cumulated[i] === one.sum))
          const cells = (cell: (i: number) => Cell) => places.map((i) => (i === -1 ? undefined : cell(i)))
          return [
            {
              label: String(q),
              cells: cells((i) => ({ text: written(estimate[i]!, params) + starsOf(p[i]!, params.stars), value: estimate[i]! }))
            },
            { label: "", cells: cells((i) => ({ text: parentheses(written(error[i]!, params)), value: error[i]! })) }
          ]
        })
        return terms.length === 1
          ? lines
          : [
              { label: label ?? labelOf(params.labels, name), ruled: b > 0, cells: [] },
              ...lines.map((line) => (line.label === "" ? line : { ...line, label: `  ${line.label}` }))
            ]
      })
      const [model] = effects.column("model").values
      return printedTable(
        {
          title: params.title,
          columns,
          rows,
          notes: [
            [
              "Effects through so many neighbours' outcomes: order 0 acts at once, by x and by neighbours' x. Standard errors by the delta method in parentheses.",
              ...starsNote(params.stars)
            ].join(" "),
            ...(model === undefined ? [] : [`Model: ${model}.`]),
            ...params.notes
          ]
        },
        params
      )
    })
})
