import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { fitLine } from "../../src/econometrics/measurement/fit-line.ts"
import { significant } from "../../src/render/numbers.ts"
import { requireVariables } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { axisLabel, type FigurePoint, figureTable } from "./figure-points.ts"

const ScatterFigureParams = Schema.Struct({
  title: Schema.String,
  x: VariableName,
  y: VariableName,
  xLabel: Schema.optionalKey(Schema.String),
  yLabel: Schema.optionalKey(Schema.String)
})

/** Two variables against each other, a point an entity and year, with the line of ordinary least squares and their correlation (Figure 3). */
export const scatterFigure = Stage.make("scatter-figure", {
  inputs: { panel: Panel },
  params: ScatterFigureParams,
  output: Figure,
  run: ({ panel }, params) =>
    Effect.gen(function* () {
      yield* requireVariables(panel, [params.x, params.y], "x, y")
      const x = panel.column(params.x)
      const y = panel.column(params.y)
      const complete = [...x.values.keys()].filter((i) => !Number.isNaN(x.values[i]) && !Number.isNaN(y.values[i]))
      const xs = complete.map((i) => x.values[i]!)
      const ys = complete.map((i) => y.values[i]!)
      const line = fitLine(xs, ys)
      if (line === undefined) {
        const message = `no line fits "${params.y}" on "${params.x}": it takes two rows with both, and "${params.x}" must vary (${complete.length} rows have both)`
        return yield* StageFailure.of("no-fitted-line", message, { column: params.x, parameter: "x" })
      }
      const { correlation, intercept, slope } = line
      const sign = slope < 0 ? "-" : "+"
      const r = Number.isNaN(correlation) ? "" : `r = ${correlation.toFixed(3)}, `
      const series = `${params.y} = ${significant(intercept)} ${sign} ${significant(Math.abs(slope))} ${params.x} (${r}n = ${xs.length})`
      const low = xs.reduce((a, b) => Math.min(a, b))
      const high = xs.reduce((a, b) => Math.max(a, b))
      const points = [
        ...xs.map((at, i): FigurePoint => ({ mark: "point", x: at, y: ys[i]! })),
        ...[low, high].map((at): FigurePoint => ({ mark: "line", series, x: at, y: intercept + slope * at }))
      ]
      return figureTable({ title: params.title, xLabel: axisLabel(params.xLabel, x), yLabel: axisLabel(params.yLabel, y) }, points)
    })
})
