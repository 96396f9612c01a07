import { type Fault, many, Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { RankIntervals } from "../comparison/comparison-types.ts"
import { failTogether } from "../fail-together.ts"
import { Figure } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const RankFigureParams = Schema.Struct({
  title: Schema.String,
  /** What each of the wired tables is of, in the legend. */
  series: Schema.Array(Schema.NonEmptyString).check(Schema.isMinLength(1)),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** Room within an entity's row that the series share. */
const SPREAD = 0.4

/**
 * Where the ranks of each entity are, a row an entity from the first of the reference to the last: the interval of its ranks and their median, for each table; its rank in the reference of the first as a dot.
 * All tables must be of the same entities.
 */
export const rankFigure = Stage.make("rank-figure", {
  inputs: { ranks: many(RankIntervals) },
  params: RankFigureParams,
  output: Figure,
  run: ({ ranks }, { notes, series, title }) =>
    Effect.gen(function* () {
      const faults: Array<Fault> = []
      if (ranks.length !== series.length)
        faults.push({ code: "wiring", message: `${ranks.length} tables are wired and ${series.length} are named: name each`, where: { parameter: "series" } })
      yield* failTogether(faults)
      const first = ranks[0]!
      const entities = first.column("entity").values
      const reference = first.column("reference").values
      const order = [...entities.keys()].sort((a, b) => reference[a]! - reference[b]!)
      const rowOf = new Map(order.map((row, place) => [entities[row]!, place]))
      for (const [k, table] of ranks.entries()) {
        const strange = table.column("entity").values.filter((name) => !rowOf.has(name))
        if (strange.length > 0 || table.rows !== entities.length)
          faults.push({
            code: "other-entities",
            message: `${series[k]} has other entities than ${series[0]}: ${strange.length > 0 ? strange.join(", ") : "fewer"}`
          })
      }
      yield* failTogether(faults)
      const offset = (k: number) => (ranks.length === 1 ? 0 : SPREAD / 2 - (k * SPREAD) / (ranks.length - 1))
      const points = order.flatMap((row, place): ReadonlyArray<FigurePoint> => [{ mark: "tick", y: -place, label: entities[row]! }])
      for (const [k, table] of ranks.entries()) {
        const [names, median, low, high] = [
          table.column("entity").values,
          table.column("median").values,
          table.column("rank_low").values,
          table.column("rank_high").values
        ]
        for (const [row, name] of names.entries())
          points.push({ mark: "interval", series: series[k]!, x: median[row]!, y: -rowOf.get(name)! + offset(k), xRange: [low[row]!, high[row]!] })
      }
      for (const [place, row] of order.entries()) points.push({ mark: "point", series: "reference", x: reference[row]!, y: -place })
      return figureTable({ title, xLabel: "rank", yLabel: "", notes }, points)
    })
})
