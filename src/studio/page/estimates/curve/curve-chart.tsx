import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import { numberText, pValueText } from "../../chart/number-text.ts"
import { useWidth } from "../../chart/use-width.ts"
import { type Kept, medianOf } from "./curve-choosing.ts"
import { type CurveData, optionsInWords, type Specification } from "./curve-data.ts"
import { type ChoiceRow, CURVE_HEIGHT, choiceRows, heights, kindPaths, ROW } from "./curve-layout.ts"

interface ChartProps {
  readonly data: CurveData
  /** Positions of what is shown, from left to right. */
  readonly order: ReadonlyArray<number>
  readonly kept: Kept
  readonly sort: string
  /** The position of the one whose panel is open. */
  readonly chosen: number | undefined
  readonly onChoose: (specification: Specification) => void
  readonly onToggle: (choice: number, option: number) => void
  readonly onSort: (choice: string) => void
}

const interval = ({ high, low }: Specification): string => (low === null || high === null ? "" : ` [${numberText(low, 3)}, ${numberText(high, 3)}]`)

/** Room for the names of the options, in rem; those that are longer still are cut. */
const labelRoom = ({ choices }: CurveData): string => {
  const longest = Math.max(...choices.flatMap(({ choice, options }) => [choice, ...options]).map((text) => text.length), 0)
  return `${Math.min(18, Math.max(9, longest * 0.45 + 1))}rem`
}

/** A specification in a line. */
const told = (one: Specification, at: number, count: number, data: CurveData): string =>
  `${at + 1} of ${count}: ${numberText(one.estimate, 3)}${interval(one)}, p ${pValueText(one.p)}; ${optionsInWords(one, data.choices)}`

/** Where a key goes from a place in a line of so many. */
const placeAfter = (key: string, at: number, count: number): number | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowUp: 1,
    ArrowLeft: -1,
    ArrowDown: -1,
    PageUp: 10,
    PageDown: -10,
    Home: -count,
    End: count
  }
  const step = steps[key]
  return step === undefined ? undefined : Math.min(count - 1, Math.max(0, at + step))
}

const Labels = ({
  data,
  height,
  kept,
  onSort,
  onToggle,
  rows,
  sort
}: Omit<ChartProps, "order" | "chosen" | "onChoose"> & { readonly rows: ReadonlyArray<ChoiceRow>; readonly height: number }) => (
  <div class="estimates-curve-labels" style={{ height: `${height}px` }}>
    <span class="estimates-curve-unit">estimate, in {data.unit}</span>
    {rows.map(({ choice, option, text, y }) =>
      option === undefined ? (
        <button
          key={`${choice}`}
          type="button"
          class="estimates-choice"
          style={{ top: `${y}px` }}
          aria-pressed={sort === text}
          title={sort === text ? "sorted by this: back to the estimates" : "sort by this choice"}
          onClick={() => onSort(sort === text ? "" : text)}
        >
          {text}
        </button>
      ) : (
        <button
          key={`${choice} ${option}`}
          type="button"
          class={`estimates-option ${kept.has(choice) && !kept.get(choice)!.has(option) ? "estimates-left-out" : ""}`}
          style={{ top: `${y}px` }}
          aria-pressed={kept.get(choice)?.has(option) === true}
          title={`${text}: show only these`}
          onClick={() => onToggle(choice, option)}
        >
          {text}
        </button>
      )
    )}
  </div>
)

