import { type Signal, useSignal } from "@preact/signals"
import type { MapShapes, WeightsLinks } from "../../../messages/results.ts"
import { counted, numberText } from "../../chart/number-text.ts"
import { MapSvg } from "../map/map-svg.tsx"

interface LinkMapProps {
  readonly shapes: MapShapes
  readonly links: WeightsLinks
  /** So many of the strongest are drawn, and all of the entity that is chosen or pointed at. */
  readonly most: number
  readonly chosen: string | undefined
  readonly onPick: (entity: string) => void
}

/** Links are drawn in so many strengths. */
const STRENGTHS = 6

interface LineProps extends Pick<LinkMapProps, "shapes" | "links" | "most" | "chosen"> {
  readonly pointed: Signal<string | undefined>
}

/** The lines of one strength as one path, from the weakest to the strongest; those of one entity over them. */
const Lines = ({ chosen, links, most, pointed, shapes: { shapes } }: LineProps) => {
  const { entities, from, to, weight } = links
  const places = new Map(shapes.map((shape) => [shape.entity, shape]))
  const largest = weight.reduce((greatest, one) => Math.max(greatest, Math.abs(one)), 0)
  const shown = pointed.value ?? chosen
  const paths = new Array<string>(STRENGTHS).fill("")
  const own = new Array<string>(STRENGTHS).fill("")
  for (const [i, one] of from.entries()) {
    const [a, b] = [entities[one]!, entities[to[i]!]!]
    const [start, end] = [places.get(a), places.get(b)]
    if (start === undefined || end === undefined) continue
    const isOwn = shown !== undefined && (a === shown || b === shown)
    if (!isOwn && i >= most) continue
    const strength = largest === 0 ? STRENGTHS - 1 : Math.min(STRENGTHS - 1, Math.floor(Math.sqrt(Math.abs(weight[i]!) / largest) * STRENGTHS))
    const line = `M${start.x} ${start.y}L${end.x} ${end.y}`
    if (isOwn) own[strength] += line
    else paths[strength] += line
  }
  const dimmed = shown === undefined ? 1 : 0.4
  return (
    <g class="weights-links">
      {paths.map((d, strength) => (
        <path
          key={strength}
          class="weights-link"
          d={d}
          stroke-opacity={dimmed * (0.1 + (0.7 * (strength + 1)) / STRENGTHS)}
          stroke-width={0.6 + (2 * strength) / STRENGTHS}
        />
      ))}
      {own.map((d, strength) => (
        <path
          key={strength}
          class="weights-link-own"
          d={d}
          stroke-opacity={0.45 + (0.55 * (strength + 1)) / STRENGTHS}
          stroke-width={0.8 + (2.2 * strength) / STRENGTHS}
        />
      ))}
    </g>
  )
}

/** Who is linked with whom: a line a pair between the places of the two, the stronger, the darker; those of the entity that is chosen, or pointed at, stand out. */
export const LinkMap = ({ chosen, links, most, onPick, shapes }: LinkMapProps) => {
  const pointed = useSignal<string | undefined>(undefined)
  const { entities, from, linked } = links
  const count = new Map(entities.map((name, i) => [name, linked[i]!]))
  return (
    <MapSvg
      shapes={shapes}
      label={`Links between ${counted(entities.length, "entity", "entities")}, ${counted(Math.min(most, from.length), "pair")}; arrows go from one entity to the next`}
      fillOf={(name) => ({ look: (count.get(name) ?? 0) > 0 ? "map-linked" : "map-absent" })}
      tipOf={(name) => ({ title: name, facts: [["linked with", numberText(count.get(name) ?? 0)]] })}
      chosen={chosen}
      pointed={pointed}
      onPick={onPick}
      over={() => <Lines shapes={shapes} links={links} most={most} chosen={chosen} pointed={pointed} />}
    />
  )
}
