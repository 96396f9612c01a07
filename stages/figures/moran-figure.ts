import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals, stars } from "../../src/render/numbers.ts"
import { MoranByYear, MoranScatter } from "../autocorrelation-types.ts"
import { Figure } from "../table-types.ts"
import { VariableName } from "../variable-name.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const MoranFigureParams = Schema.Struct({
  title: Schema.String,
  variable: VariableName,
  /** Years drawn, a panel each; all without it. */
  years: Schema.optionalKey(Schema.NonEmptyArray(Schema.Int)),
  /** How many entities are named in each panel: those furthest from the origin. */
  named: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(3))),
  /** What the variable is called on the axes. */
  label: Schema.optionalKey(Schema.String)
})

/** Moran scatter plots: each entity's standardised value against the weighted mean of its neighbours', by year, with the line through the origin whose slope is Moran's I where the weights are row-standardised. */
export const moranFigure = Stage.make("moran-figure", {
  inputs: { moran: MoranByYear, scatter: MoranScatter },
  params: MoranFigureParams,
  output: Figure,
  run: ({ moran, scatter }, params) =>
    Effect.gen(function* () {
      const variable = scatter.column("variable").values
      const year = scatter.column("year").values
      const entity = scatter.column("entity").values
      const z = scatter.column("z").values
      const lag = scatter.column("lag").values
      const tested = moran.column("variable").values
      const testedYear = moran.column("year").values
      const statistic = moran.column("statistic").values
      const p = moran.column("p_randomisation").values
      const rows = [...variable.keys()].filter((i) => variable[i] === params.variable)
      const there = [...new Set(rows.map((i) => year[i]!))].sort((a, b) => a - b)
      const absent = (params.years ?? []).filter((at) => !there.includes(at))
      if (rows.length === 0 || absent.length > 0) {
        const message =
          rows.length === 0
            ? `there is no Moran scatter of "${params.variable}"; the variables are ${[...new Set(variable)].map((name) => `"${name}"`).join(", ")}`
            : `there is no Moran scatter of "${params.variable}" in ${absent.join(", ")}; the years are ${there.join(", ")}`
        return yield* StageFailure.of("nothing-to-draw", message, { parameter: rows.length === 0 ? "variable" : "years" })
      }
      const drawn = rows.filter((i) => (params.years ?? there).includes(year[i]!))
      const ends = (values: ArrayLike<number>) => [...drawn.map((i) => values[i]!)].reduce(([low, high], v) => [Math.min(low!, v), Math.max(high!, v)], [0, 0])
      const [[left, right], [bottom, top]] = [ends(z), ends(lag)]
      const corners = [
        ["HH", right, top],
        ["LH", left, top],
        ["LL", left, bottom],
        ["HL", right, bottom]
      ] as const
      const points = (params.years ?? there).flatMap((at): ReadonlyArray<FigurePoint> => {
        const members = rows.filter((i) => year[i] === at)
        const result = testedYear.findIndex((candidate, i) => candidate === at && tested[i] === params.variable)
        const told = result === -1 ? "" : `: I = ${decimals(statistic[result]!, 3)}${stars(p[result]!)}`
        const panel = `${at}${told}`
        const distance = (i: number) => Math.hypot(z[i]!, lag[i]!)
        const named = new Set([...members].sort((a, b) => distance(b) - distance(a)).slice(0, params.named))
        const slope = members.reduce((sum, i) => sum + z[i]! * lag[i]!, 0) / members.reduce((sum, i) => sum + z[i]! ** 2, 0)
        const low = members.reduce((min, i) => Math.min(min, z[i]!), 0)
        const high = members.reduce((max, i) => Math.max(max, z[i]!), 0)
        return [
          { mark: "rule", panel, x: 0, y: 0 },
          ...corners.map(([label, x, y]): FigurePoint => ({ mark: "text", panel, x: x!, y: y!, label })),
          ...members.map((i): FigurePoint => ({ mark: "point", panel, x: z[i]!, y: lag[i]!, label: named.has(i) ? entity[i]! : undefined })),
          ...[low, high].map((x): FigurePoint => ({ mark: "line", panel, series: "fitted through the origin", x, y: slope * x }))
        ]
      })
      const label = params.label ?? params.variable
      return figureTable(
        {
          title: params.title,
          xLabel: `${label} (standardised)`,
          yLabel: `spatial lag of ${label} (W z)`,
          notes: ["HH: high among high; LL: low among low; LH: low among high; HL: high among low."]
        },
        points
      )
    })
})
