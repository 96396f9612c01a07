/** What the server tells the page unasked, as server-sent events: `GET /events`. */
import { Schema } from "effect"

/** Something that answers rest on is not what it was: ask again. */
const Changed = Schema.Struct({
  event: Schema.Literal("changed"),
  /** studies: dag.ts, what it imports, a source. store: artifacts, traces, runs. */
  what: Schema.Literals(["studies", "store"])
})

export const StudioEvent = Schema.Union([Changed])
export type StudioEvent = typeof StudioEvent.Type
