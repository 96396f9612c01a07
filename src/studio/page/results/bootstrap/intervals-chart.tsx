import type { BootstrapReplicates } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { Interval } from "../../chart/interval.tsx"
import { numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { nameOf } from "../pictures.ts"
import { domainOf } from "./bootstrap-chart.tsx"
import { deviationOf, meanOf, quantileOf } from "./distribution.ts"

/** An interval as it is shown: of the study, or of these replicates for comparison. */
export interface ShownInterval {
  readonly name: string
  readonly where: string
  readonly low: number | null
  readonly high: number | null
  readonly point: number
  readonly own: boolean
}

/** What comes before the method in the words of a bootstrap: "pairs cluster bootstrap, percentile, 1000 replicates". */
const methodName = (method: string): string => /^.*, (.+), \d[^,]*replicates$/.exec(method)?.[1] ?? method

const withLevel = (name: string, level: number | null): string => (level === null ? name : `${name}, ${level}%`)

/** The study's intervals of a parameter, then the plain ones of these replicates, at the study's level. */
export const intervalsOf = ({ beside: { level, multiple }, intervals, values }: BootstrapReplicates): ReadonlyArray<ShownInterval> => {
  const point = intervals[0]?.estimate ?? meanOf(values)
  const spread = multiple * deviationOf(values)
  const own = intervals.map(({ estimate, high, level, low, method, source }) => ({
    name: withLevel(methodName(method), level),
    where: nameOf(source),
    low,
    high,
    point: estimate,
    own: true
  }))
  return [
    ...own,
    ...(own.some(({ name }) => name === withLevel("percentile", level))
      ? []
      : [
          {
            name: withLevel("percentile", level),
            where: "of these replicates",
            low: quantileOf(values, (1 - level / 100) / 2),
            high: quantileOf(values, (1 + level / 100) / 2),
            point,
            own: false
          }
        ]),
    {
      name: withLevel("normal", level),
      where: `estimate ± ${multiple.toFixed(2)} sd of these replicates`,
      low: point - spread,
      high: point + spread,
      point,
      own: false
    }
  ]
}

const Marks = ({ plot, shown }: { readonly plot: Plot; readonly shown: ReadonlyArray<ShownInterval> }) => {
  const { height, tips, width, x, y } = plot
  const roving = useRoving(shown.length)
  return (
    <>
      {x.valueAt(0) < 0 && x.valueAt(width) > 0 ? <line class="chart-zero" x1={x.at(0)} x2={x.at(0)} y2={height} /> : null}
      {shown.map((one, place) => {
        const tip = {
          title: one.name,
          facts: [
            ["estimate", numberText(one.point)],
            ["from", numberText(one.low) || "none"],
            ["to", numberText(one.high) || "none"]
          ] as const,
          note: one.where
        }
        return (
          <g key={`${one.name} ${one.where}`} {...tips.of(tip, { x: x.at(one.point), y: y.at(place) })} {...roving(place)}>
            <rect class="results-catch" width={width} y={y.at(place) - y.step / 2} height={y.step} />
            <Interval
              low={one.low === null ? undefined : x.at(one.low)}
              high={one.high === null ? undefined : x.at(one.high)}
              point={x.at(one.point)}
              across={y.at(place)}
              look={one.own ? "series-1" : "series-soft"}
              hollow={!one.own}
            />
          </g>
        )
      })}
    </>
  )
}

/** The intervals of a parameter below each other, on the scale of its distribution. */
export const IntervalsChart = ({ replicates }: { readonly replicates: BootstrapReplicates }) => {
  const shown = intervalsOf(replicates)
  return (
    <Frame
      label={`Intervals of ${replicates.parameter}`}
      height={40 + 28 * shown.length}
      x={{ kind: "number", domain: domainOf(replicates) }}
      y={{ kind: "names", names: shown.map(({ name }) => name) }}
      grid="x"
      marks={(plot) => <Marks plot={plot} shown={shown} />}
    />
  )
}
