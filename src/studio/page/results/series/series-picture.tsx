import { useSignal } from "@preact/signals"
import type { PanelSeries } from "../../../messages/results.ts"
import { Legend } from "../../chart/legend.tsx"
import { counted } from "../../chart/number-text.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { FailureNote } from "../../shell/failure.tsx"
import { Choice, Segments, SourceChoice } from "../choices.tsx"
import { extentOf, groupingNamed, ordered, orders, seriesOf, withUnit } from "../panel.ts"
import { PanelEntity } from "../panel-entity.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { Reading } from "../reading.tsx"
import { SourceNote } from "../source-note.tsx"
import { usePanel } from "../use-panel.ts"
import { YearSlider } from "../year-slider.tsx"
import { LinesChart } from "./lines-chart.tsx"
import { SmallMultiples } from "./small-multiples.tsx"

const arrangements = [
  { value: "each", text: "a panel each" },
  { value: "one", text: "one chart" }
]

interface DrawingProps {
  readonly panel: PanelSeries
  readonly arrangement: string
  readonly by: string
  readonly year: number
  readonly entity: number | undefined
  readonly onEntity: (entity: number) => void
}

/** All lines in one chart; or a chart a group, where entities are grouped. */
const Lines = ({ arrangement, by, entity, onEntity, panel, year }: DrawingProps) => {
  const pointed = useSignal<number | undefined>(undefined)
  const shared = { panel, year, entity, pointed, onEntity, domain: extentOf(panel.values) ?? ([0, 1] as const) }
  const order = ordered(panel, by, year)
  const grouping = groupingNamed(panel, by)
  const groups = grouping === undefined ? [] : [...new Set(grouping.of)].sort()
  const look = (one: number) => (grouping === undefined ? (one === entity ? "series-2" : "series-1") : `series-${(groups.indexOf(grouping.of[one]!) % 6) + 1}`)
  if (arrangement === "one")
    return (
      <>
        {grouping === undefined ? null : (
          <Legend title={grouping.name} entries={groups.map((group, i) => ({ text: group || "none", look: `series-${(i % 6) + 1}`, shape: "line" }))} />
        )}
        <LinesChart
          {...shared}
          shown={order}
          look={look}
          height={460}
          named
          label={`${panel.variable.name} over the years, ${counted(order.length, "line")}`}
        />
      </>
    )
  return (
    <div class="results-groups">
      {groups.map((group) => {
        const shown = order.filter((one) => grouping!.of[one] === group)
        return (
          <figure key={group}>
            <figcaption>
              <b>{group || "none"}</b> <span class="soft">{counted(shown.length, "entity", "entities")}</span>
            </figcaption>
            <LinesChart
              {...shared}
              shown={shown}
              look={look}
              height={240}
              named
              label={`${panel.variable.name} of ${group}, ${counted(shown.length, "line")}`}
            />
          </figure>
        )
      })}
    </div>
  )
}

/** A variable of a panel over the years: a panel an entity, a chart a group, or one chart. */
export const SeriesPicture = ({ query, sources, study }: PictureProps) => {
  const source = chosenSource(sources, query.get("table"))!
  const { entity, failure, panel, setEntity, setYear, year } = usePanel(study, source, query)
  const arrangement = query.get("as") ?? "each"
  const by = query.get("by") ?? "value"
  const grouped = panel?.groupings.map(({ name }) => ({ value: name, text: `by ${name}` })) ?? []
  const canGroup = panel !== undefined && groupingNamed(panel, by) !== undefined
  return (
    <section aria-label="index over time">
      <div class="results-controls">
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, variable: undefined })} />
        {panel === undefined ? null : (
          <>
            <Choice
              label="Variable"
              value={panel.variable.name}
              options={panel.variables.map(({ name }) => ({ value: name, text: name }))}
              onChoose={(variable) => query.set({ variable })}
            />
            <Choice label="Order" value={by} options={[...orders, ...grouped]} onChoose={(by) => query.set({ by })} />
            <Segments
              label="Arrangement"
              value={arrangement}
              options={canGroup ? [arrangements[0]!, { value: "groups", text: `a panel a ${by}` }, arrangements[1]!] : arrangements}
              onChoose={(as) => query.set({ as })}
            />
            <YearSlider years={panel.years} year={year} onYear={setYear} />
          </>
        )}
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {panel === undefined && failure === undefined ? <Reading /> : null}
      {panel === undefined ? null : (
        <>
          <h2 class="results-title">
            {withUnit(panel.variable)} <span class="soft">{panel.variable.description}</span>
          </h2>
          {entity === undefined ? null : <PanelEntity study={study} panel={panel} entity={entity} year={year} onClose={() => setEntity(undefined)} />}
          {arrangement === "one" || (arrangement === "groups" && canGroup) ? (
            <Lines panel={panel} arrangement={arrangement} by={by} year={year} entity={entity} onEntity={setEntity} />
          ) : (
            <SmallMultiples panel={panel} order={ordered(panel, by, year)} year={year} entity={entity} onEntity={setEntity} />
          )}
          <SameNumbers
            caption={`${panel.variable.name} by entity and year`}
            columns={["entity", ...panel.years.map(String)]}
            rows={() => ordered(panel, by, year).map((one) => [panel.entities[one]!, ...seriesOf(panel, one)])}
          />
          <SourceNote study={study} source={panel.source} notes={panel.notes} />
        </>
      )}
    </section>
  )
}
