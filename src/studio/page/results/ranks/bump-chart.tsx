import { type Signal, useSignal } from "@preact/signals"
import { curveBumpX, line } from "d3-shape"
import type { PanelSeries } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { counted, numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { cutToFit } from "../../chart/text-extent.ts"
import { useWidth } from "../../chart/use-width.ts"
import { seriesOf } from "../panel.ts"
import { orderByYear, placesOf } from "./rank-places.ts"

const ROW = 20
/** In a chart that is narrower than this, lines have the room of the names at their beginning. */
const NARROW = 560

interface BumpProps {
  readonly panel: PanelSeries
  /** So many places are shown. */
  readonly shown: number
  readonly year: number
  readonly entity: number | undefined
  /** Classes that set an entity's colour. */
  readonly look: (entity: number) => string
  readonly onEntity: (entity: number | undefined) => void
}

interface MarksProps extends BumpProps {
  readonly plot: Plot
  readonly places: ReadonlyArray<ReadonlyArray<number | null>>
  readonly order: ReadonlyArray<number>
  readonly pointed: Signal<number | undefined>
}

/** What is read out of an entity: where it stood at the beginning, and where at the end. */
const told = ({ panel, places }: MarksProps, entity: number): string => {
  const own = places[entity]!
  const first = own.findIndex((place) => place !== null)
  const last = own.findLastIndex((place) => place !== null)
  return `${panel.entities[entity]}, place ${own[first]! + 1} in ${panel.years[first]}, ${own[last]! + 1} in ${panel.years[last]}`
}

const Line = ({ entity: one, marks }: { readonly entity: number; readonly marks: MarksProps }) => {
  const { entity, look, panel, places, plot, pointed } = marks
  const { x, y } = plot
  const own = places[one]!
  const marked = one === entity || one === pointed.value
  const behind = !marked && (entity !== undefined || pointed.value !== undefined)
  const path = line<number>()
    .defined((at) => own[at] !== null)
    .x((at) => x.at(panel.years[at]!))
    .y((at) => y.at(own[at]!))
    .curve(curveBumpX)([...panel.years.keys()])!
  return (
    <g class={`bump-line ${look(one)} ${marked ? "bump-marked" : behind ? "bump-behind" : ""}`}>
      <path class="chart-stroked" d={path} />
      {own.map((place, at) =>
        place === null ? null : <circle key={panel.years[at]} class="chart-filled" cx={x.at(panel.years[at]!)} cy={y.at(place)} r={marked ? 4 : 2.5} />
      )}
    </g>
  )
}

/** The names at the right, which arrows go through, and from which a line is chosen. */
const Names = ({ marks, onLeave, onPoint }: { readonly marks: MarksProps; readonly onPoint: (entity: number) => void; readonly onLeave: () => void }) => {
  const { entity, look, onEntity, order, panel, plot, pointed } = marks
  const roving = useRoving(order.length)
  return (
    <>
      {order.map((one, place) => {
        const { onKeyDown, ...stop } = roving(place)
        const listeners = {
          role: "button" as const,
          "aria-pressed": one === entity,
          "aria-label": `${place + 1} ${told(marks, one)}`,
          onClick: () => onEntity(one),
          onFocus: () => onPoint(one),
          onBlur: onLeave,
          onPointerEnter: () => onPoint(one),
          onPointerLeave: onLeave,
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== "Enter" && event.key !== " ") return onKeyDown(event)
            event.preventDefault()
            onEntity(one)
          },
          ...stop
        }
        return (
          <text
            key={one}
            class={`bump-name chart-mark-label ${look(one)} ${one === entity || one === pointed.value ? "bump-name-marked" : ""}`}
            x={plot.width + 10}
            y={plot.y.at(place)}
            dy="0.32em"
            {...listeners}
          >
            {place + 1} {cutToFit(panel.entities[one]!, 130)}
          </text>
        )
      })}
    </>
  )
}

const Marks = (marks: MarksProps) => {
  const { entity, onEntity, order, panel, places, plot, pointed, shown, year } = marks
  const { tips, x, y } = plot
  const { years } = panel
  const point = (one: number, at = year) => {
    pointed.value = one
    const place = places[one]![years.indexOf(at)] ?? null
    const value = seriesOf(panel, one)[years.indexOf(at)] ?? null
    tips.show(
      {
        title: panel.entities[one]!,
        facts: [
          [`place in ${at}`, place === null ? "not shown" : String(place + 1)],
          [panel.variable.name, numberText(value) || "no value"]
        ]
      },
      { x: x.at(at), y: y.at(place ?? shown) }
    )
  }
  const leave = () => {
    pointed.value = undefined
    tips.hide()
  }
  /** Who stands at a place of the plot. */
  const at = (event: MouseEvent): readonly [entity: number, year: number] | undefined => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    const value = x.valueAt(event.clientX - box.left)
    const near = years.reduce((best, one) => (Math.abs(one - value) < Math.abs(best - value) ? one : best))
    const place = y.valueAt(event.clientY - box.top)
    const one = places.findIndex((own) => own[years.indexOf(near)] === place)
    return one < 0 ? undefined : [one, near]
  }
  const pointAt = (event: PointerEvent) => {
    const found = at(event)
    if (found !== undefined) point(...found)
  }
  const catching = {
    width: plot.width,
    height: plot.height,
    onPointerMove: pointAt,
    onPointerDown: pointAt,
    onPointerLeave: (event: PointerEvent) => {
      if (event.pointerType !== "touch") leave()
    },
    onClick: (event: MouseEvent) => {
      const found = at(event)
      if (found !== undefined) onEntity(found[0])
    }
  }
  const drawn = [...panel.entities.keys()].filter((one) => places[one]!.some((place) => place !== null))
  const last = (one: number) => Number(one === pointed.value) * 2 + Number(one === entity)
  return (
    <>
      <line class="results-cursor" x1={x.at(year)} x2={x.at(year)} y2={plot.height} />
      <rect class="results-catch" {...catching} />
      <g class="bump-lines">
        {drawn
          .sort((a, b) => last(a) - last(b) || a - b)
          .map((one) => (
            <Line key={one} entity={one} marks={marks} />
          ))}
      </g>
      <Names marks={{ ...marks, order: order.slice(0, shown) }} onPoint={point} onLeave={leave} />
    </>
  )
}

/** Places of entities over the years: a line each, with their names at both ends. */
export const BumpChart = (props: BumpProps) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const { panel, shown } = props
  const { entities, variable, years } = panel
  const pointed = useSignal<number | undefined>(undefined)
  const orders = orderByYear(panel)
  const places = placesOf(panel, orders, shown)
  const most = Math.min(shown, Math.max(...orders.map((order) => order.length)))
  const begin = orders[0]!
  const end = orders.at(-1)!
  const beginning = (place: number) => (begin[place] === undefined ? "" : width < NARROW ? String(place + 1) : `${entities[begin[place]!]} ${place + 1}`)
  return (
    <div ref={ref}>
      <Frame
        label={`Places by ${variable.name} over the years, ${counted(most, "place")}`}
        height={40 + ROW * most}
        x={{ kind: "number", whole: true, domain: [years[0]!, years.at(-1)!] }}
        y={{ kind: "names", names: Array.from({ length: most }, (_, place) => beginning(place)) }}
        right={end.slice(0, most).map((one, place) => `${place + 1} ${entities[one]}`)}
        grid="none"
        marks={(plot) => <Marks {...props} shown={most} plot={plot} places={places} order={end} pointed={pointed} />}
      />
    </div>
  )
}
