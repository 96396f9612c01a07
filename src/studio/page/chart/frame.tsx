import type { ComponentChildren } from "preact"
import { BottomAxis, LeftAxis, NamesAbove } from "./axis.tsx"
import { type Axis, type Placed, placed, spanned } from "./axis-scale.ts"
import { CHART_TEXT, LINE, textWidth, widest } from "./text-extent.ts"
import { TipBox, type Tips, useTips } from "./tip.tsx"
import { useWidth } from "./use-width.ts"

/** Where marks are drawn: the plot's size in pixels, its axes, and the chart's tip. */
export interface Plot {
  readonly width: number
  readonly height: number
  readonly x: Placed
  readonly y: Placed
  readonly tips: Tips
}

interface FrameProps {
  /** What is seen, in a sentence. */
  readonly label: string
  /** Of the whole chart, in pixels; a plot of names may rather say how high each is. */
  readonly height: number
  readonly x: Axis
  readonly y: Axis
  /** What else the left margin is to fit, so that plots below each other are aligned. */
  readonly left?: ReadonlyArray<string>
  /** What is written right of the plot, so that it fits; the plot keeps half of the width at the least. */
  readonly right?: ReadonlyArray<string>
  /** Lines of the grid: of both axes where it is left out. */
  readonly grid?: "x" | "y" | "none"
  readonly marks: (plot: Plot) => ComponentChildren
}

const BOTTOM = 26
const TOP = 10
/** No more of the width than this is left of the plot; where that is not enough in a narrow chart, names of rows stand above what they are of. */
const MOST_LEFT = 0.34
const NARROW = 560

/** What fits around a plot that is as wide as its container. */
const layout = ({ height, left: beside = [], right = [], x, y }: FrameProps, width: number) => {
  const top = TOP + (y.label === undefined ? 0 : LINE + 4)
  const bottom = BOTTOM + (x.label === undefined ? 0 : LINE + 4)
  const inner = Math.max(20, height - top - bottom)
  const beforeNames = placed(y, inner, true, 52)
  const wanted = widest([...beside, ...beforeNames.ticks.map(({ text }) => text)])
  const tight = wanted > width * MOST_LEFT
  // Numbers are never cut.
  const numbers = y.kind === "number" ? widest(beforeNames.ticks.map(({ text }) => text)) : 0
  const room = tight ? (width < NARROW ? numbers : Math.max(numbers, width * MOST_LEFT)) : wanted
  const namesAbove = y.kind === "names" && tight && width < NARROW
  const placedY = namesAbove ? placed(y, inner, true, 52, true) : beforeNames
  const start = Math.ceil(room) + 12
  const after = right.length === 0 ? 0 : Math.min(widest(right) + 10, (width - start) / 2)
  const lastHalf = x.kind === "number" ? textWidth(placed(x, Math.max(20, width - start), false, 76).ticks.at(-1)?.text ?? "") / 2 : 0
  const plotWidth = Math.max(20, Math.floor(width - start - Math.max(after, lastHalf + 4)))
  return { top, left: start, namesAbove, room, width: plotWidth, height: inner, x: placed(x, plotWidth, false, 76), y: placedY }
}

/**
 * A chart with its axes, as wide as what it stands in: margins fit what is written in them. The marks are drawn by the caller inside of the plot, whose upper left corner is (0, 0).
 */
export const Frame = (props: FrameProps) => {
  const { grid, height, label, marks, y } = props
  const { ref, width } = useWidth<HTMLDivElement>()
  const tips = useTips()
  const at = width === 0 ? undefined : layout(props, width)
  return (
    <div class="chart" ref={ref} style={{ minHeight: `${height}px` }} onPointerLeave={tips.left}>
      {at === undefined ? null : (
        // biome-ignore lint/a11y/useSemanticElements: an SVG has no fieldset; its marks may be gone to, so it is no image as a whole
        <svg width={width} height={height} role="group" aria-label={`${label} (${spanned(at.x)}; ${spanned(at.y)})`} font-size={CHART_TEXT}>
          {y.label === undefined ? null : (
            <text class="chart-axis-label" x={4} y={TOP} dy="0.4em">
              {y.label}
            </text>
          )}
          <g transform={`translate(${at.left},${at.top})`}>
            {at.namesAbove ? (
              <NamesAbove placed={at.y} width={at.width} />
            ) : (
              <LeftAxis placed={at.y} grid={grid === "x" || grid === "none" ? 0 : at.width} room={at.room} />
            )}
            <BottomAxis placed={at.x} grid={grid === "y" || grid === "none" ? 0 : at.height} height={at.height} />
            {marks({ width: at.width, height: at.height, x: at.x, y: at.y, tips: tips.movedBy(at.left, at.top) })}
          </g>
        </svg>
      )}
      <TipBox tips={tips} width={width} />
    </div>
  )
}
