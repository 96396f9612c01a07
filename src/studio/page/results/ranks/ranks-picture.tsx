import type { ComponentChildren } from "preact"
import { Legend } from "../../chart/legend.tsx"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { Choice, Segments, SourceChoice } from "../choices.tsx"
import { groupingNamed, ordered, ranksOf, withUnit, yearOf } from "../panel.ts"
import { PanelEntity } from "../panel-entity.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { usePanel } from "../use-panel.ts"
import { YearSlider } from "../year-slider.tsx"
import { BumpChart } from "./bump-chart.tsx"
import { RankRanges } from "./rank-ranges.tsx"

/** More lines than these are no picture any more. */
const MOST = 100

interface OverYearsProps extends Omit<PictureProps, "all"> {
  /** What of ranks is shown, where there is a choice. */
  readonly choice: ComponentChildren
}

/** Ranks by a variable of a panel over the years. */
const OverYears = ({ choice, query, sources, study }: OverYearsProps) => {
  const source = chosenSource(sources, query.get("table"))!
  const { entity, failure, panel, setEntity, setYear, year } = usePanel(study, source, query)
  if (failure !== undefined) return <FailureNote failure={failure} />
  if (panel === undefined) return <Reading />
  const { entities, groupings, source: answered, variable, years } = panel
  const all = Math.min(MOST, entities.length)
  const firsts = [10, 20, 50].filter((one) => one < all)
  const shown = Math.min(all, Number(query.get("first")) || (entities.length <= 60 ? all : 50))
  const grouping = groupingNamed(panel, query.get("colour"))
  const groups = grouping === undefined ? [] : [...new Set(grouping.of)].sort()
  const look = (one: number) =>
    one === entity && grouping === undefined ? "series-2" : grouping === undefined ? "series-1" : `series-${(groups.indexOf(grouping.of[one]!) % 6) + 1}`
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
        {firsts.length === 0 ? null : (
          <Choice
            label="Places"
            value={String(shown)}
            options={[
              ...firsts.map((one) => ({ value: String(one), text: `the first ${one}` })),
              { value: String(all), text: all < entities.length ? `the first ${all}` : "all" }
            ]}
            onChoose={(first) => query.set({ first })}
          />
        )}
        {groupings.length === 0 ? null : (
          <Choice
            label="Colour"
            value={grouping?.name ?? ""}
            options={[{ value: "", text: "none" }, ...groupings.map(({ name }) => ({ value: name, text: `by ${name}` }))]}
            onChoose={(colour) => query.set({ colour: colour === "" ? undefined : colour })}
          />
        )}
        <YearSlider years={years} year={year} onYear={setYear} />
      </div>
      <h2 class="results-title">
        Ranks by {withUnit(variable)} <span class="soft">{variable.description}</span>
      </h2>
      {entity === undefined ? null : <PanelEntity study={study} panel={panel} entity={entity} year={year} onClose={() => setEntity(undefined)} />}
      {grouping === undefined ? null : (
        <Legend title={grouping.name} entries={groups.map((group, i) => ({ text: group || "none", look: `series-${(i % 6) + 1}`, shape: "line" }))} />
      )}
      <BumpChart panel={panel} shown={shown} year={year} entity={entity} look={look} onEntity={setEntity} />
      <SameNumbers
        caption={`Ranks by ${variable.name}: 1 for the largest, equal values share a rank`}
        columns={["entity", ...years.map(String)]}
        rows={() => {
          const ranks = years.map((one) => ranksOf(yearOf(panel, one)))
          return ordered(panel, "value", year).map((one) => [entities[one]!, ...ranks.map((of) => of[one] ?? null)])
        }}
      />
      <SourceNote study={study} source={answered} notes={panel.notes} />
    </>
  )
}

/** Ranks over the years; and, where the study compares indices, how firm they are. */
export const RanksPicture = ({ query, sources, study }: PictureProps) => {
  const ranges = sources.filter(({ type }) => type === "RankIntervals")
  const panels = sources.filter((one) => !ranges.includes(one))
  const firm = ranges.length > 0 && (query.get("show") === "ranges" || panels.length === 0)
  const choice =
    ranges.length === 0 || panels.length === 0 ? null : (
      <Segments
        label="Ranks"
        value={firm ? "ranges" : "years"}
        options={[
          { value: "years", text: "over the years" },
          { value: "ranges", text: "over ways to make the index" }
        ]}
        onChoose={(show) => query.set({ show, table: undefined })}
      />
    )
  const source = firm ? chosenSource(ranges, query.get("table"))! : undefined
  return (
    <section aria-label="ranks">
      {source === undefined ? (
        <OverYears study={study} query={query} sources={panels} choice={choice} />
      ) : (
        <>
          <div class="results-controls">
            {choice}
            <SourceChoice sources={ranges} source={source} onChoose={(table) => query.set({ table })} />
          </div>
          <RankRanges study={study} source={source} />
        </>
      )}
    </section>
  )
}
