import type { ComponentChildren } from "preact"
import type { Source } from "../../../messages/results.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Choice, Segments, SourceChoice } from "../choices.tsx"
import { EntityCard } from "../entity-card.tsx"
import { ranksOf, withUnit, yearOf } from "../panel.ts"
import { PanelEntity } from "../panel-entity.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { chosenIn, type Query } from "../query.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { usePanel } from "../use-panel.ts"
import { YearSlider } from "../year-slider.tsx"
import { decided } from "./cluster-kinds.ts"
import { ClustersMap, factsOf } from "./clusters-map.tsx"
import { MapNote } from "./map-note.tsx"
import { ValuesMap } from "./values-map.tsx"

interface KindProps {
  readonly study: string
  readonly query: Query
  readonly sources: ReadonlyArray<Source>
  readonly source: Source
  /** The tables of local autocorrelation. */
  readonly local: ReadonlyArray<Source>
  /** What of the study is on the map, where there is a choice. */
  readonly choice: ComponentChildren
}

const counts = ["3", "4", "5", "6", "7"].map((value) => ({ value, text: value }))
const methods = [
  { value: "quantile", text: "as many in each" },
  { value: "equal", text: "as wide each" }
]

const useShapes = (study: string, { node, output }: Source) => useAnswer("mapShapes", { study, node, output })

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
const Values = ({ choice, local, query, source, sources, study }: KindProps) => {
  const { entity, failure, panel, setEntity, setYear, year } = usePanel(study, source, query)
  const { answer: shapes, failure: noShapes } = useShapes(study, source)
  const method = query.get("classes") === "equal" ? "equal" : "quantile"
  const count = Math.min(7, Math.max(3, Number(query.get("count")) || 5))
  const cluster = useCluster(
    study,
    local[0],
    panel === undefined || entity === undefined ? undefined : { variable: panel.variable.name, entity: panel.entities[entity]!, year }
  )
  const wrong = failure ?? noShapes
  if (wrong !== undefined) return <FailureNote failure={wrong} />
  if (panel === undefined || shapes === undefined) return <Reading />
  const { entities, variable } = panel
  return (
    <>
      <div class="results-controls">
        {choice}
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, variable: undefined })} />
        <Choice
          label="Variable"
          value={variable.name}
          options={panel.variables.map(({ name }) => ({ value: name, text: name }))}
          onChoose={(variable) => query.set({ variable })}
        />
        <Choice label="Classes" value={method} options={methods} onChoose={(classes) => query.set({ classes })} />
        <Choice label="How many" value={String(count)} options={counts} onChoose={(count) => query.set({ count })} />
        <YearSlider years={panel.years} year={year} onYear={setYear} />
      </div>
      <h2 class="results-title">
        {withUnit(variable)}, {year} <span class="soft">{variable.description}</span>
      </h2>
      {entity === undefined ? null : (
        <PanelEntity study={study} panel={panel} entity={entity} year={year} more={cluster} onClose={() => setEntity(undefined)} />
      )}
      <ValuesMap panel={panel} shapes={shapes} year={year} method={method} count={count} entity={entity} onEntity={setEntity} />
      <SameNumbers
        caption={`${variable.name} in ${year}`}
        columns={["entity", variable.name, "rank"]}
        rows={() => {
          const values = yearOf(panel, year)
          const ranks = ranksOf(values)
          return entities.map((name, i) => [name, values[i] ?? null, ranks[i] ?? null])
        }}
      />
      <SourceNote study={study} source={panel.source} notes={panel.notes} />
      <MapNote study={study} shapes={shapes} />
    </>
  )
}

const levels = ["0.1", "0.05", "0.01", "0.001"].map((value) => ({ value, text: `p < ${value}` }))

