import type { Placed } from "./axis-scale.ts"
import { cutToFit } from "./text-extent.ts"

interface AxisProps {
  readonly placed: Placed
  /** How long the lines of the grid are; 0 for none. */
  readonly grid: number
}

/** Below the plot: ticks with their numbers or names, and what they are of. */
export const BottomAxis = ({ grid, height, placed }: AxisProps & { readonly height: number }) => {
  const { at, axis, length, ticks } = placed
  return (
    <g class="chart-axis" transform={`translate(0,${height})`}>
      {ticks.map(({ text, value }) => (
        <g key={value} transform={`translate(${at(value)},0)`}>
          {axis.kind === "number" && grid > 0 ? <line class="chart-grid" y1={-grid} y2={0} /> : null}
          <line class="chart-tick" y1={0} y2={4} />
          <text y={8} dy="0.71em" text-anchor="middle">
            {axis.kind === "names" ? cutToFit(text, Math.max(24, (length / ticks.length) * 0.95)) : text}
          </text>
        </g>
      ))}
      <line class="chart-line" x1={0} x2={length} />
      {axis.label === undefined ? null : (
        <text class="chart-axis-label" x={length / 2} y={28} dy="0.71em" text-anchor="middle">
          {cutToFit(axis.label, length)}
        </text>
      )}
    </g>
  )
}

/** Names of rows above what they are of, where there is no room left of the plot. */
export const NamesAbove = ({ placed, width }: { readonly placed: Placed; readonly width: number }) => (
  <g class="chart-axis">
    {placed.ticks.map(({ text, value }) => (
      <text key={value} y={placed.at(value) - placed.step * 0.42} dy="0.32em">
        {cutToFit(text, width)}
      </text>
    ))}
  </g>
)

/** Left of the plot; what it is of stands above it, where it is read without turning one's head. `room` is how wide a tick's text may be. */
export const LeftAxis = ({ grid, placed, room }: AxisProps & { readonly room: number }) => {
  const { at, axis, ticks } = placed
  return (
    <g class="chart-axis">
      {ticks.map(({ text, value }) => (
        <g key={value} transform={`translate(0,${at(value)})`}>
          {axis.kind === "number" && grid > 0 ? <line class="chart-grid" x1={0} x2={grid} /> : null}
          <text x={-8} dy="0.32em" text-anchor="end">
            {cutToFit(text, room)}
          </text>
        </g>
      ))}
    </g>
  )
}
