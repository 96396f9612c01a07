import { type Signal, useSignal } from "@preact/signals"
import { area, line } from "d3-shape"
import type { PanelSeries } from "../../../messages/results.ts"
import { type Placed, placed } from "../../chart/axis-scale.ts"
import { linePath } from "../../chart/line-path.ts"
import { counted, numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { cutToFit, textWidth, widest } from "../../chart/text-extent.ts"
import { useWidth } from "../../chart/use-width.ts"
import { extentOf, middleOf, seriesOf, withUnit } from "../panel.ts"

const HEIGHT = 84
const FOOT = 16
/** A panel is no narrower than this, where two fit. */
const NARROWEST = 148
/** What stands left and right of a plot in its panel. */
const PADDING = 8
/** How large the numbers of its axes are. */
const NUMBERS = 10
/** So many are drawn at first: each is an SVG of its own. */
const AT_ONCE = 60

interface SmallMultiplesProps {
  readonly panel: PanelSeries
  readonly order: ReadonlyArray<number>
  readonly year: number
  /** The chosen entity. */
  readonly entity: number | undefined
  readonly onEntity: (entity: number) => void
}

interface Scales {
  readonly x: Placed
  readonly y: Placed
  readonly median: string
  readonly band: string
}

/** Values up and down: the same in all panels. */
const uprightOf = (panel: PanelSeries): Placed => {
  const [low, high] = extentOf(panel.values) ?? [0, 1]
  const room = (high - low) * 0.04
  return placed({ kind: "number", domain: [low - room, high + room], exact: true }, HEIGHT, true, 40)
}

/** What all panels share: their scales, and where most entities are. */
const scalesOf = (panel: PanelSeries, y: Placed, width: number): Scales => {
  const { years } = panel
  const x = placed({ kind: "number", whole: true, domain: [years[0]!, years.at(-1)!] }, width, false, 60)
  const middle = middleOf(panel)
  const known = (at: number) => middle[at] !== null
  const places = [...years.keys()]
  return {
    x,
    y,
    median: line<number>()
      .defined(known)
      .x((at) => x.at(years[at]!))
      .y((at) => y.at(middle[at]!.median))(places)!,
    band: area<number>()
      .defined(known)
      .x((at) => x.at(years[at]!))
      .y0((at) => y.at(middle[at]!.low))
      .y1((at) => y.at(middle[at]!.high))(places)!
  }
}

interface SmallProps {
  readonly panel: PanelSeries
  readonly scales: Scales
  readonly entity: number
  readonly at: number
  readonly other: string | undefined
  readonly numbered: boolean
}

/** The lines of one entity: its own, the median of all, the middle of them, and that of the entity which is pointed at. */
const Small = ({ at, entity, numbered, other, panel, scales }: SmallProps) => {
  const { median, x, y, band } = scales
  const series = seriesOf(panel, entity)
  const { years } = panel
  const value = series[years.indexOf(at)] ?? null
  return (
    <svg width={x.length} height={HEIGHT + FOOT} aria-hidden="true" class="results-small-plot">
      {y.ticks.map((tick) => (
        <line key={tick.value} class="chart-grid" x2={x.length} y1={y.at(tick.value)} y2={y.at(tick.value)} />
      ))}
      <path class="results-band" d={band} />
      <path class="results-median" d={median} />
      {numbered
        ? y.ticks.map((tick) => (
            <text key={tick.value} class="results-small-tick" x={-PADDING - 2} y={y.at(tick.value)} dy="0.32em" text-anchor="end">
              {tick.text}
            </text>
          ))
        : null}
      {other === undefined ? null : <path class="results-other" d={other} />}
      <path
        class="results-own"
        d={linePath(
          years.map(x.at),
          series.map((one) => (one === null ? null : y.at(one)))
        )}
      />
      <line class="results-cursor" x1={x.at(at)} x2={x.at(at)} y2={HEIGHT} />
      {value === null ? null : <circle class="results-dot" cx={x.at(at)} cy={y.at(value)} r={3} />}
      <text class="results-small-tick" y={HEIGHT + 12}>
        {years[0]}
      </text>
      <text class="results-small-tick" x={x.length} y={HEIGHT + 12} text-anchor="end">
        {years.at(-1)}
      </text>
    </svg>
  )
}

/** The nearest of the years to a pixel. */
const yearAt = (years: ReadonlyArray<number>, x: Placed, pixel: number): number => {
  const value = x.valueAt(pixel)
  return years.reduce((best, year) => (Math.abs(year - value) < Math.abs(best - value) ? year : best))
}

interface CellProps extends Omit<SmallProps, "at"> {
  readonly year: number
  readonly cursor: Signal<number | undefined>
  readonly pressed: boolean
  readonly width: number
  readonly attributes: ReturnType<ReturnType<typeof useRoving>>
  readonly onPoint: (entity: number | undefined) => void
  readonly onPick: () => void
}

const Cell = ({ attributes, cursor, onPick, onPoint, pressed, width, year, ...small }: CellProps) => {
  const { entity, panel, scales } = small
  const at = cursor.value ?? year
  const name = panel.entities[entity]!
  const value = seriesOf(panel, entity)[panel.years.indexOf(at)] ?? null
  const text = value === null ? "no value" : numberText(value)
  return (
    <button
      type="button"
      class="results-small"
      aria-pressed={pressed}
      onClick={onPick}
      onPointerEnter={() => onPoint(entity)}
      onPointerLeave={() => {
        onPoint(undefined)
        cursor.value = undefined
      }}
      onPointerMove={(event) => {
        if (event.pointerType !== "touch")
          cursor.value = yearAt(panel.years, scales.x, event.clientX - event.currentTarget.getBoundingClientRect().left - PADDING)
      }}
      onFocus={() => onPoint(entity)}
      onBlur={() => onPoint(undefined)}
      {...attributes}
    >
      <span class="results-small-head">
        <span title={name}>{cutToFit(name, width - textWidth(text, 13) - 8, 13)}</span>
        <b>
          {text}
          <span class="unseen"> in {at}</span>
        </b>
      </span>
      <Small {...small} at={at} />
    </button>
  )
}

/** A panel an entity, all on the same scales; the one that is pointed at, or chosen, is drawn in all of them. */
export const SmallMultiples = ({ entity, onEntity, order, panel, year }: SmallMultiplesProps) => {
  const { ref, width } = useWidth<HTMLDivElement>()
  const pointed = useSignal<number | undefined>(undefined)
  const cursor = useSignal<number | undefined>(undefined)
  const shown = useSignal(AT_ONCE)
  const y = uprightOf(panel)
  // The numbers of the axis stand left of all panels, where no line is.
  const numbers =
    Math.ceil(
      widest(
        y.ticks.map(({ text }) => text),
        NUMBERS
      )
    ) + 2
  const room = width - numbers
  const columns = Math.max(2, Math.min(8, Math.floor(room / NARROWEST)))
  const cell = Math.max(100, Math.floor((room - (columns - 1) * 8) / columns) - 2 * PADDING - 2)
  const drawn = order.slice(0, shown.value)
  const roving = useRoving(drawn.length, columns)
  const scales = scalesOf(panel, y, cell)
  const other = pointed.value ?? entity
  const { x } = scales
  const otherPath =
    other === undefined
      ? undefined
      : linePath(
          panel.years.map(x.at),
          seriesOf(panel, other).map((one) => (one === null ? null : y.at(one)))
        )
  return (
    <>
      <p class="results-reading">
        <span class="results-key results-key-own" /> each, <span class="results-key results-key-median" /> median of all,{" "}
        <span class="results-key results-key-band" /> 10th to 90th percentile
        {other === undefined ? null : (
          <>
            , <span class="results-key results-key-other" /> {panel.entities[other]}
          </>
        )}
        . All panels have the same scale: {withUnit(panel.variable)}.
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a field set is for fields */}
      <div
        ref={ref}
        class="results-smalls"
        role="group"
        aria-label={`${panel.variable.name} by entity, ${counted(order.length, "panel")}; arrows go from one to the next`}
        data-marks
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, paddingLeft: `${numbers}px` }}
      >
        {width === 0
          ? null
          : drawn.map((one, place) => (
              <Cell
                key={one}
                panel={panel}
                scales={scales}
                entity={one}
                year={year}
                cursor={cursor}
                width={cell}
                other={one === other ? undefined : otherPath}
                numbered={place % columns === 0}
                pressed={one === entity}
                attributes={roving(place)}
                onPoint={(entity) => {
                  pointed.value = entity
                }}
                onPick={() => onEntity(one)}
              />
            ))}
      </div>
      {drawn.length < order.length ? (
        <button type="button" onClick={() => (shown.value += AT_ONCE)}>
          show {Math.min(AT_ONCE, order.length - drawn.length)} more of {order.length - drawn.length}
        </button>
      ) : null}
    </>
  )
}
