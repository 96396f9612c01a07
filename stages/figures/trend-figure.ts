import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { requireVariables } from "../panel-columns.ts"
import { Figure, Panel } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { Years } from "../years.ts"
import { axisLabel, type FigurePoint, figureTable } from "./figure-points.ts"

const TrendFigureParams = Schema.Struct({
  title: Schema.String,
  variable: VariableName,
  /** How many entities: those with the largest values in the last year drawn. */
  top: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(10))),
  /** The years drawn; all without it. */
  years: Schema.optionalKey(Years),
  /** "ami (0 to 100)"; the variable and its unit without it. */
  yLabel: Schema.optionalKey(Schema.String)
})

/** How a variable developed in the entities that lead in the last year, a line an entity in the order of rank (Figure 2). */
export const trendFigure = Stage.make("trend-figure", {
  inputs: { panel: Panel },
  params: TrendFigureParams,
  output: Figure,
  run: ({ panel }, { title, top, variable, yLabel, years }) =>
    Effect.gen(function* () {
      yield* requireVariables(panel, [variable], "variable")
      const entity = panel.column("entity").values
      const year = panel.column("year").values
      const column = panel.column(variable)
      const values = column.values
      const drawn = [...entity.keys()].filter((i) => years === undefined || (year[i]! >= years.from && year[i]! <= years.to))
      const last = drawn.reduce((max, i) => Math.max(max, year[i]!), Number.NEGATIVE_INFINITY)
      const ranked = drawn.filter((i) => year[i] === last && !Number.isNaN(values[i])).sort((a, b) => values[b]! - values[a]!)
      if (ranked.length === 0) {
        const message = `"${variable}" has no value in the last year to draw (${drawn.length === 0 ? "no year is left" : last}); change "years"`
        return yield* StageFailure.of("nothing-to-draw", message, { column: variable, parameter: "years" })
      }
      const leaders = ranked.slice(0, top).map((i) => entity[i]!)
      const points = leaders.flatMap((series) =>
        drawn
          .filter((i) => entity[i] === series && !Number.isNaN(values[i]))
          .sort((a, b) => year[a]! - year[b]!)
          .map((i): FigurePoint => ({ mark: "line", series, x: year[i]!, y: values[i]! }))
      )
      const gaps = drawn.filter((i) => leaders.includes(entity[i]!) && Number.isNaN(values[i]))
      if (gaps.length > 0) {
        const where = { column: variable, entity: entity[gaps[0]!]!, year: year[gaps[0]!]! }
        yield* Stage.warn({ code: "missing-points", message: `${gaps.length} values of "${variable}" are missing; the lines join their neighbours`, where })
      }
      return figureTable({ title, xLabel: "Year", yLabel: axisLabel(yLabel, column) }, points)
    })
})
