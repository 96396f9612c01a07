import { Schema } from "effect"

/** A range of years, both ends included. */
export const Years = Schema.Struct({ from: Schema.Int, to: Schema.Int }).check(
  Schema.makeFilter(({ from, to }) => (from <= to ? undefined : { path: ["to"], issue: `must not precede from (${from})` }))
)
export type Years = typeof Years.Type
