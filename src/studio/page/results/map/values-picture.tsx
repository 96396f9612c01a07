import type { Source } from "../../../messages/results.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Choice } from "../choices.tsx"
import { ranksOf, withUnit, yearOf } from "../panel.ts"
import { PanelPicture } from "../panel-picture.tsx"
import { Reading } from "../reading.tsx"
import { usePanel } from "../use-panel.ts"
import { MapNote } from "./map-note.tsx"
import { type OnMapProps, useShapes } from "./on-map.ts"
import { ValuesMap } from "./values-map.tsx"

const counts = ["3", "4", "5", "6", "7"].map((value) => ({ value, text: value }))
const methods = [
  { value: "quantile", text: "as many in each" },
  { value: "equal", text: "as wide each" },
  { value: "natural", text: "natural breaks" }
] as const

/** Which cluster an entity is in by the first table of local autocorrelation that has this variable. */
const useCluster = (
  study: string,
  local: Source | undefined,
  chosen: { readonly variable: string; readonly entity: string; readonly year: number } | undefined
) => {
  const asked = local === undefined || chosen === undefined ? undefined : { study, node: local.node, output: local.output }
  const { answer: first } = useAnswer("localClusters", asked)
  const has = chosen !== undefined && first?.variables.includes(chosen.variable) === true
  const { answer } = useAnswer("localClusters", asked !== undefined && has ? { ...asked, variable: chosen.variable } : undefined)
  if (answer === undefined || chosen === undefined || answer.variable !== chosen.variable) return []
  const place = answer.entities.indexOf(chosen.entity) * answer.years.length + answer.years.indexOf(chosen.year)
  const cluster = answer.entities.includes(chosen.entity) && answer.years.includes(chosen.year) ? answer.cluster[place] : undefined
  return cluster === undefined || cluster === "" ? [] : ([["cluster", cluster]] as const)
}

/** A variable of a panel on the map. */
export const ValuesPicture = ({ choice, local, query, source, sources, study }: OnMapProps) => {
  const shown = usePanel(study, source, query)
  const { entity, panel, setEntity, year } = shown
  const { answer: shapes, failure } = useShapes(study, source)
  const method = methods.find(({ value }) => value === query.get("classes"))?.value ?? "quantile"
  const count = Math.min(7, Math.max(3, Number(query.get("count")) || 5))
  const chosen = panel === undefined || entity === undefined ? undefined : { variable: panel.variable.name, entity: panel.entities[entity]!, year }
  const cluster = useCluster(study, local[0], chosen)
  return (
    <PanelPicture
      study={study}
      query={query}
      sources={sources}
      source={source}
      shown={shown}
      before={choice}
      more={cluster}
      heading={({ variable }) => `${withUnit(variable)}, ${year}`}
      fields={() => (
        <>
          <Choice label="Classes" value={method} options={methods} onChoose={(classes) => query.set({ classes })} />
          <Choice label="How many" value={String(count)} options={counts} onChoose={(count) => query.set({ count })} />
        </>
      )}
      picture={(panel) => (
        <>
          {failure !== undefined ? (
            <FailureNote failure={failure} />
          ) : shapes === undefined ? (
            <Reading />
          ) : (
            <ValuesMap panel={panel} shapes={shapes} year={year} method={method} count={count} entity={entity} onEntity={setEntity} />
          )}
          <SameNumbers
            caption={`${panel.variable.name} in ${year}`}
            columns={["entity", panel.variable.name, "rank"]}
            rows={() => {
              const values = yearOf(panel, year)
              const ranks = ranksOf(values)
              return panel.entities.map((name, i) => [name, values[i] ?? null, ranks[i] ?? null])
            }}
          />
        </>
      )}
      foot={shapes === undefined ? null : <MapNote study={study} shapes={shapes} />}
    />
  )
}
