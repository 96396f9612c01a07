import { line } from "d3-shape"
import type { BootstrapReplicates } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { counted, numberText, percentText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { type Bin, binned, deviationOf, kernelDensity, meanOf, normalDensity } from "./distribution.ts"

const CURVE_POINTS = 160

interface MarksProps {
  readonly plot: Plot
  readonly bins: ReadonlyArray<Bin>
  readonly values: ReadonlyArray<number>
  readonly estimate: number | undefined
}

/** Curves in counts a bin, so that they lie over the bars. */
const Curves = ({ bins, plot, values }: MarksProps) => {
  const { x, y } = plot
  const [low, high] = [x.valueAt(0), x.valueAt(plot.width)]
  const deviation = deviationOf(values)
  if (values.length < 3 || !(deviation > 0)) return null
  const at = Array.from({ length: CURVE_POINTS }, (_, i) => low + ((high - low) * i) / (CURVE_POINTS - 1))
  const area = values.length * (bins[0]!.high - bins[0]!.low)
  const density = kernelDensity(values, at)
  const mean = meanOf(values)
  const path = (heights: ReadonlyArray<number>) =>
    line<number>()
      .x((i) => x.at(at[i]!))
      .y((i) => y.at(heights[i]! * area))([...at.keys()])!
  return (
    <>
      <path class="chart-stroked series-1 bootstrap-density" d={path(density)} />
      <path class="chart-stroked series-2" stroke-dasharray="5 3" d={path(at.map((one) => normalDensity(one, mean, deviation)))} />
    </>
  )
}

const Marks = (props: MarksProps) => {
  const { bins, estimate, plot, values } = props
  const { height, tips, x, y } = plot
  const roving = useRoving(bins.length)
  return (
    <>
      {bins.map((bin, place) => {
        const tip = {
          title: `${numberText(bin.low)} to ${numberText(bin.high)}`,
          facts: [
            ["replicates", numberText(bin.count)],
            ["of all", percentText(bin.count / values.length)]
          ] as const
        }
        const left = x.at(bin.low)
        return (
          <rect
            key={bin.low}
            class="bootstrap-bar"
            x={left + 0.5}
            width={Math.max(1, x.at(bin.high) - left - 1)}
            y={y.at(bin.count)}
            height={height - y.at(bin.count)}
            {...tips.of(tip, { x: (left + x.at(bin.high)) / 2, y: y.at(bin.count) })}
            {...roving(place)}
          />
        )
      })}
      <Curves {...props} />
      {x.valueAt(0) < 0 && x.valueAt(plot.width) > 0 ? <line class="chart-zero" x1={x.at(0)} x2={x.at(0)} y2={height} /> : null}
      {estimate === undefined ? null : <line class="bootstrap-estimate" x1={x.at(estimate)} x2={x.at(estimate)} y1={-4} y2={height} />}
    </>
  )
}

/** The domain of a bootstrap's charts: all replicates, and the intervals that are beyond. */
export const domainOf = ({ intervals, values }: BootstrapReplicates): readonly [low: number, high: number] => {
  const all = [...values, ...intervals.flatMap(({ estimate, high, low }) => [estimate, low, high])].filter((one): one is number => one !== null)
  return [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
}

/** A histogram of the replicates of a parameter, with their density, the normal distribution of the same mean and spread, the estimate, and zero where it is among them. */
export const BootstrapChart = ({ left, replicates }: { readonly replicates: BootstrapReplicates; readonly left: ReadonlyArray<string> }) => {
  const { intervals, parameter, values } = replicates
  const bins = binned(values)
  const tallest = bins.reduce((most, { count }) => Math.max(most, count), 0)
  return (
    <Frame
      label={`Distribution of ${parameter} over ${counted(values.length, "replicate")}, in ${counted(bins.length, "bin")}`}
      height={320}
      left={left}
      x={{ kind: "number", domain: domainOf(replicates), label: parameter }}
      y={{ kind: "number", domain: [0, tallest], label: "replicates" }}
      grid="y"
      marks={(plot) => <Marks plot={plot} bins={bins} values={values} estimate={intervals[0]?.estimate} />}
    />
  )
}
