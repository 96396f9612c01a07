import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "../fail-together.ts"
import { Effects, Figure } from "../table-types.ts"
import { InputPosition } from "../tables/table-params.ts"
import { figureTable } from "./figure-points.ts"
import { type IntervalRow, intervalPoints, intervalRow, noEstimate } from "./interval-points.ts"

const EffectsFigureParams = Schema.Struct({
  title: Schema.String,
  xLabel: Schema.String,
  /** Said under the figure, after how the intervals were made. */
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  rows: Schema.Array(
    Schema.Struct({
      /** Where the table stands in `effects`, from 0: the first without it. */
      effects: InputPosition.pipe(Schema.withDecodingDefaultKey(Effect.succeed(0))),
      term: Schema.NonEmptyString,
      /** direct, indirect, total, … */
      effect: Schema.NonEmptyString,
      ...intervalRow
    })
  ).check(Schema.isMinLength(1))
})

/** Direct, indirect and total effects, of a spatial model or a mediation, with their intervals. */
export const effectsFigure = Stage.make("effects-figure", {
  inputs: { effects: many(Effects) },
  params: EffectsFigureParams,
  output: Figure,
  run: ({ effects }, { notes, rows, title, xLabel }) =>
    Effect.gen(function* () {
      const faults: Array<Fault> = []
      const drawn: Array<IntervalRow> = []
      const methods = new Set<string>()
      rows.forEach(({ effect, effects: position, label, panel, series, term }, i) => {
        const table = effects[position]
        const place = `rows[${i}]`
        if (table === undefined) {
          const message = `${place} shows effects ${position}, counted from 0, but ${effects.length} tables of effects are wired`
          faults.push({ code: "no-such-effects", message, where: { parameter: place } })
          return
        }
        const terms = table.column("term").values
        const kinds = table.column("effect").values
        const row = [...terms.keys()].find((at) => terms[at] === term && kinds[at] === effect)
        if (row === undefined) {
          faults.push(
            noEstimate(
              place,
              `the ${effect} effect "${term}"`,
              [...terms.keys()].map((at) => `${kinds[at]} ${terms[at]}`)
            )
          )
          return
        }
        methods.add(table.column("method").values[row]!)
        const at = (name: "estimate" | "conf_low" | "conf_high") => table.column(name).values[row]!
        drawn.push({ label: label ?? `${effect}: ${term}`, series, panel, estimate: at("estimate"), low: at("conf_low"), high: at("conf_high") })
      })
      yield* failTogether(faults)
      return figureTable({ title, xLabel, yLabel: "", notes: [`Intervals: ${[...methods].join("; ")}.`, ...notes] }, intervalPoints(drawn))
    })
})
