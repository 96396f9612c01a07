import { many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type EffectKind, effectName } from "../../src/econometrics/mediation/effect.ts"
import { significant } from "../../src/render/numbers.ts"
import { isJackknife } from "../resampling-names.ts"
import { Effects, Figure, Replicates } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"
import { countsIn, histogramEdges } from "./histogram-bins.ts"

const BootstrapFigureParams = Schema.Struct({
  title: Schema.String,
  term: Schema.NonEmptyString,
  /** direct, indirect or total. */
  effect: Schema.NonEmptyString,
  /** The effect with its unit. */
  xLabel: Schema.String,
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** The distribution of an effect over the replicates of a bootstrap as a histogram, with upright lines at the estimate, at the ends of its interval and at zero, where zero is among them. */
export const bootstrapFigure = Stage.make("bootstrap-figure", {
  inputs: { replicates: many(Replicates), effects: Effects },
  params: BootstrapFigureParams,
  output: Figure,
  run: ({ effects, replicates }, { effect, notes, term, title, xLabel }) =>
    Effect.gen(function* () {
      const terms = effects.column("term").values
      const kinds = effects.column("effect").values
      const row = [...terms.keys()].findIndex((i) => terms[i] === term && kinds[i] === effect)
      const name = effectName({ term, effect: effect as EffectKind })
      const blocks = replicates.filter((table) => !isJackknife(table.column("scheme").values[0] ?? ""))
      if (row === -1 || blocks.length === 0 || blocks.some((table) => !table.has(name))) {
        const there = [...terms.keys()].map((i) => `"${kinds[i]} ${terms[i]}"`).join(", ")
        const message =
          row === -1
            ? `there is no ${effect} effect "${term}"; the effects are ${there}`
            : `the replicates lack "${name}": they and the effects must come from the same model`
        return yield* StageFailure.of("nothing-to-draw", message, { parameter: row === -1 ? "term" : "replicates" })
      }
      const values = blocks.flatMap((table) => [...table.column(name).values]).filter((value) => Number.isFinite(value))
      if (values.length < 2)
        return yield* StageFailure.of("too-few-replicates", `${values.length} replicates have this effect: a distribution needs two at least`)
      const edges = histogramEdges(values)
      const counts = countsIn(values, edges)
      const at = (column: "estimate" | "conf_low" | "conf_high") => effects.column(column).values[row]!
      const [estimate, low, high] = [at("estimate"), at("conf_low"), at("conf_high")]
      const tallest = Math.max(...counts)
      const line = (x: number, label: string): ReadonlyArray<FigurePoint> =>
        Number.isNaN(x)
          ? []
          : [
              { mark: "rule", x },
              { mark: "text", x, y: tallest * 1.06, label }
            ]
      const interval = Number.isNaN(low) ? "" : ` Interval [${significant(low, 3)}, ${significant(high, 3)}]: ${effects.column("method").values[row]}.`
      return figureTable(
        { title, xLabel, yLabel: "replicates", notes: [`Estimate ${significant(estimate, 3)}, ${values.length} replicates.${interval}`, ...notes] },
        [
          ...counts.map((count, i): FigurePoint => ({ mark: "bar", xRange: [edges[i]!, edges[i + 1]!], yRange: [0, count] })),
          ...line(estimate, "estimate"),
          ...line(low, "low"),
          ...line(high, "high"),
          ...(edges[0]! <= 0 && edges.at(-1)! >= 0 ? line(0, "0") : [])
        ]
      )
    })
})
