import type { Signal } from "@preact/signals"
import type { MoranPoints } from "../../../messages/results.ts"
import { Frame, type Plot } from "../../chart/frame.tsx"
import { counted, numberText } from "../../chart/number-text.ts"
import { useRoving } from "../../chart/roving.ts"
import { textWidth } from "../../chart/text-extent.ts"
import { extentOf } from "../panel.ts"
import { quadrantOf, slopeOf } from "./quadrants.ts"

/** A point of the plot: an entity that has both values in the year. */
export interface Point {
  readonly entity: number
  readonly z: number
  readonly lag: number
}

export const pointsOf = ({ entities, lag, years, z }: MoranPoints, year: number): ReadonlyArray<Point> => {
  const at = years.indexOf(year)
  return entities.flatMap((_, entity) => {
    const [own, theirs] = [z[entity * years.length + at] ?? null, lag[entity * years.length + at] ?? null]
    return own === null || theirs === null ? [] : [{ entity, z: own, lag: theirs }]
  })
}

interface ScatterProps {
  readonly moran: MoranPoints
  readonly year: number
  readonly entity: number | undefined
  readonly pointed: Signal<number | undefined>
  readonly onEntity: (entity: number | undefined) => void
}

const Quadrants = ({ height, width, x, y }: Plot) => {
  const corners = [
    { text: "high-high", x: width - 6, y: 14, anchor: "end" },
    { text: "low-high", x: 6, y: 14, anchor: "start" },
    { text: "low-low", x: 6, y: height - 8, anchor: "start" },
    { text: "high-low", x: width - 6, y: height - 8, anchor: "end" }
  ] as const
  return (
    <>
      <line class="chart-zero" x1={x.at(0)} x2={x.at(0)} y2={height} />
      <line class="chart-zero" x2={width} y1={y.at(0)} y2={y.at(0)} />
      {corners.map((corner) => (
        <text key={corner.text} class="moran-quadrant" x={corner.x} y={corner.y} text-anchor={corner.anchor}>
          {corner.text}
        </text>
      ))}
    </>
  )
}

/** The line through the origin, as far as the plot goes. */
const Slope = ({ plot: { width, x, y, height }, slope }: { readonly plot: Plot; readonly slope: number }) => {
  const ends = [0, width].map((pixel) => {
    const z = x.valueAt(pixel)
    const [low, high] = [y.valueAt(height), y.valueAt(0)]
    // It is cut where it leaves the plot above or below.
    const lag = Math.min(high, Math.max(low, slope * z))
    return { x: slope === 0 || lag === slope * z ? pixel : x.at(lag / slope), y: y.at(lag) }
  })
  return <line class="moran-slope" x1={ends[0]!.x} y1={ends[0]!.y} x2={ends[1]!.x} y2={ends[1]!.y} />
}

/** Who is named without being pointed at: the points that are farthest out, as long as names do not run into each other. */
const named = (points: ReadonlyArray<Point>, plot: Plot, moran: MoranPoints): ReadonlyArray<Point> => {
  const kept: Array<Point> = []
  const far = [...points].sort((a, b) => b.z ** 2 + b.lag ** 2 - a.z ** 2 - a.lag ** 2)
  for (const one of far.slice(0, 12)) {
    const free = kept.every(
      (other) =>
        Math.abs(plot.y.at(one.lag) - plot.y.at(other.lag)) > 14 ||
        Math.abs(plot.x.at(one.z) - plot.x.at(other.z)) > textWidth(moran.entities[one.entity]!, 11) / 2 + textWidth(moran.entities[other.entity]!, 11) / 2 + 8
    )
    if (free) kept.push(one)
  }
  return kept
}

/** So many points are drawn large. */
const FEW = 300

interface PointsProps extends ScatterProps {
  readonly plot: Plot
  readonly points: ReadonlyArray<Point>
}

