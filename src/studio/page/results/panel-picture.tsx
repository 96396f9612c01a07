import type { ComponentChildren } from "preact"
import type { PanelSeries, Source } from "../../messages/results.ts"
import { FailureNote } from "../shell/failure.tsx"
import { SourceChoice, VariableChoice } from "./choices.tsx"
import { PanelEntity } from "./panel-entity.tsx"
import type { Query } from "./query.ts"
import { Reading } from "./reading.tsx"
import { SourceNote } from "./source-note.tsx"
import type { ShownPanel } from "./use-panel.ts"
import { YearSlider } from "./year-slider.tsx"

interface PanelPictureProps {
  readonly study: string
  readonly query: Query
  readonly sources: ReadonlyArray<Source>
  readonly source: Source
  readonly shown: ShownPanel
  /** What else can be chosen: before the table, and after the variable. */
  readonly before?: ComponentChildren
  readonly fields?: (panel: PanelSeries) => ComponentChildren
  readonly heading: (panel: PanelSeries) => string
  /** What is told of the chosen entity besides. */
  readonly more?: ReadonlyArray<readonly [name: string, value: string]>
  readonly picture: (panel: PanelSeries) => ComponentChildren
  readonly foot?: ComponentChildren
}

/** A picture of a variable of a panel, with what can be chosen above it, the entity that is chosen, and where it is from. */
export const PanelPicture = ({ before, fields, foot, heading, more = [], picture, query, shown, source, sources, study }: PanelPictureProps) => {
  const { entity, failure, panel, setEntity, setYear, year } = shown
  return (
    <>
      <div class="results-controls">
        {before}
        <SourceChoice sources={sources} source={source} onChoose={(table) => query.set({ table, variable: undefined })} />
        {panel === undefined ? null : (
          <>
            <VariableChoice value={panel.variable.name} names={panel.variables.map(({ name }) => name)} onChoose={(variable) => query.set({ variable })} />
            {fields?.(panel)}
            <YearSlider years={panel.years} year={year} onYear={setYear} />
          </>
        )}
      </div>
      {failure === undefined ? null : <FailureNote failure={failure} />}
      {panel !== undefined ? (
        <>
          <h2 class="results-title">
            {heading(panel)} <span class="soft">{panel.variable.description}</span>
          </h2>
          {entity === undefined ? null : (
            <PanelEntity study={study} panel={panel} entity={entity} year={year} more={more} onClose={() => setEntity(undefined)} />
          )}
          {picture(panel)}
          <SourceNote study={study} source={panel.source} notes={panel.notes} />
          {foot}
        </>
      ) : failure === undefined ? (
        <Reading />
      ) : null}
    </>
  )
}
