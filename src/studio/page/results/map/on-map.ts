import type { ComponentChildren } from "preact"
import type { Source } from "../../../messages/results.ts"
import { useAnswer } from "../../use-answer.ts"
import type { Query } from "../query.ts"

/** What of a study is on the map, and what it is asked by. */
export interface OnMapProps {
  readonly study: string
  readonly query: Query
  readonly sources: ReadonlyArray<Source>
  readonly source: Source
  /** The tables of local autocorrelation. */
  readonly local: ReadonlyArray<Source>
  /** What of the study is on the map, where there is a choice. */
  readonly choice: ComponentChildren
}

/** Where the entities of a table are. */
export const useShapes = (study: string, { node, output }: Source) => useAnswer("mapShapes", { study, node, output })
