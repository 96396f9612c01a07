import type { Source } from "../../messages/results.ts"
import type { Query } from "./query.ts"

/** What every picture is given: the tables that it can be made of, and all that others are. */
export interface PictureProps {
  readonly study: string
  readonly query: Query
  readonly sources: ReadonlyArray<Source>
  readonly all: ReadonlyArray<Source>
}
