import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Effects, Estimates, Glance, PrintedTable, Published } from "../table-types.ts"
import { confidenceLevel } from "./confidence-level.ts"
import { bracketsOf, type Estimate, type EstimateColumn, estimateNotes, estimateRows } from "./estimate-columns.ts"
import { resolveRows } from "./estimate-rows.ts"
import { estimateParams, rowsParams } from "./estimate-rows-params.ts"
import { FitParam } from "./fit-statistics.ts"
import { fitRow } from "./foot-rows.ts"
import { labelOf } from "./labels.ts"
import { numberParams } from "./number-style.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { readEffects, readEstimates } from "./read-estimates.ts"
import { tableParams } from "./table-params.ts"
import { readVariance, varianceNotes } from "./variance-notes.ts"

const SpatialTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(3),
  ...estimateParams("statistic"),
  /** Rows are of regressors; all that have an effect without them. */
  ...rowsParams,
  /** Statistics of the glance under the estimates. */
  fit: Schema.Array(FitParam).pipe(Schema.withDecodingDefaultKey(Effect.succeed([{ statistic: "nobs", label: "N" }]))),
  /** Needed where the model has several equations. */
  equation: Schema.optionalKey(Schema.String)
})

const none: ReadonlyMap<string, Estimate> = new Map()

/** A spatial Durbin model in five columns (Table 11): coefficients, coefficients of spatial lags, direct, indirect and total effects; then rho, sigma2 and N. */
export const spatialTable = Stage.make("spatial-table", {
  inputs: { coefficients: Estimates, effects: Effects, glance: Glance, published: many(Published) },
  params: SpatialTableParams,
  output: PrintedTable,
  run: ({ coefficients, effects, glance, published }, params) =>
    Effect.gen(function* () {
      const equations = readEstimates(coefficients, params)
      const names = [...equations.keys()]
      const equation = params.equation ?? (names.length === 1 ? names[0]! : "")
      const row = glance.column("equation").values.indexOf(equation)
      const estimates = equations.get(equation)
      if (estimates === undefined || row === -1) {
        const there = names.map((name) => `"${name}"`).join(", ")
        const message = `there is no equation "${equation}" to show; the model has ${there}: set "equation" to one of them`
        return yield* StageFailure.of("no-such-equation", message, { parameter: "equation", expected: there })
      }
      const kinds = readEffects(effects, params)
      const column = (label: string, position: number, from: ReadonlyMap<string, Estimate> | undefined): EstimateColumn => ({
        label: `(${position}) ${label}`,
        estimates: from ?? none,
        published: String(position)
      })
      const columns: ReadonlyArray<EstimateColumn> = [
        column("Main", 1, estimates),
        { ...column("Wx", 2, estimates), termOf: (term) => `W*${term}` },
        column("Direct", 3, kinds.get("direct")),
        column("Indirect", 4, kinds.get("indirect")),
        column("Total", 5, kinds.get("total"))
      ]
      const { rows, unmatched } = resolveRows(params.rows, { ...params, terms: [...(kinds.get("direct") ?? none).keys()] })
      for (const { place, term } of unmatched) {
        const message = `there is no effect of "${term}"; the regressors are ${[...(kinds.get("direct") ?? none).keys()].map((name) => `"${name}"`).join(", ")}`
        yield* Stage.warn({ code: "row-without-estimate", message, where: { parameter: place, value: term } })
      }
      const numbers = publishedNumbers(published)
      const ancillary = ["rho", "lambda", "sigma2"]
        .filter((term) => estimates.has(term))
        .map((term) => ({ kind: "term" as const, term, label: labelOf(params.labels, term) }))
      const main = estimateRows(columns.slice(0, 1), ancillary, params, numbers)
      const own = (statistic: string): number =>
        statistic === "nobs" ? glance.column("nobs").values[row]! : glance.has(statistic) ? glance.column(statistic).values[row]! : Number.NaN
      // The paper prints N in every column; what else tells of the whole model stands in the first.
      const fitted = columns.map(({ published: at }, c) => ({
        published: at,
        fit: (statistic: string) => (c === 0 || statistic === "nobs" ? own(statistic) : Number.NaN)
      }))
      const fits = params.fit.map((fit) => (typeof fit === "string" ? { statistic: fit } : fit))
      for (const [i, { statistic }] of fits.entries())
        if (Number.isNaN(own(statistic))) {
          const message = `the model has no statistic "${statistic}"; its glance has ${glance.names.map((name) => `"${name}"`).join(", ")}`
          yield* Stage.warn({ code: "row-without-estimate", message, where: { parameter: `fit[${i}]`, value: statistic } })
        }
      const level = bracketsOf(params).includes("interval") ? confidenceLevel([...estimates.values()]) : ""
      const made = [...new Set(effects.column("method").values)].map((method) => `Effects: ${method}.`)
      return printedTable(
        {
          title: params.title,
          columns: columns.map(({ label }) => ({ label })),
          rows: [
            ...estimateRows(columns, rows, params, numbers),
            ...main.map((line, i) => ({ ...line, ruled: i === 0 })),
            ...fits.map((fit, i) => ({ ...fitRow(fitted, fit, params, numbers), ruled: i === 0 && main.length === 0 }))
          ],
          notes: [
            ...estimateNotes(params, rows, level),
            ...varianceNotes([{ heading: "", columns: [{ variance: readVariance(glance, row) }] }]),
            ...made,
            ...params.notes
          ]
        },
        params
      )
    })
})
