import { useSignal } from "@preact/signals"
import { useMemo } from "preact/hooks"
import type { MapShapes, PanelSeries } from "../../../messages/results.ts"
import { counted, numberText } from "../../chart/number-text.ts"
import { extentOf, ranksOf, withUnit, yearOf } from "../panel.ts"
import { type Bounds, type ClassMethod, classBounds, classOf, classShare } from "./classes.ts"
import { MapSvg } from "./map-svg.tsx"
import { RankedList } from "./ranked-list.tsx"

interface LegendProps {
  readonly bounds: Bounds
  readonly values: ReadonlyArray<number | null>
  readonly title: string
}

/** The classes with their bounds, and how many entities are in each. */
const ClassLegend = ({ bounds, title, values }: LegendProps) => {
  const missing = values.filter((value) => value === null).length
  return (
    <div class="map-legend">
      <span class="soft">{title}</span>
      <ol>
        {bounds.slice(1).map((upper, at) => (
          <li key={`${bounds[at]} ${upper}`}>
            <span class="map-class" style={{ "--share": classShare(at, bounds) }} />
            {numberText(bounds[at], 3)} to {numberText(upper, 3)}
            <span class="soft"> ({values.filter((value) => classOf(value, bounds) === at).length})</span>
          </li>
        ))}
        {missing === 0 ? null : (
          <li>
            <span class="map-missing-key" />
            no value <span class="soft">({missing})</span>
          </li>
        )}
      </ol>
    </div>
  )
}

interface ValuesMapProps {
  readonly panel: PanelSeries
  readonly shapes: MapShapes
  readonly year: number
  readonly method: ClassMethod
  readonly count: number
  readonly entity: number | undefined
  readonly onEntity: (entity: number | undefined) => void
}

/** A variable of a panel in a year on a map, and the entities by rank beside it. Classes are those of all years, so that a colour means the same in each. */
export const ValuesMap = ({ count, entity, method, onEntity, panel, shapes, year }: ValuesMapProps) => {
  const pointed = useSignal<string | undefined>(undefined)
  const { entities, variable } = panel
  const values = yearOf(panel, year)
  const ranks = ranksOf(values)
  const bounds = useMemo(() => classBounds(panel.values, method, count), [panel, method, count])
  const place = new Map(entities.map((name, i) => [name, i]))
  const valueThen = (name: string): number | null => values[place.get(name) ?? -1] ?? null
  const pick = (name: string) => onEntity(place.get(name))
  const ranked = entities
    .map((name, i) => ({ entity: name, value: values[i] ?? null, rank: ranks[i] ?? null }))
    .sort((a, b) => (a.rank ?? Number.POSITIVE_INFINITY) - (b.rank ?? Number.POSITIVE_INFINITY) || a.entity.localeCompare(b.entity))
  const shared = { chosen: entity === undefined ? undefined : entities[entity], pointed, onPick: pick }
  const present = values.filter((value) => value !== null).length
  return (
    <>
      <ClassLegend bounds={bounds} values={values} title={withUnit(variable)} />
      <div class="map-beside">
        <MapSvg
          {...shared}
          shapes={shapes}
          label={`Map of ${variable.name} in ${year}, ${counted(present, "entity", "entities")} in ${counted(Math.max(0, bounds.length - 1), "class", "classes")}; arrows go from one to the next`}
          fillOf={(name) => {
            const at = classOf(valueThen(name), bounds)
            return at < 0
              ? { look: place.has(name) ? "map-missing" : "map-absent" }
              : { look: "map-class", share: classShare(at, bounds), strong: at / Math.max(1, bounds.length - 2) > 0.65 }
          }}
          tipOf={(name) => {
            const value = valueThen(name)
            const rank = ranks[place.get(name) ?? -1] ?? null
            return {
              title: name,
              facts: [
                [`${variable.name}, ${year}`, value === null ? "no value" : numberText(value)],
                ...(rank === null ? [] : ([["rank", `${rank} of ${present}`]] as const))
              ]
            }
          }}
        />
        <RankedList {...shared} label={`${variable.name} in ${year} by rank`} ranked={ranked} extent={extentOf(panel.values) ?? [0, 1]} />
      </div>
    </>
  )
}
