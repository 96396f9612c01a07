import { extent } from "d3-array"
import { type ScaleLinear, scaleLinear } from "d3-scale"
import type { MovedEstimate } from "../../../messages/time/run-diff.ts"
import { CutMark } from "../../chart/cut-mark.tsx"

const WIDTH = 300
const MARGIN = 8
/** What is farther from zero, in standard errors, is cut there, with an arrowhead: one giant would leave no room for the others. */
const WIDEST = 40

type Scale = ScaleLinear<number, number>

const inUnits = (one: MovedEstimate, x: number | null | undefined): number | undefined =>
  x === null || x === undefined || one.unit === null ? undefined : x / one.unit
const within = (x: number): number => Math.max(-WIDEST, Math.min(WIDEST, x))

/** One scale for all, in standard errors; zero is always on it. */
export const scaleOf = (shown: ReadonlyArray<MovedEstimate>): Scale => {
  const all = shown.flatMap((one) =>
    [one.before, one.after].flatMap((side) => [side?.low, side?.high, side?.estimate].flatMap((x) => inUnits(one, x) ?? []).map(within))
  )
  const [low = -1, high = 1] = extent([0, ...all])
  return scaleLinear([low, high === low ? low + 1 : high], [MARGIN, WIDTH - MARGIN]).nice(5)
}

export const MovedAxis = ({ scale }: { readonly scale: Scale }) => (
  <svg class="time-axis" viewBox={`0 0 ${WIDTH} 18`} aria-hidden="true">
    {scale.ticks(5).map((x) => (
      <text key={x} x={scale(x)} y="13" text-anchor="middle">
        {x}
      </text>
    ))}
  </svg>
)

const Interval = ({ className, one, scale, side, y }: { one: MovedEstimate; side: MovedEstimate["before"]; scale: Scale; y: number; className: string }) => {
  const at = inUnits(one, side?.estimate)
  if (at === undefined) return null
  const [low = at, high = at] = [inUnits(one, side?.low), inUnits(one, side?.high)]
  return (
    <g class={className}>
      <line x1={scale(within(low))} x2={scale(within(high))} y1={y} y2={y} />
      {within(at) === at ? <circle cx={scale(at)} cy={y} r="3.5" /> : null}
      {low < -WIDEST ? <CutMark x={scale(-WIDEST)} y={y} towards="left" /> : null}
      {high > WIDEST ? <CutMark x={scale(WIDEST)} y={y} towards="right" /> : null}
    </g>
  )
}

/** What the marks are. */
export const MovedLegend = () => (
  <span class="time-moved-legend">
    {(["before", "after"] as const).map((side) => (
      <span key={side}>
        <svg viewBox="0 0 30 12" width="30" height="12" aria-hidden="true">
          <g class={`time-${side}`}>
            <line x1="1" x2="29" y1="6" y2="6" />
            <circle cx="15" cy="6" r="3.5" />
          </g>
        </svg>{" "}
        {side}
      </span>
    ))}
  </span>
)

/** An estimate before (above, hollow) and after (below, full). */
export const MovedMark = ({ one, scale }: { readonly one: MovedEstimate; readonly scale: Scale }) => (
  <svg class="time-moved-mark" viewBox={`0 0 ${WIDTH} 30`} role="img" aria-label={`${one.of}: before ${one.beforeText}, after ${one.afterText}`}>
    {scale.ticks(5).map((x) => (
      <line key={x} class={x === 0 ? "time-zero" : "time-grid-line"} x1={scale(x)} x2={scale(x)} y1="0" y2="30" />
    ))}
    <Interval className="time-before" one={one} side={one.before} scale={scale} y={10} />
    <Interval className="time-after" one={one} side={one.after} scale={scale} y={20} />
  </svg>
)
