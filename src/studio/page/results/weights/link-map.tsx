import { useSignal } from "@preact/signals"
import type { MapShapes, WeightsLinks } from "../../../messages/results.ts"
import { counted, numberText } from "../../chart/number-text.ts"
import { MapSvg } from "../map/map-svg.tsx"

interface LinkMapProps {
  readonly shapes: MapShapes
  readonly links: WeightsLinks
  readonly chosen: string | undefined
  readonly onPick: (entity: string) => void
}

/** Who is linked with whom: a line a pair between the places of the two, the stronger, the darker; those of the entity that is chosen, or pointed at, stand out. */
export const LinkMap = ({ chosen, links, onPick, shapes }: LinkMapProps) => {
  const pointed = useSignal<string | undefined>(undefined)
  const { entities, from, to, weight } = links
  const places = new Map(shapes.shapes.map((shape) => [shape.entity, shape]))
  const largest = weight.reduce((most, one) => Math.max(most, Math.abs(one)), 0)
  const shown = pointed.value ?? chosen
  const count = new Map<string, number>()
  for (const [i, one] of from.entries()) for (const name of [entities[one]!, entities[to[i]!]!]) count.set(name, (count.get(name) ?? 0) + 1)
  // The strongest last, so that it lies over the others.
  const order = [...from.keys()].reverse()
  return (
    <MapSvg
      shapes={shapes}
      label={`Links between ${counted(entities.length, "entity", "entities")}, ${counted(from.length, "pair")}; arrows go from one entity to the next`}
      fillOf={(name) => ({ look: count.has(name) ? "map-linked" : "map-absent" })}
      tipOf={(name) => ({ title: name, facts: [["linked with, of those shown", numberText(count.get(name) ?? 0)]] })}
      chosen={chosen}
      pointed={pointed}
      onPick={onPick}
      over={() => (
        <g class="weights-links">
          {order.map((i) => {
            const [a, b] = [entities[from[i]!]!, entities[to[i]!]!]
            const [start, end] = [places.get(a), places.get(b)]
            if (start === undefined || end === undefined) return null
            const own = shown !== undefined && (a === shown || b === shown)
            const strength = largest === 0 ? 1 : Math.sqrt(Math.abs(weight[i]!) / largest)
            return (
              <line
                key={i}
                class={own ? "weights-link-own" : "weights-link"}
                x1={start.x}
                y1={start.y}
                x2={end.x}
                y2={end.y}
                stroke-opacity={own ? 0.4 + 0.6 * strength : (shown === undefined ? 1 : 0.35) * (0.06 + 0.84 * strength)}
                stroke-width={0.6 + 2 * strength}
              />
            )
          })}
        </g>
      )}
    />
  )
}
