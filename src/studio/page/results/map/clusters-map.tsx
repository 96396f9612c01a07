import { useSignal } from "@preact/signals"
import type { LocalClusters, MapShapes } from "../../../messages/results.ts"
import { Legend } from "../../chart/legend.tsx"
import { counted, numberText, pValueText } from "../../chart/number-text.ts"
import { type Decision, decided, kindsOf } from "./cluster-kinds.ts"
import { MapSvg } from "./map-svg.tsx"

interface ClustersMapProps {
  readonly local: LocalClusters
  readonly shapes: MapShapes
  readonly year: number
  readonly decision: Decision
  readonly entity: number | undefined
  readonly onEntity: (entity: number | undefined) => void
}

/** What a table tells of an entity in a year: its statistic, z and p-values. */
export const factsOf = (local: LocalClusters, entity: number, year: number): ReadonlyArray<readonly [name: string, value: string]> => {
  const { statistic, statistics, tests, years, z } = local
  const place = entity * years.length + years.indexOf(year)
  return [
    [statistic === "moran" ? "local Moran's I" : "local G", numberText(statistics[place]) || "no value"],
    ["z", numberText(z[place]) || "none"],
    ...tests.map(({ name, values }) => [name, pValueText(values[place]) || "none"] as const)
  ]
}

/** Which cluster or outlier each entity is in, in a year, on a map; beside it who is in which. */
export const ClustersMap = ({ decision, entity, local, onEntity, shapes, year }: ClustersMapProps) => {
  const pointed = useSignal<string | undefined>(undefined)
  const { entities, statistic, variable } = local
  const kinds = kindsOf(statistic)
  const is = decided(local, year, decision)
  const place = new Map(entities.map((name, i) => [name, i]))
  const lookOf = (kind: string) => kinds.find((one) => one.kind === kind)?.look ?? "map-absent"
  const members = (kind: string) => entities.filter((_, i) => is[i] === kind)
  const there = kinds.map((one) => ({ ...one, own: members(one.kind) })).filter(({ kind, own }) => own.length > 0 || kind !== "island")
  return (
    <>
      <Legend
        entries={there.map(({ kind, look, own }) => ({ text: kind, look: look === "map-missing" ? "map-missing-swatch" : look, detail: `(${own.length})` }))}
      />
      <div class="map-beside">
        <MapSvg
          shapes={shapes}
          label={`Map of the clusters of ${variable} in ${year}: ${there.map(({ kind, own }) => `${own.length} ${kind}`).join(", ")}; arrows go from one to the next`}
          chosen={entity === undefined ? undefined : entities[entity]}
          pointed={pointed}
          onPick={(name) => onEntity(place.get(name))}
          fillOf={(name) => {
            const look = lookOf(is[place.get(name) ?? -1] ?? "")
            return { look, strong: look === "map-high-high" || look === "map-low-low" }
          }}
          tipOf={(name) => {
            const at = place.get(name)
            return at === undefined
              ? { title: name, facts: [["", "not in the table"]] }
              : { title: name, facts: [["is", is[at] || "no value"], ...factsOf(local, at, year)] }
          }}
        />
        <div class="map-members">
          {there
            .filter(({ kind, own }) => kind !== "not significant" && own.length > 0)
            .map(({ kind, look, own }) => (
              <section key={kind} aria-label={kind}>
                <h3>
                  <span class={`map-key ${look}`} /> {kind} <span class="soft">{counted(own.length, "entity", "entities")}</span>
                </h3>
                <p>
                  {own.map((name) => (
                    <button
                      key={name}
                      type="button"
                      aria-pressed={place.get(name) === entity}
                      onClick={() => onEntity(place.get(name))}
                      onPointerEnter={() => {
                        pointed.value = name
                      }}
                      onPointerLeave={() => {
                        pointed.value = undefined
                      }}
                    >
                      {name}
                    </button>
                  ))}
                </p>
              </section>
            ))}
        </div>
      </div>
    </>
  )
}
