import { Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { Figure, OrderEffects } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const OrdersFigureParams = Schema.Struct({
  title: Schema.String,
  term: Schema.NonEmptyString,
  /** The effect with its unit. */
  yLabel: Schema.String,
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** Room on the axis of orders that the effects of one order share. */
const spreadOfEffects = 0.36

/** Effects of a spatial model by order of neighbour with their intervals: each order alone, and all up to it. */
export const ordersFigure = Stage.make("orders-figure", {
  inputs: { effects: OrderEffects },
  params: OrdersFigureParams,
  output: Figure,
  run: ({ effects }, { notes, term, title, yLabel }) =>
    Effect.gen(function* () {
      const terms = effects.column("term").values
      const effect = effects.column("effect").values
      const order = effects.column("order").values
      const cumulated = effects.column("cumulated").values
      const [estimate, low, high] = (["estimate", "conf_low", "conf_high"] as const).map((name) => effects.column(name).values)
      const rows = [...terms.keys()].filter((i) => terms[i] === term)
      if (rows.length === 0) {
        const message = `there are no effects of "${term}" by order; the terms are ${[...new Set(terms)].map((name) => `"${name}"`).join(", ")}`
        return yield* StageFailure.of("nothing-to-draw", message, { parameter: "term" })
      }
      const kinds = [...new Set(rows.map((i) => effect[i]!))]
      const offset = (kind: string) => (kinds.length === 1 ? 0 : (kinds.indexOf(kind) / (kinds.length - 1) - 0.5) * spreadOfEffects)
      const panels = [
        { panel: "each order alone", of: 0 },
        { panel: "all orders up to it", of: 1 }
      ].filter(({ of }) => rows.some((i) => cumulated[i] === of))
      const points = panels.flatMap(
        ({ of, panel }): ReadonlyArray<FigurePoint> => [
          { mark: "rule", panel, y: 0 },
          ...rows
            .filter((i) => cumulated[i] === of)
            .map(
              (i): FigurePoint => ({
                mark: "interval",
                panel,
                series: effect[i]!,
                x: order[i]! + offset(effect[i]!),
                y: estimate![i]!,
                ...(Number.isNaN(low![i]!) || Number.isNaN(high![i]!) ? {} : { yRange: [low![i]!, high![i]!] })
              })
            )
        ]
      )
      const xLabel = "order: through how many neighbours' outcomes"
      return figureTable({ title, xLabel, yLabel, notes: ["Intervals by the delta method.", ...notes] }, points)
    })
})
