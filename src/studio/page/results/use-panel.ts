import type { PanelSeries, Source } from "../../messages/results.ts"
import type { AskFailure } from "../ask.ts"
import { useAnswer } from "../use-answer.ts"
import type { Query } from "./query.ts"

interface ShownPanel {
  readonly panel: PanelSeries | undefined
  readonly failure: AskFailure | undefined
  /** The year that the address names, or the last. */
  readonly year: number
  /** The place of the entity that the address names. */
  readonly entity: number | undefined
  /** Chooses an entity; the chosen one is let go when it is chosen again. */
  readonly setEntity: (entity: number | undefined) => void
}

/** The variable of a panel that an address names, with the year and the entity. */
export const usePanel = (study: string, source: Source, query: Query): ShownPanel => {
  const variable = query.get("variable")
  const { answer: panel, failure } = useAnswer("panelSeries", {
    study,
    node: source.node,
    output: source.output,
    ...(variable === undefined ? {} : { variable })
  })
  const asked = Number(query.get("year"))
  const year = panel === undefined ? asked : panel.years.includes(asked) ? asked : (panel.years.at(-1) ?? asked)
  const found = panel?.entities.indexOf(query.get("entity") ?? "") ?? -1
  const entity = found < 0 ? undefined : found
  const setEntity = (chosen: number | undefined) => query.set({ entity: chosen === undefined || chosen === entity ? undefined : panel?.entities[chosen] })
  return { panel, failure, year, entity, setEntity }
}