/** Clusters and outliers of a variable on the map. */
const Clusters = ({ choice, query, source, sources, study }: KindProps) => {
  const variable = query.get("of")
  const { answer: local, failure } = useAnswer("localClusters", {
    study,
    node: source.node,
    output: source.output,
    ...(variable === undefined ? {} : { variable })
  })
  const { answer: shapes, failure: noShapes } = useShapes(study, source)
  const wrong = failure ?? noShapes
  if (wrong !== undefined) return <FailureNote failure={wrong} />
  if (local === undefined || shapes === undefined) return <Reading />
  const { entity, setEntity, setYear, year } = chosenIn(query, local.entities, local.years)
  const test = local.tests.find(({ name }) => name === query.get("test"))?.name ?? "study"
  const decision = { test, level: Number(query.get("level") ?? "0.05") }
  const place = entity === undefined ? -1 : entity * local.years.length + local.years.indexOf(year)
  return (
    <>
      <div class="results-controls">
        {choice}
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, of: undefined, test: undefined })} />
        <Choice
          label="Variable"
          value={local.variable}
          options={local.variables.map((value) => ({ value, text: value }))}
          onChoose={(of) => query.set({ of })}
        />
        <Choice
          label="Significant"
          value={test}
          options={[
            { value: "study", text: `as the study has it: ${local.decidedBy}` },
            ...local.tests.map(({ name }) => ({ value: name, text: `by ${name}` }))
          ]}
          onChoose={(test) => query.set({ test: test === "study" ? undefined : test })}
        />
        {test === "study" ? null : <Choice label="Level" value={String(decision.level)} options={levels} onChoose={(level) => query.set({ level })} />}
        <YearSlider years={local.years} year={year} onYear={setYear} />
      </div>
      <h2 class="results-title">
        {local.statistic === "moran" ? "LISA clusters" : "Hot and cold spots"} of {local.variable}, {year}{" "}
        <span class="soft">
          {test === "study" ? local.decidedBy : `${test} < ${decision.level}: ${local.tests.find(({ name }) => name === test)!.description}`}
        </span>
      </h2>
      {entity === undefined ? null : (
        <EntityCard
          study={study}
          name={local.entities[entity]!}
          facts={[[`in ${year}`, decided(local, year, decision)[entity] || "no value"], ...factsOf(local, entity, year)]}
          cell={{ node: source.node, output: source.output, row: local.rows[place] ?? -1, column: "cluster" }}
          onClose={() => setEntity(undefined)}
        />
      )}
      <ClustersMap local={local} shapes={shapes} year={year} decision={decision} entity={entity} onEntity={setEntity} />
      <SameNumbers
        caption={`Clusters of ${local.variable} in ${year}`}
        columns={["entity", "cluster", "statistic", "z", ...local.tests.map(({ name }) => name)]}
        rows={() => {
          const is = decided(local, year, decision)
          return local.entities.map((name, i) => {
            const at = i * local.years.length + local.years.indexOf(year)
            return [name, is[i]!, local.statistics[at] ?? null, local.z[at] ?? null, ...local.tests.map(({ values }) => values[at] ?? null)]
          })
        }}
      />
      <SourceNote study={study} source={local.source} notes={local.notes} />
      <MapNote study={study} shapes={shapes} />
    </>
  )
}

/** The study on a map: a variable of a panel, or clusters of local spatial autocorrelation. */
export const MapPicture = ({ query, sources, study }: PictureProps) => {
  const local = sources.filter(({ type }) => type === "LocalMoran" || type === "LocalG")
  const panels = sources.filter((one) => !local.includes(one))
  const shown = local.length > 0 && (query.get("show") === "clusters" || panels.length === 0) ? "clusters" : "value"
  const own = shown === "clusters" ? local : panels
  const source = chosenSource(own, query.get("table"))!
  const Kind = shown === "clusters" ? Clusters : Values
  const choice =
    local.length === 0 || panels.length === 0 ? null : (
      <Segments
        label="On the map"
        value={shown}
        options={[
          { value: "value", text: "values" },
          { value: "clusters", text: "clusters" }
        ]}
        onChoose={(show) => query.set({ show, table: undefined })}
      />
    )
  return (
    <section aria-label="map">
      <Kind key={shown} study={study} query={query} source={source} sources={own} local={local} choice={choice} />
    </section>
  )
}
