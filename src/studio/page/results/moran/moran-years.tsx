import type { GlobalMoran } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { linePath } from "../../chart/line-path.ts"
import { numberText, pValueText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"

interface YearsProps {
  readonly global: ReadonlyArray<GlobalMoran>
  readonly year: number
  readonly onYear: (year: number) => void
}

const LEVEL = 0.05

/** What is expected without autocorrelation rests on how many entities a year has: a level from year to year, as wide as the plot where it is one. */
const expectedPath = (global: ReadonlyArray<GlobalMoran>, { width, x, y }: Plot): string => {
  const first = global[0]!.expected
  if (global.every(({ expected }) => expected === first)) return `M0,${y.at(first)}H${width}`
  return linePath(
    global.map(({ year }) => x.at(year)),
    global.map(({ expected }) => y.at(expected))
  )
}

const Marks = ({ global, onYear, plot, year }: YearsProps & { readonly plot: Plot }) => {
  const { height, tips, width, x, y } = plot
  const roving = useRoving(global.length)
  return (
    <>
      <line class="chart-zero" x2={width} y1={y.at(0)} y2={y.at(0)} />
      <path class="moran-expected" d={expectedPath(global, plot)} />
      <line class="results-cursor" x1={x.at(year)} x2={x.at(year)} y2={height} />
      <path
        class="chart-stroked series-1"
        d={linePath(
          global.map((one) => x.at(one.year)),
          global.map((one) => y.at(one.statistic))
        )}
      />
      {global.map((one, place) => {
        const tip = {
          title: String(one.year),
          facts: [
            ["Moran's I", numberText(one.statistic)],
            ["expected", numberText(one.expected)],
            ["z", numberText(one.z)],
            ["p", pValueText(one.p)]
          ] as const
        }
        const { onKeyDown, ...stop } = roving(place)
        const listeners = {
          ...tips.of(tip, { x: x.at(one.year), y: y.at(one.statistic) }),
          ...stop,
          role: "button" as const,
          "aria-pressed": one.year === year,
          onClick: () => onYear(one.year),
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== "Enter" && event.key !== " ") return onKeyDown(event)
            event.preventDefault()
            onYear(one.year)
          }
        }
        return (
          <g key={one.year} class="moran-point series-1" {...listeners}>
            <circle class="moran-reach" cx={x.at(one.year)} cy={y.at(one.statistic)} r={11} />
            <circle
              class={one.p !== null && one.p < LEVEL ? "chart-filled" : "chart-hollow"}
              cx={x.at(one.year)}
              cy={y.at(one.statistic)}
              r={one.year === year ? 6 : 4}
            />
          </g>
        )
      })}
    </>
  )
}

/** Moran's I over the years, filled where it is significant at 5%; a year is chosen by its point. */
export const MoranYears = (props: YearsProps) => {
  const { global } = props
  const values = global.flatMap(({ expected, statistic }) => [expected, statistic])
  return (
    <Frame
      label="Moran's I over the years"
      height={220}
      x={{ kind: "number", whole: true, domain: [global[0]!.year, global.at(-1)!.year] }}
      y={{ kind: "number", domain: [Math.min(0, ...values), Math.max(0, ...values)], label: "Moran's I" }}
      grid="y"
      marks={(plot) => <Marks {...props} plot={plot} />}
    />
  )
}
