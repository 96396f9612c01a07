import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { decimals } from "../../src/render/numbers.ts"
import { PublishedComparison } from "../published-comparison/comparison-types.ts"
import { Figure } from "../table-types.ts"
import { titleOfPublished } from "../tables/published-titles.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const PublishedFigureParams = Schema.Struct({
  title: Schema.String,
  /** How many of the points that lie farthest from the line have their name beside them, in each panel. */
  named: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(2))),
  /** Run's estimates farther from zero than so many published standard errors are drawn there, with what they are beside them: a few would leave no room for the rest. */
  limit: Schema.Finite.check(Schema.isGreaterThan(0)).pipe(Schema.withDecodingDefaultKey(Effect.succeed(20)))
})

const series = ["sign and stars as published", "other stars", "other sign"] as const

/**
 * Estimates of a run against the published ones, a panel a published table, both in published standard errors: on the line they are equal, in the band
 * they are within 1.96 of each other. What has no published standard error has no point.
 */
export const publishedFigure = Stage.make("published-figure", {
  inputs: { numbers: PublishedComparison },
  params: PublishedFigureParams,
  output: Figure,
  run: ({ numbers }, { limit, named, title }) =>
    Effect.gen(function* () {
      const table = numbers.column("table").values
      const column = numbers.column("column").values
      const term = numbers.column("term").values
      const published = numbers.column("published_value").values
      const run = numbers.column("run_value").values
      const stdError = numbers.column("std_error").values
      const sign = numbers.column("sign_differs").values
      const stars = numbers.column("stars_differ").values
      const points = [...table.keys()].flatMap((i) => {
        const [x, y] = [published[i]! / stdError[i]!, run[i]! / stdError[i]!]
        if (!Number.isFinite(x) || !Number.isFinite(y)) return []
        const kind = series[sign[i] === 1 ? 2 : stars[i] === 1 ? 1 : 0]
        return [{ panel: titleOfPublished(table[i]!), x, y, kind, name: `(${column[i]}) ${term[i]}` }]
      })
      if (points.length === 0) {
        const message = "no published estimate has a standard error and stands in the run: there is nothing to draw"
        return yield* StageFailure.of("nothing-to-draw", message, { parameter: "numbers" })
      }
      const drawn = [...new Set(points.map(({ panel }) => panel))].flatMap((panel) => {
        const own = points.filter((point) => point.panel === panel)
        const ends = [Math.min(...own.map(({ x }) => x)), Math.max(...own.map(({ x }) => x))]
        const off = own.map(({ x, y }) => Math.abs(y - x)).sort((a, b) => b - a)[named] ?? 0
        const equal = { panel, series: "equal, within 1.96 standard errors" }
        return [
          ...ends.map((x): FigurePoint => ({ ...equal, mark: "band", x, y: x, yRange: [x - 1.96, x + 1.96] })),
          ...ends.map((x): FigurePoint => ({ ...equal, mark: "line", x, y: x })),
          ...series.flatMap((kind) =>
            own
              .filter((point) => point.kind === kind)
              .map(({ name, x, y }): FigurePoint => {
                const beyond = Math.abs(y) > limit
                const label = beyond ? `${name}: ${decimals(y, 0)}` : Math.abs(y - x) > Math.max(off, 1.96) ? name : undefined
                return { mark: "point", panel, series: kind, x, y: beyond ? Math.sign(y) * limit : y, label }
              })
          )
        ]
      })
      return figureTable(
        {
          title,
          xLabel: "Published estimate, in its standard errors",
          yLabel: "Run's estimate, in the published standard errors",
          notes: [
            "A point an estimate. On the line both are equal; in the band they differ by less than 1.96 published standard errors.",
            ...(points.some(({ y }) => Math.abs(y) > limit) ? [`Those beyond ${limit} are drawn at ${limit}, with their numbers beside them.`] : [])
          ]
        },
        drawn
      )
    })
})
