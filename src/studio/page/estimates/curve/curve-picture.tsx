import { useMemo } from "preact/hooks"
import { numberText } from "../../chart/number-text.ts"
import { medianOf } from "./curve-choosing.ts"
import type { CurveData } from "./curve-data.ts"
import { type ChoiceRow, heights, kindPaths, ROW } from "./curve-layout.ts"

interface PictureProps {
  readonly data: CurveData
  readonly order: ReadonlyArray<number>
  readonly rows: ReadonlyArray<ChoiceRow>
  readonly width: number
  readonly height: number
}

/** The picture itself, which stays as it is while one goes through it. */
export const CurvePicture = ({ data, height, order, rows, width }: PictureProps) => {
  const count = order.length
  const step = width / count
  const y = useMemo(() => heights(data, order), [data, order])
  const paths = useMemo(() => kindPaths(data, order, rows, y, step), [data, order, rows, y, step])
  const median = medianOf(order.map((i) => data.specifications[i]!.estimate))
  const preferredAt = data.preferred === null ? -1 : order.indexOf(data.preferred)
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={`specification curve: ${count} estimates, median ${numberText(median, 3)}, and what was chosen for each`}
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
      {median === undefined ? null : (
        <g class="estimates-curve-median" transform={`translate(0,${y(median)})`}>
          <line x2={width} />
        </g>
      )}
      {[...paths].map(([kind, { intervals, marks, points }]) => (
        <g key={kind} class={`estimates-${kind}`}>
          <path class="estimates-curve-intervals" d={intervals} stroke-width={Math.min(2, Math.max(1, step * 0.4))} />
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
    </svg>
  )
}