/** Estimates with their intervals from the smallest to the largest, and under each what was chosen for it. */
export const CurveChart = (props: ChartProps) => {
  const { chosen, data, onChoose, order } = props
  const { ref, width } = useWidth<HTMLDivElement>()
  const at = useSignal<number | undefined>(undefined)
  const { height, rows } = useMemo(() => choiceRows(data.choices), [data])
  const y = useMemo(() => heights(data, order), [data, order])
  const step = order.length === 0 ? 1 : width / order.length
  const paths = useMemo(() => kindPaths(data, order, rows, y, step), [data, order, rows, y, step])
  const median = medianOf(order.map((i) => data.specifications[i]!.estimate))
  const count = order.length
  const open = chosen === undefined ? -1 : order.indexOf(chosen)
  const focused = at.value !== undefined && at.value < count ? at.value : open === -1 ? undefined : open
  const under = focused === undefined ? undefined : data.specifications[order[focused]!]
  const preferredAt = data.preferred === null ? -1 : order.indexOf(data.preferred)
  const placeOf = (event: PointerEvent): number => {
    const box = (event.currentTarget as Element).getBoundingClientRect()
    return Math.min(count - 1, Math.max(0, Math.floor((event.clientX - box.left) / step)))
  }
  const choose = (place: number | undefined) => {
    if (place !== undefined) onChoose(data.specifications[order[place]!]!)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault()
      choose(focused ?? 0)
      return
    }
    const next = placeAfter(event.key, focused ?? (preferredAt === -1 ? 0 : preferredAt), count)
    if (next === undefined) return
    event.preventDefault()
    at.value = next
  }
  const start = focused ?? (preferredAt === -1 ? 0 : preferredAt)
  return (
    <div class="estimates-curve">
      <p class="estimates-curve-told" aria-hidden="true">
        {under === undefined
          ? "Point at a specification, or go through them by the arrow keys; a click or Enter tells of one."
          : told(under, focused!, count, data)}
      </p>
      <div class="estimates-curve-picture" style={{ "--labels": labelRoom(data) }}>
        <Labels {...props} rows={rows} height={height} />
        <div class="chart" ref={ref} style={{ minHeight: `${height}px` }}>
          {width === 0 || count === 0 ? null : (
            // biome-ignore lint/a11y/useSemanticElements: an SVG has no fieldset
            <svg
              width={width}
              height={height}
              role="group"
              aria-label={`specification curve: ${count} estimates from ${numberText(data.specifications[order[0]!]!.estimate, 3)} on, median ${numberText(median, 3)}, and what was chosen for each`}
            >
              {y.ticks(6).map((tick) => (
                <g key={tick} transform={`translate(0,${y(tick)})`}>
                  <line class={tick === 0 ? "chart-zero" : "chart-grid"} x2={width} />
                  <text class="estimates-curve-tick" x={-6} dy="0.32em" text-anchor="end">
                    {y.tickFormat(6)(tick)}
                  </text>
                </g>
              ))}
              {rows.map((row) =>
                row.option === undefined ? null : <line key={`${row.choice} ${row.option}`} class="chart-grid" x2={width} y1={row.y + ROW} y2={row.y + ROW} />
              )}
              {focused === undefined ? null : (
                <rect class="estimates-curve-under" x={focused * step - Math.max(0, 3 - step / 2)} width={Math.max(6, step)} height={height} />
              )}
              {median === undefined ? null : (
                <g class="estimates-curve-median" transform={`translate(0,${y(median)})`}>
                  <line x2={width} />
                </g>
              )}
              {[...paths].map(([kind, { intervals, marks, points }]) => (
                <g key={kind} class={`estimates-${kind}`}>
                  <path class="estimates-curve-intervals" d={intervals} stroke-width={Math.min(2, Math.max(0.4, step * 0.4))} />
                  <path class="chart-filled" d={points} />
                  <path class="chart-filled" d={marks} />
                </g>
              ))}
              {preferredAt === -1 ? null : (
                <g class="estimates-curve-preferred" transform={`translate(${(preferredAt + 0.5) * step},0)`}>
                  <line y1={14} y2={height} />
                  <text y={10} text-anchor={preferredAt * step > width - 70 ? "end" : preferredAt * step < 70 ? "start" : "middle"}>
                    reference
                  </text>
                </g>
              )}
              <rect
                class="estimates-curve-slider"
                width={width}
                height={height}
                tabIndex={0}
                role="slider"
                aria-label="specifications"
                aria-valuemin={1}
                aria-valuemax={count}
                aria-valuenow={start + 1}
                aria-valuetext={told(data.specifications[order[start]!]!, start, count, data)}
                onPointerMove={(event) => (at.value = placeOf(event))}
                onPointerLeave={() => (at.value = undefined)}
                onFocus={() => (at.value ??= start)}
                onBlur={() => (at.value = undefined)}
                onKeyDown={onKey}
                onClick={(event) => choose(placeOf(event as unknown as PointerEvent))}
              />
            </svg>
          )}
          {count === 0 ? <p style={{ paddingTop: `${CURVE_HEIGHT / 2}px` }}>No specification has all of these options.</p> : null}
        </div>
      </div>
    </div>
  )
}
