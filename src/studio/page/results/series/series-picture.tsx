import { useSignal } from "@preact/signals"
import type { PanelSeries } from "../../../messages/results.ts"
import { counted } from "../../chart/number-text.ts"
import { SameNumbers } from "../../chart/same-numbers.tsx"
import { Choice, Segments } from "../choices.tsx"
import { GroupLegend, groupsOf, looksBy } from "../group-looks.tsx"
import { extentOf, groupingNamed, ordered, orders, seriesOf, withUnit } from "../panel.ts"
import { PanelPicture } from "../panel-picture.tsx"
import type { PictureProps } from "../picture-props.ts"
import { chosenSource } from "../pictures.ts"
import { usePanel } from "../use-panel.ts"
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
  const groups = grouping === undefined ? [] : groupsOf(grouping)
  const look = looksBy(grouping, entity)
  if (arrangement === "one")
    return (
      <>
        <GroupLegend grouping={grouping} />
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
  const shown = usePanel(study, source, query)
  const { entity, setEntity, year } = shown
  const arrangement = query.get("as") ?? "each"
  const by = query.get("by") ?? "value"
  const canGroup = (panel: PanelSeries) => groupingNamed(panel, by) !== undefined
  return (
    <section aria-label="index over time">
      <PanelPicture
        study={study}
        query={query}
        sources={sources}
        source={source}
        shown={shown}
        heading={({ variable }) => withUnit(variable)}
        fields={(panel) => (
          <>
            <Choice
              label="Order"
              value={by}
              options={[...orders, ...panel.groupings.map(({ name }) => ({ value: name, text: `by ${name}` }))]}
              onChoose={(by) => query.set({ by })}
            />
            <Segments
              label="Arrangement"
              value={arrangement}
              options={canGroup(panel) ? [arrangements[0]!, { value: "groups", text: `a panel a ${by}` }, arrangements[1]!] : arrangements}
              onChoose={(as) => query.set({ as })}
            />
          </>
        )}
        picture={(panel) => (
          <>
            {arrangement === "one" || (arrangement === "groups" && canGroup(panel)) ? (
              <Lines panel={panel} arrangement={arrangement} by={by} year={year} entity={entity} onEntity={setEntity} />
            ) : (
              <SmallMultiples panel={panel} order={ordered(panel, by, year)} year={year} entity={entity} onEntity={setEntity} />
            )}
            <SameNumbers
              caption={`${panel.variable.name} by entity and year`}
              columns={["entity", ...panel.years.map(String)]}
              rows={() => ordered(panel, by, year).map((one) => [panel.entities[one]!, ...seriesOf(panel, one)])}
            />
          </>
        )}
      />
    </section>
  )
}
