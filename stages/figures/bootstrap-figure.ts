import { type Fault, many, Stage, StageFailure } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { type EffectKind, effectName } from "../../src/econometrics/mediation/effect.ts"
import { significant } from "../../src/render/numbers.ts"
import { normalPdf } from "../../src/stats/normal.ts"
import { failTogether } from "../fail-together.ts"
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

/** Points of the normal curve. */
const curvePoints = 81

/** The normal distribution with the mean and standard deviation of the values, in counts by bin; nothing where they do not vary. */
const normalCurve = (values: ReadonlyArray<number>, edges: ReadonlyArray<number>): ReadonlyArray<FigurePoint> => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
  const [low, high] = [edges[0]!, edges.at(-1)!]
  // Values that differ by rounding alone have one bin around them.
  if (edges.length < 3 || !(sd > 0)) return []
  return Array.from({ length: curvePoints }, (_, i) => low + ((high - low) * i) / (curvePoints - 1)).map((x) => ({
    mark: "line",
    series: "normal, with the replicates' mean and sd",
    x,
    y: (values.length * (edges[1]! - edges[0]!) * normalPdf((x - mean) / sd)) / sd
  }))
}

/** What an interval is called in the legend: its kind, of "pairs cluster bootstrap, percentile, 1000 replicates". */
const kindOf = (method: string): string => /^.*, (.+), \d[^,]*replicates$/.exec(method)?.[1] ?? method

/**
 * The distribution of an effect over the replicates of a bootstrap as a histogram, beside the normal distribution with their mean and standard deviation; above it the intervals of
 * each of `effects` (percentile, bias-corrected, BCa); upright lines at the estimate and at zero, where zero is among the replicates.
 */
export const bootstrapFigure = Stage.make("bootstrap-figure", {
  inputs: { replicates: many(Replicates), effects: many(Effects) },
  params: BootstrapFigureParams,
  output: Figure,
  run: ({ effects, replicates }, { effect, notes, term, title, xLabel }) =>
    Effect.gen(function* () {
      const name = effectName({ term, effect: effect as EffectKind })
      const blocks = replicates.filter((table) => !isJackknife(table.column("scheme").values[0] ?? ""))
      const faults: Array<Fault> = []
      if (effects.length === 0)
        faults.push({ code: "nothing-to-draw", message: "no effects are wired: give those of the model, or of bootstrap", where: { parameter: "effects" } })
      if (blocks.length === 0 || blocks.some((table) => !table.has(name)))
        faults.push({
          code: "nothing-to-draw",
          message: `the replicates lack "${name}": they and the effects must come from the same model`,
          where: { parameter: "replicates" }
        })
      const found = effects.flatMap((table, position) => {
        const terms = table.column("term").values
        const kinds = table.column("effect").values
        const row = [...terms.keys()].find((i) => terms[i] === term && kinds[i] === effect)
        if (row === undefined) {
          const there = [...terms.keys()].map((i) => `"${kinds[i]} ${terms[i]}"`).join(", ")
          const message = `there is no ${effect} effect "${term}" in effects ${position}, counted from 0; the effects are ${there}`
          faults.push({ code: "nothing-to-draw", message, where: { parameter: "term" } })
          return []
        }
        const at = (column: "estimate" | "conf_low" | "conf_high") => table.column(column).values[row]!
        return [{ estimate: at("estimate"), low: at("conf_low"), high: at("conf_high"), method: table.column("method").values[row]! }]
      })
      const estimates = [...new Set(found.map(({ estimate }) => estimate))]
      if (estimates.length > 1)
        faults.push({
          code: "different-models",
          message: `the effects have different estimates (${estimates.map((one) => significant(one, 5)).join(", ")}): a figure is of one model`,
          where: { parameter: "effects" }
        })
      yield* failTogether(faults)
      const values = blocks.flatMap((table) => [...table.column(name).values]).filter((value) => Number.isFinite(value))
      if (values.length < 2)
        return yield* StageFailure.of("too-few-replicates", `${values.length} replicates have this effect: a distribution needs two at least`)
      const edges = histogramEdges(values)
      const counts = countsIn(values, edges)
      const curve = normalCurve(values, edges)
      const tallest = Math.max(...counts, ...curve.map(({ y }) => y!))
      const intervals = found.filter(({ high, low }) => !Number.isNaN(low) && !Number.isNaN(high))
      const above = (k: number) => tallest * (1.07 + 0.08 * k)
      const line = (x: number, label: string): ReadonlyArray<FigurePoint> => [
        { mark: "rule", x },
        { mark: "text", x, y: above(intervals.length), label }
      ]
      const told = [
        `Estimate ${significant(estimates[0]!, 3)}, ${values.length} replicates.`,
        ...intervals.map(({ high, low, method }) => `Interval [${significant(low, 3)}, ${significant(high, 3)}]: ${method}.`)
      ].join(" ")
      return figureTable({ title, xLabel, yLabel: "replicates", notes: [told, ...notes] }, [
        ...counts.map((count, i): FigurePoint => ({ mark: "bar", xRange: [edges[i]!, edges[i + 1]!], yRange: [0, count] })),
        ...line(estimates[0]!, "estimate"),
        ...(edges[0]! <= 0 && edges.at(-1)! >= 0 ? line(0, "0") : []),
        ...curve,
        ...intervals.map(
          ({ estimate, high, low, method }, k): FigurePoint => ({
            mark: "interval",
            series: `${kindOf(method)} interval`,
            x: estimate,
            y: above(intervals.length - 1 - k),
            xRange: [low, high]
          })
        )
      ])
    })
})
