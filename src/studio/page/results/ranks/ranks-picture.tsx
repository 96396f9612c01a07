import type { ComponentChildren } from "preact"
import type { PanelSeries } from "../../../messages/results.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { Choice, Segments, SourceChoice } from "../choices.tsx"
import { GroupLegend, looksBy } from "../group-looks.tsx"
import { groupingNamed, ordered, ranksOf, withUnit, yearOf } from "../panel.ts"
import { PanelPicture } from "../panel-picture.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { usePanel } from "../use-panel.ts"
import { BumpChart } from "./bump-chart.tsx"
import { RankRanges } from "./rank-ranges.tsx"

/** More lines than these are no picture any more. */
const MOST = 100

interface PlacesProps {
  readonly all: number
  readonly entities: number
  readonly shown: number
  readonly onChoose: (first: string) => void
}

/** How many of the first places are drawn; nothing where all are few. */
const Places = ({ all, entities, onChoose, shown }: PlacesProps) => {
  const firsts = [10, 20, 50].filter((one) => one < all)
  if (firsts.length === 0) return null
  const options = [
    ...firsts.map((one) => ({ value: String(one), text: `the first ${one}` })),
    { value: String(all), text: all < entities ? `the first ${all}` : "all" }
  ]
  return <Choice label="Places" value={String(shown)} options={options} onChoose={onChoose} />
}

interface OverYearsProps extends Omit<PictureProps, "all"> {
  /** What of ranks is shown, where there is a choice. */
  readonly choice: ComponentChildren
}

/** Ranks by a variable of a panel over the years. */
const OverYears = ({ choice, query, sources, study }: OverYearsProps) => {
  const source = chosenSource(sources, query.get("table"))!
  const shown = usePanel(study, source, query)
  const { entity, setEntity, year } = shown
  const allOf = ({ entities }: PanelSeries) => Math.min(MOST, entities.length)
  const placesOf = (panel: PanelSeries) => Math.min(allOf(panel), Number(query.get("first")) || (panel.entities.length <= 60 ? allOf(panel) : 50))
  const groupingOf = (panel: PanelSeries) => groupingNamed(panel, query.get("colour"))
  return (
    <PanelPicture
      study={study}
      query={query}
      sources={sources}
      source={source}
      shown={shown}
      before={choice}
      heading={({ variable }) => `Ranks by ${withUnit(variable)}`}
      fields={(panel) => (
        <>
          <Places all={allOf(panel)} entities={panel.entities.length} shown={placesOf(panel)} onChoose={(first) => query.set({ first })} />
          {panel.groupings.length === 0 ? null : (
            <Choice
              label="Colour"
              value={groupingOf(panel)?.name ?? ""}
              options={[{ value: "", text: "none" }, ...panel.groupings.map(({ name }) => ({ value: name, text: `by ${name}` }))]}
              onChoose={(colour) => query.set({ colour: colour === "" ? undefined : colour })}
            />
          )}
        </>
      )}
      picture={(panel) => (
        <>
          <GroupLegend grouping={groupingOf(panel)} />
          <BumpChart panel={panel} shown={placesOf(panel)} year={year} entity={entity} look={looksBy(groupingOf(panel), entity)} onEntity={setEntity} />
          <SameNumbers
            caption={`Ranks by ${panel.variable.name}: 1 for the largest, equal values share a rank`}
            columns={["entity", ...panel.years.map(String)]}
            rows={() => {
              const ranks = panel.years.map((one) => ranksOf(yearOf(panel, one)))
              return ordered(panel, "value", year).map((one) => [panel.entities[one]!, ...ranks.map((of) => of[one] ?? null)])
            }}
          />
        </>
      )}
    />
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
