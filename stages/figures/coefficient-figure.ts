import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { failTogether } from "../fail-together.ts"
import { Estimates, Figure } from "../table-types.ts"
import { InputPosition } from "../tables/table-params.ts"
import { figureTable } from "./figure-points.ts"
import { type IntervalRow, intervalPoints, intervalRow, noEstimate } from "./interval-points.ts"

const CoefficientFigureParams = Schema.Struct({
  title: Schema.String,
  xLabel: Schema.String,
  /** Said under the figure: what the intervals are, above all. */
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  rows: Schema.NonEmptyArray(
    Schema.Struct({
      /** Where the model stands in `coefficients`, from 0. */
      model: InputPosition,
      /** Needed where the model has several equations. */
      equation: Schema.optionalKey(Schema.String),
      term: Schema.NonEmptyString,
      ...intervalRow
    })
  )
})

/** Estimates of models side by side with their confidence intervals, as the models have them; what an interval lacks is a point alone. */
export const coefficientFigure = Stage.make("coefficient-figure", {
  inputs: { coefficients: many(Estimates) },
  params: CoefficientFigureParams,
  output: Figure,
  run: ({ coefficients }, { notes, rows, title, xLabel }) =>
    Effect.gen(function* () {
      const faults: Array<Fault> = []
      const drawn: Array<IntervalRow> = []
      rows.forEach(({ equation, label, model, panel, series, term }, i) => {
        const table = coefficients[model]
        const place = `rows[${i}]`
        if (table === undefined) {
          const message = `${place} shows model ${model}, counted from 0, but ${coefficients.length} tables of coefficients are wired`
          faults.push({ code: "no-such-model", message, where: { parameter: place } })
          return
        }
        const equations = table.column("equation").values
        const terms = table.column("term").values
        const matches = [...terms.keys()].filter((row) => terms[row] === term && (equation === undefined || equations[row] === equation))
        if (matches.length !== 1) {
          const asked =
            matches.length > 1 ? `"${term}", which several equations have (set "equation")` : `"${term}"${equation === undefined ? "" : ` of ${equation}`}`
          faults.push(noEstimate(place, asked, matches.length > 1 ? [...new Set(equations)] : [...new Set(terms)]))
          return
        }
        const at = (name: "estimate" | "conf_low" | "conf_high") => table.column(name).values[matches[0]!]!
        drawn.push({ label: label ?? term, series, panel, estimate: at("estimate"), low: at("conf_low"), high: at("conf_high") })
      })
      yield* failTogether(faults)
      return figureTable({ title, xLabel, yLabel: "", notes }, intervalPoints(drawn))
    })
})
