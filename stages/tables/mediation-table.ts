import { many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Effects, PrintedTable, Published } from "../table-types.ts"
import type { Row } from "./draft.ts"
import { labelOf } from "./labels.ts"
import { numberParams, written } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { TermRow, tableParams } from "./table-params.ts"

const MediationTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(3),
  /** A heading over both limits: "95% bias-corrected interval". */
  interval: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("Confidence interval"))),
  /** Effects in the order of print, with their labels; all of them without it. */
  effects: Schema.optionalKey(Schema.Array(Schema.Struct({ effect: Schema.NonEmptyString, label: Schema.optionalKey(Schema.String) }))),
  /** Terms (treatments, values of a moderator) in the order of print, with their labels; all of them without it. */
  terms: Schema.optionalKey(Schema.Array(TermRow))
})

const kinds = ["estimate", "std_error", "conf_low", "conf_high"] as const
const capitalised = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** Effects with their standard errors and intervals, a row an effect (Table 8). Where there are several terms, or ways of making the interval, each has its block, and so has a term with a label. */
export const mediationTable = Stage.make("mediation-table", {
  inputs: { effects: Effects, published: many(Published) },
  params: MediationTableParams,
  output: PrintedTable,
  run: ({ effects: table, published }, params) =>
    Effect.sync(() => {
      const term = table.column("term").values
      const effect = table.column("effect").values
      const method = table.column("method").values
      const values = kinds.map((kind) => table.column(kind).values)
      const wanted: ReadonlyArray<{ readonly effect: string; readonly label?: string }> =
        params.effects ??
        [...new Set(effect)].map((name) => ({
          effect: name,
          label: params.labels[name] === undefined ? `${capitalised(name)} effect` : labelOf(params.labels, name)
        }))
      const numbers = publishedNumbers(published)
      const terms: ReadonlyArray<{ readonly term: string; readonly label?: string }> = params.terms ?? [...new Set(term)].map((name) => ({ term: name }))
      const shown = terms.flatMap(({ label, term: name }) =>
        [...term.keys()]
          .filter((i) => term[i] === name)
          .map((i) => ({ i, heading: terms.length > 1 || label !== undefined ? (label ?? labelOf(params.labels, name)) : "" }))
      )
      const methods = [...new Set(shown.map(({ i }) => method[i]!))]
      const blocks = new Map<string, Array<number>>()
      for (const { heading, i } of shown) {
        const key = [heading, methods.length > 1 ? method[i]! : ""].filter((part) => part !== "").join(": ")
        blocks.set(key, [...(blocks.get(key) ?? []), i])
      }
      const rows = [...blocks].flatMap(([heading, members], b): ReadonlyArray<Row> => {
        const lines = wanted.flatMap(({ effect: name, label }): ReadonlyArray<Row> => {
          const i = members.find((member) => effect[member] === name)
          if (i === undefined) return []
          const cells = kinds.map((kind, k) => ({
            text: written(values[k]![i]!, params),
            value: values[k]![i]!,
            published: numbers(String(k + 1), name, [kind])
          }))
          return [{ label: label ?? labelOf(params.labels, name), cells }]
        })
        return heading === "" ? lines : [{ label: heading, ruled: b > 0, cells: [] }, ...lines.map((line) => ({ ...line, label: `  ${line.label}` }))]
      })
      const note = methods.length === 1 ? [`Standard errors and intervals: ${methods[0]}.`] : []
      const columns = [
        { label: "Effect size" },
        { label: "Standard error" },
        { label: "Lower limit", group: params.interval },
        { label: "Upper limit", group: params.interval }
      ]
      return printedTable({ title: params.title, columns, rows, notes: [...note, ...params.notes] }, params)
    })
})
