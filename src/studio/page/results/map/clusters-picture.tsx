import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { useAnswer } from "../../use-answer.ts"
import { Choice, SourceChoice, VariableChoice } from "../choices.tsx"
import { EntityCard } from "../entity-card.tsx"
import { chosenIn } from "../query.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { YearSlider } from "../year-slider.tsx"
import { decided } from "./cluster-kinds.ts"
import { ClustersMap, factsOf } from "./clusters-map.tsx"
import { MapNote } from "./map-note.tsx"
import { type OnMapProps, useShapes } from "./on-map.ts"

const levels = ["0.1", "0.05", "0.01", "0.001"].map((value) => ({ value, text: `p < ${value}` }))

/** Clusters and outliers of a variable on the map. */
export const ClustersPicture = ({ choice, query, source, sources, study }: OnMapProps) => {
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
        <VariableChoice value={local.variable} names={local.variables} onChoose={(of) => query.set({ of })} />
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
