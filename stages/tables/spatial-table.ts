import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals } from "../../src/render/numbers.ts"
import { Effects, Estimates, Glance, PrintedTable, Published } from "../table-types.ts"
import { bracketsNote, type Estimate, type EstimateColumn, type EstimateStyle, estimateRows } from "./estimate-columns.ts"
import { printedTable } from "./printed-table.ts"
import { publishedNumbers } from "./published-numbers.ts"
import { readEffects, readEstimates } from "./read-estimates.ts"
import { Brackets, decimalsParam, starsParam, TermRow, tableParams } from "./table-params.ts"
import { readVariance, varianceNotes } from "./variance-notes.ts"

const SpatialTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...decimalsParam(3),
  /** Regressors in the order of print; all that have an effect without it. */
  rows: Schema.optionalKey(Schema.Array(TermRow)),
  brackets: Brackets.pipe(Schema.withDecodingDefaultKey(Effect.succeed("statistic" as const))),
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
    Effect.suspend(() => {
      const style: EstimateStyle = params
      const equations = readEstimates(coefficients, style)
      const names = [...equations.keys()]
      const equation = params.equation ?? (names.length === 1 ? names[0]! : "")
      const row = glance.column("equation").values.indexOf(equation)
      const estimates = equations.get(equation)
      if (estimates === undefined || row === -1) {
        const there = names.map((name) => `"${name}"`).join(", ")
        const message = `there is no equation "${equation}" to show; the model has ${there}: set "equation" to one of them`
        return Effect.fail(StageFailure.of("no-such-equation", message, { parameter: "equation", expected: there }))
      }
      const kinds = readEffects(effects, style)
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
      const rows = params.rows ?? [...(kinds.get("direct") ?? none).keys()].map((term) => ({ term }))
      const numbers = publishedNumbers(published)
      const nobs = glance.column("nobs").values[row]!
      const ancillary = ["rho", "lambda", "sigma2"].filter((term) => estimates.has(term)).map((term) => ({ term }))
      const main = estimateRows(columns.slice(0, 1), ancillary, style, numbers)
      const count = columns.map(({ published: at }) => ({ text: decimals(nobs, 0), value: nobs, published: numbers(at, "nobs", ["nobs"]) }))
      const made = [...new Set(effects.column("method").values)].map((method) => `Effects: ${method}.`)
      return Effect.succeed(
        printedTable({
          title: params.title,
          columns: columns.map(({ label }) => ({ label })),
          rows: [
            ...estimateRows(columns, rows, style, numbers),
            ...main.map((line, i) => ({ ...line, ruled: i === 0 })),
            { label: "N", ruled: main.length === 0, cells: count }
          ],
          notes: [bracketsNote(style), ...varianceNotes([{ variance: readVariance(glance, row) }]), ...made, ...params.notes]
        })
      )
    })
})
