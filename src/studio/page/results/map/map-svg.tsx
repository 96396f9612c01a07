import { type Signal, useSignal } from "@preact/signals"
import type { ComponentChildren } from "preact"
import { useId } from "preact/hooks"
import type { MapShape, MapShapes } from "../../../messages/results.ts"
import { CHART_TEXT, textWidth } from "../../chart/text-extent.ts"
import { type Tip, TipBox, type Tips, useTips } from "../../chart/tip.tsx"
import { useWidth } from "../../chart/use-width.ts"
import { nearestShape } from "./nearest-shape.ts"

/** How an entity is filled: a class of the style, and of a scale how far it is along it. */
export interface Fill {
  readonly look: string
  readonly share?: string
  /** It is so strong that what is written on it has the ground's colour. */
  readonly strong?: boolean
}

interface MapProps {
  readonly shapes: MapShapes
  /** What is seen, in a sentence. */
  readonly label: string
  readonly fillOf: (entity: string) => Fill
  readonly tipOf: (entity: string) => Tip
  readonly chosen: string | undefined
  readonly pointed: Signal<string | undefined>
  readonly onPick: (entity: string) => void
  /** What lies over the areas, in the map's units. */
  readonly over?: () => ComponentChildren
}

/** A map is no higher than this, in pixels. */
const HIGHEST = 640
/** The radius of a point: the more there are, the smaller. */
const radiusOf = ({ shapes }: MapShapes): number => Math.min(7, Math.max(2.5, 130 / Math.sqrt(shapes.length)))

interface PlacedProps extends MapProps {
  readonly scale: number
  /** Of points, in the map's units. */
  readonly radius: number
  readonly tips: Tips
}

const Outline = ({ look, radius, shape }: { readonly shape: MapShape; readonly radius: number; readonly look: string }) =>
  shape.path === "" ? <circle class={look} cx={shape.x} cy={shape.y} r={radius} /> : <path class={look} d={shape.path} />

/** The areas, of which one is a stop of the Tab key; arrows go to the nearest one on that side. */
const Areas = ({ chosen, fillOf, onPick, pointed, radius, scale, shapes: { shapes }, tipOf, tips }: PlacedProps) => {
  const stop = useSignal(shapes[0]?.entity)
  const hatch = useId()
  const first = shapes.some(({ entity }) => entity === stop.value) ? stop.value : shapes[0]?.entity
  return (
    <>
      <defs>
        <pattern id={hatch} width={7 / scale} height={7 / scale} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="map-hatch-ground" width={7 / scale} height={7 / scale} />
          <line class="map-hatch-line" y2={7 / scale} stroke-width={3 / scale} />
        </pattern>
      </defs>
      {shapes.map((shape) => {
        const { entity } = shape
        const { look, share } = fillOf(entity)
        const { onBlur, onFocus, onPointerEnter, onPointerLeave, ...mark } = tips.of(tipOf(entity), { x: shape.x * scale, y: shape.y * scale })
        const listeners = {
          ...mark,
          role: "button" as const,
          "aria-pressed": entity === chosen,
          tabindex: entity === first ? 0 : -1,
          onPointerEnter: () => {
            pointed.value = entity
            onPointerEnter()
          },
          onPointerLeave: (event: PointerEvent) => {
            pointed.value = undefined
            onPointerLeave(event)
          },
          onFocus: () => {
            pointed.value = entity
            onFocus()
          },
          onBlur: () => {
            pointed.value = undefined
            onBlur()
          },
          onClick: () => onPick(entity),
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key === "Enter" || event.key === " ") {
              event.preventDefault()
              return onPick(entity)
            }
            const next = nearestShape(shapes, shape, event.key)
            if (next === undefined) return
            event.preventDefault()
            stop.value = next.entity
            const svg = (event.currentTarget as Element).closest("svg")
            svg?.querySelector<SVGElement>(`[data-entity="${CSS.escape(next.entity)}"]`)?.focus()
          }
        }
        const style = { ...(look === "map-missing" ? { fill: `url(#${hatch})` } : {}), ...(share === undefined ? {} : { "--share": share }) }
        return shape.path === "" ? (
          <circle key={entity} class={`map-area ${look}`} style={style} cx={shape.x} cy={shape.y} r={radius} data-entity={entity} {...listeners} />
        ) : (
          <path key={entity} class={`map-area ${look}`} style={style} d={shape.path} data-entity={entity} {...listeners} />
        )
      })}
    </>
  )
}

/** The names of areas that have room for them. */
const Names = ({ fillOf, scale, shapes: { kind, shapes } }: PlacedProps) => (
  <g class="map-names">
    {shapes.map(({ entity, path, room, x, y }) =>
      path === "" || textWidth(entity, 11) > room * scale * (kind === "tiles" ? 0.98 : 0.92) ? null : (
        <text key={entity} class={fillOf(entity).strong ? "map-name-over" : ""} x={x} y={y} dy="0.35em" text-anchor="middle" font-size={11 / scale}>
          {entity}
        </text>
      )
    )}
  </g>
)

/** Which areas are marked: that which is chosen, and that which is pointed at. */
const Marked = ({ chosen, pointed, radius, shapes: { shapes } }: PlacedProps) => (
  <>
    {shapes.map((shape) =>
      shape.entity === chosen ? (
        <Outline key={shape.entity} shape={shape} radius={radius} look="map-chosen" />
      ) : shape.entity === pointed.value ? (
        <Outline key={shape.entity} shape={shape} radius={radius} look="map-pointed" />
      ) : null
    )}
  </>
)

/** Entities where they are, each in the colour of what is told of it; an entity is pointed at, gone to by arrows, and chosen. */
export const MapSvg = (props: MapProps) => {
  const { label, shapes } = props
  const { ref, width } = useWidth<HTMLDivElement>()
  const tips = useTips()
  const scale = Math.min(width / shapes.width, HIGHEST / shapes.height)
  const placed = { ...props, scale, radius: radiusOf(shapes) / scale, tips }
  return (
    <div class="chart map" ref={ref}>
      {width === 0 ? null : (
        // biome-ignore lint/a11y/useSemanticElements: an SVG has no fieldset; its areas are gone to one by one
        <svg
          width={shapes.width * scale}
          height={shapes.height * scale}
          viewBox={`0 0 ${shapes.width} ${shapes.height}`}
          role="group"
          aria-label={label}
          font-size={CHART_TEXT}
        >
          <Areas {...placed} />
          {props.over?.()}
          <Marked {...placed} />
          <Names {...placed} />
        </svg>
      )}
      <TipBox tips={tips} width={shapes.width * scale} />
    </div>
  )
}
