import { Stage } from "@sediment/sediment"
import { Effect, Schema } from "effect"
import { tickLabel } from "../../src/render/figure/figure-layout.ts"
import { CurveEstimates } from "../comparison/comparison-types.ts"
import { Figure } from "../table-types.ts"
import { type FigurePoint, figureTable } from "./figure-points.ts"

const SpecificationCurveFigureParams = Schema.Struct({
  title: Schema.String,
  /** What the estimates are, with their unit. */
  yLabel: Schema.String,
  /** Columns of choices to show, in order, how each is headed, and its options in order; without it all that vary. */
  choices: Schema.optionalKey(
    Schema.Array(
      Schema.Struct({ column: Schema.NonEmptyString, label: Schema.optionalKey(Schema.String), options: Schema.optionalKey(Schema.Array(Schema.String)) })
    )
  ),
  /** Below which p value an estimate is significant. */
  significance: Schema.Finite.check(Schema.isBetween({ minimum: 0.0001, maximum: 0.5 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(0.05))),
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
})

/** Rows of the dots' grid that the curve is as high as. */
const CURVE_ROWS = 10
/** So many intervals are drawn as bars; more are a band. */
const MOST_BARS = 120
const declared: ReadonlySet<string> = new Set(Object.keys(CurveEstimates.columns))

/** Round numbers, four to eight of them, between two. */
const roundTicks = (low: number, high: number): ReadonlyArray<number> => {
  const rough = (high - low) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((one) => one >= rough)!
  const first = Math.ceil(low / step - 1e-9)
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}

/**
 * A specification curve: estimates with their intervals from the smallest to the largest, and under them a dot for what was chosen in each specification. Colours tell which are significant, and of which sign.
 */
export const specificationCurveFigure = Stage.make("specification-curve-figure", {
  inputs: { estimates: CurveEstimates },
  params: SpecificationCurveFigureParams,
  output: Figure,
  run: ({ estimates }, { choices, notes, significance, title, yLabel }) =>
    Effect.sync(() => {
      const n = estimates.rows
      const [b, low, high] = (["estimate", "conf_low", "conf_high"] as const).map((name) => estimates.column(name).values) as [
        Float64Array,
        Float64Array,
        Float64Array
      ]
      const p = estimates.column("p_value").values
      const named: Exclude<typeof choices, undefined> = choices ?? estimates.names.filter((name) => !declared.has(name)).map((column) => ({ column }))
      const dimensions = named
        .map(({ column, label = column, options = [] }) => {
          const values: ReadonlyArray<string> = estimates.column(column).values
          const met = new Set(values)
          return { label, values, options: [...options.filter((one) => met.has(one)), ...[...met].filter((one) => !options.includes(one)).sort()] }
        })
        .filter(({ options }) => choices !== undefined || options.length > 1)
      const reached = [...b, ...low, ...high, 0].filter((value) => !Number.isNaN(value))
      const [bottom, top] = [Math.min(...reached), Math.max(...reached)]
      /** An estimate's height above the grid of choices, whose rows are at -1, -2, …. */
      const height = (value: number): number => (CURVE_ROWS * (value - bottom)) / (top - bottom || 1)
      const seriesOf = (row: number): string =>
        p[row]! < significance ? `${b[row]! < 0 ? "negative" : "positive"}, p < ${significance}` : `p ≥ ${significance}`
      const series = Array.from(b, (_, row) => seriesOf(row))
      // Colours by kind, not by which estimate comes first.
      const order = [...new Set(series)].sort((x, y) => Number(x.startsWith("p ")) - Number(y.startsWith("p ")) || (x < y ? 1 : -1))
      const points: Array<FigurePoint> = [{ mark: "rule", y: height(0) }]
      for (const tick of roundTicks(bottom, top)) points.push({ mark: "tick", y: height(tick), label: tickLabel(tick) })
      const interval = (row: number) => (Number.isNaN(low[row]!) || Number.isNaN(high[row]!) ? undefined : ([height(low[row]!), height(high[row]!)] as const))
      const rowsOf = (kind: string) => Array.from(b.keys()).filter((row) => series[row] === kind)
      for (const kind of order)
        for (const row of rowsOf(kind))
          points.push(
            n <= MOST_BARS
              ? { mark: "interval", series: kind, x: row + 1, y: height(b[row]!), yRange: interval(row) }
              : { mark: "point", series: kind, x: row + 1, y: height(b[row]!) }
          )
      // Bars side by side without room between them would be one surface.
      if (n > MOST_BARS) for (const row of b.keys()) if (interval(row) !== undefined) points.push({ mark: "band", x: row + 1, yRange: interval(row) })
      let at = -0.5
      for (const { label, options, values } of dimensions) {
        at -= 1
        points.push({ mark: "tick", y: at, label: `${label}:` })
        for (const option of options) {
          at -= 1
          points.push({ mark: "tick", y: at, label: option })
          for (const kind of order) for (const row of rowsOf(kind)) if (values[row] === option) points.push({ mark: "point", series: kind, x: row + 1, y: at })
        }
      }
      return figureTable(
        {
          title,
          xLabel: "specifications, by their estimate",
          yLabel,
          notes: [`${n <= MOST_BARS ? "Bars" : "Band"}: the models' confidence intervals.`, ...notes]
        },
        points
      )
    })
})