/** The points, which arrows go through from left to right. */
const Points = ({ entity, moran, onEntity, plot, pointed, points }: PointsProps) => {
  const { tips, x, y } = plot
  const roving = useRoving(points.length)
  return (
    <>
      {points.map((point, place) => {
        const quadrant = quadrantOf(point.z, point.lag)
        const tip = {
          title: moran.entities[point.entity]!,
          facts: [
            ["z", numberText(point.z)],
            ["Wz", numberText(point.lag)],
            ["quadrant", quadrant]
          ] as const
        }
        const at = { x: x.at(point.z), y: y.at(point.lag) }
        const { onBlur, onFocus, onPointerEnter, onPointerLeave, ...mark } = tips.of(tip, at)
        const { onKeyDown, ...stop } = roving(place)
        const listeners = {
          ...mark,
          ...stop,
          role: "button" as const,
          "aria-pressed": point.entity === entity,
          onClick: () => onEntity(point.entity),
          onFocus: () => {
            pointed.value = point.entity
            onFocus()
          },
          onBlur: () => {
            pointed.value = undefined
            onBlur()
          },
          onPointerEnter: () => {
            pointed.value = point.entity
            onPointerEnter()
          },
          onPointerLeave: (event: PointerEvent) => {
            pointed.value = undefined
            onPointerLeave(event)
          },
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== "Enter" && event.key !== " ") return onKeyDown(event)
            event.preventDefault()
            onEntity(point.entity)
          }
        }
        return (
          <g key={point.entity} class="moran-point" {...listeners}>
            {points.length > FEW ? null : <circle class="moran-reach" cx={at.x} cy={at.y} r={11} />}
            <circle class={`moran-dot map-${quadrant}`} cx={at.x} cy={at.y} r={points.length > FEW ? 3 : 5} />
          </g>
        )
      })}
    </>
  )
}

/** Rings around the point that is chosen, and that which is pointed at. */
const Marked = ({ entity, plot: { x, y }, pointed, points }: PointsProps) => (
  <>
    {points.map((point) =>
      point.entity === entity || point.entity === pointed.value ? (
        <circle key={point.entity} class="moran-ring" cx={x.at(point.z)} cy={y.at(point.lag)} r={7} />
      ) : null
    )}
  </>
)

const Marks = (props: ScatterProps & { readonly plot: Plot }) => {
  const { entity, moran, plot, year } = props
  const { x, y } = plot
  const points = [...pointsOf(moran, year)].sort((a, b) => a.z - b.z)
  const shown = { ...props, points }
  return (
    <>
      <Quadrants {...plot} />
      <Slope plot={plot} slope={slopeOf(points)} />
      <Points {...shown} />
      <Marked {...shown} />
      {[...named(points, plot, moran).filter((one) => one.entity !== entity), ...points.filter((one) => one.entity === entity)].map((point) => (
        <text
          key={`name ${point.entity}`}
          class={`moran-name ${point.entity === entity ? "moran-name-chosen" : ""}`}
          x={x.at(point.z)}
          y={y.at(point.lag) - 9}
          text-anchor="middle"
        >
          {moran.entities[point.entity]}
        </text>
      ))}
    </>
  )
}

/** Each entity's standardised value against the weighted mean of its neighbours', on scales of all years, so that years can be compared. */
export const MoranScatter = (props: ScatterProps) => {
  const { moran, year } = props
  const room = ([low, high]: readonly [number, number]) => [low - 0.08 * (high - low), high + 0.08 * (high - low)] as const
  return (
    <Frame
      label={`Moran scatter plot of ${moran.variable} in ${year}, ${counted(pointsOf(moran, year).length, "point")}`}
      height={520}
      x={{ kind: "number", domain: room(extentOf(moran.z) ?? [-1, 1]), exact: true, label: `${moran.variable}, standardised (z)` }}
      y={{ kind: "number", domain: room(extentOf(moran.lag) ?? [-1, 1]), exact: true, label: "of its neighbours, weighted (Wz)" }}
      marks={(plot) => <Marks {...props} plot={plot} />}
    />
  )
}
