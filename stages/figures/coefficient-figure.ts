import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { normalQuantile, tQuantile } from "../../src/stats/distributions.ts"
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
  /** The level of a second interval, drawn thick inside the models' own: 0.9, say, inside those of 95%. From the estimate, its standard error and degrees of freedom. */
  innerLevel: Schema.optionalKey(Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true, exclusiveMaximum: true }))),
  rows: Schema.Array(
    Schema.Struct({
      /** Where the model stands in `coefficients`, from 0. */
      model: InputPosition,
      /** Needed where the model has several equations. */
      equation: Schema.optionalKey(Schema.String),
      term: Schema.NonEmptyString,
      ...intervalRow
    })
  ).check(Schema.isMinLength(1))
})

const percent = (level: number): string => `${Number((100 * level).toPrecision(6))}%`

/** An interval of a level by the t distribution, or the normal where there are no degrees of freedom; none without a standard error. */
const innerInterval = (estimate: number, stdError: number, df: number, level: number): readonly [number, number] | undefined => {
  if (Number.isNaN(stdError)) return undefined
  const p = (1 + level) / 2
  const reach = stdError * (Number.isNaN(df) ? normalQuantile(p) : tQuantile(p, df))
  return [estimate - reach, estimate + reach]
}

/** Estimates of models side by side with their confidence intervals, as the models have them; what an interval lacks is a point alone. */
export const coefficientFigure = Stage.make("coefficient-figure", {
  inputs: { coefficients: many(Estimates) },
  params: CoefficientFigureParams,
  output: Figure,
  run: ({ coefficients }, { innerLevel, notes, rows, title, xLabel }) =>
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
        const at = (name: "estimate" | "std_error" | "df" | "conf_low" | "conf_high") => table.column(name).values[matches[0]!]!
        const estimate = at("estimate")
        const inner = innerLevel === undefined ? undefined : innerInterval(estimate, at("std_error"), at("df"), innerLevel)
        if (inner !== undefined && inner[0] <= at("conf_low") && inner[1] >= at("conf_high"))
          faults.push({
            code: "inner-not-inside",
            message: `innerLevel: intervals of ${percent(innerLevel!)} are not inside of the model's own, which are as narrow or narrower for ${place}, "${term}"; give a lower level`,
            where: { parameter: "innerLevel", value: String(innerLevel) }
          })
        drawn.push({ label: label ?? term, series, panel, estimate, low: at("conf_low"), high: at("conf_high"), inner })
      })
      yield* failTogether(faults)
      const told = innerLevel === undefined ? [] : [`Thick: intervals of ${percent(innerLevel)}.`]
      return figureTable({ title, xLabel, yLabel: "", notes: [...told, ...notes] }, intervalPoints(drawn))
    })
})
