import type { PanelSeries, Source } from "../../messages/results.ts"
import type { AskFailure } from "../ask.ts"
import { useAnswer } from "../use-answer.ts"
import { type Chosen, chosenIn, type Query } from "./query.ts"

export interface ShownPanel extends Chosen {
  readonly panel: PanelSeries | undefined
  readonly failure: AskFailure | undefined
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
  return { panel, failure, ...chosenIn(query, panel?.entities ?? [], panel?.years ?? []) }
}
