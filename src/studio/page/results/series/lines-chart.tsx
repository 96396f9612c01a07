import type { Signal } from "@preact/signals"
import type { PanelSeries } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { linePath } from "../../chart/line-path.ts"
import { numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { cutToFit } from "../../chart/text-extent.ts"
import { seriesOf, withUnit } from "../panel.ts"

interface LinesChartProps {
  readonly panel: PanelSeries
  readonly label: string
  /** The entities that it is of, in the order that arrows go through them. */
  readonly shown: ReadonlyArray<number>
  /** Classes that set the colour of an entity's line. */
  readonly look: (entity: number) => string
  readonly domain: readonly [low: number, high: number]
  readonly height: number
  readonly year: number
  readonly entity: number | undefined
  /** What is pointed at, in this chart or in one beside it. */
  readonly pointed: Signal<number | undefined>
  readonly onEntity: (entity: number) => void
  /** The room right of it for names of lines. */
  readonly named: boolean
}

/** Names that stand beside the ends of lines, the first of them before the others, none over another. */
const endLabels = (ends: ReadonlyArray<{ readonly entity: number; readonly y: number }>, first: ReadonlyArray<number | undefined>) => {
  const kept: Array<{ readonly entity: number; readonly y: number }> = []
  const byRank = [...ends].sort((a, b) => Number(first.includes(b.entity)) - Number(first.includes(a.entity)))
  for (const one of byRank) if (kept.every(({ y }) => Math.abs(y - one.y) >= 14)) kept.push(one)
  return kept
}

const Lines = ({ entity, look, named, onEntity, panel, plot, pointed, shown, year }: LinesChartProps & { readonly plot: Plot }) => {
  const { entities, years } = panel
  const { height, tips, width, x, y } = plot
  const roving = useRoving(shown.length)
  const xs = years.map(x.at)
  const pathOf = (one: number) =>
    linePath(
      xs,
      seriesOf(panel, one).map((value) => (value === null ? null : y.at(value)))
    )
  const marked = [pointed.value, entity]
  const show = (one: number, at: number) => {
    const value = seriesOf(panel, one)[years.indexOf(at)] ?? null
    pointed.value = one
    tips.show(
      { title: entities[one]!, facts: [[`in ${at}`, value === null ? "no value" : numberText(value)]] },
      { x: x.at(at), y: value === null ? height / 2 : y.at(value) }
    )
  }
  const leave = () => {
    pointed.value = undefined
    tips.hide()
  }
  /** The line that is nearest to a place, in the nearest year. */
  const nearest = (event: MouseEvent): readonly [entity: number, year: number] | undefined => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    const at = x.valueAt(event.clientX - box.left)
    const near = years.reduce((best, one) => (Math.abs(one - at) < Math.abs(best - at) ? one : best))
    const place = years.indexOf(near)
    let found: number | undefined
    let least = Number.POSITIVE_INFINITY
    for (const one of shown) {
      const value = panel.values[one * years.length + place] ?? null
      if (value === null) continue
      const distance = Math.abs(y.at(value) - (event.clientY - box.top))
      if (distance < least) {
        least = distance
        found = one
      }
    }
    return found === undefined ? undefined : [found, near]
  }
  const point = (event: PointerEvent) => {
    const near = nearest(event)
    if (near !== undefined) show(...near)
  }
  const catching = {
    width,
    height,
    onPointerMove: point,
    onPointerDown: point,
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "touch") leave()
    },
    onClick: (event: MouseEvent) => {
      const near = nearest(event)
      if (near !== undefined) onEntity(near[0])
    }
  }
  const ends = shown.flatMap((one) => {
    const value = seriesOf(panel, one).at(-1) ?? null
    return value === null ? [] : [{ entity: one, y: y.at(value) }]
  })
  return (
    <>
      <line class="results-cursor" x1={x.at(year)} x2={x.at(year)} y2={height} />
      <rect class="results-catch" {...catching} />
      {shown.map((one, place) => (
        // biome-ignore lint/a11y/useSemanticElements: there is no button in an SVG
        <path
          key={one}
          class={`results-line ${look(one)} ${marked.includes(one) ? "results-marked" : marked.some((other) => other !== undefined) ? "results-behind" : ""}`}
          d={pathOf(one)}
          role="button"
          aria-pressed={one === entity}
          aria-label={`${entities[one]}, ${numberText(seriesOf(panel, one)[years.indexOf(year)]) || "no value"} in ${year}`}
          onFocus={() => show(one, year)}
          onBlur={leave}
          {...roving(place)}
          onKeyDown={(event) => (event.key === "Enter" ? onEntity(one) : roving(place).onKeyDown(event))}
        />
      ))}
      {marked.map((one) =>
        one === undefined || !shown.includes(one) ? null : (
          <path key={`over ${one}`} class={`results-line results-over ${look(one)} results-marked`} d={pathOf(one)} />
        )
      )}
      {named
        ? endLabels(ends, marked).map((one) => (
            <text
              key={one.entity}
              class={`chart-mark-label ${look(one.entity)} ${marked.includes(one.entity) ? "results-label-marked" : ""}`}
              x={width + 6}
              y={one.y}
              dy="0.32em"
            >
              {cutToFit(entities[one.entity]!, 150)}
            </text>
          ))
        : null}
    </>
  )
}

/** Lines of entities over the years in one chart: the one that is pointed at stands out, by pointer and by arrows. */
export const LinesChart = (props: LinesChartProps) => {
  const { domain, height, label, named, panel } = props
  const { entities, variable, years } = panel
  return (
    <Frame
      label={label}
      height={height}
      x={{ kind: "number", whole: true, domain: [years[0]!, years.at(-1)!] }}
      y={{ kind: "number", domain, ...(named ? { label: withUnit(variable) } : {}) }}
      grid="y"
      {...(named ? { right: entities } : {})}
      marks={(plot) => <Lines {...props} plot={plot} />}
    />
  )
}
