import { Effect, Schema } from "effect"
import { labelsParam } from "./labels.ts"

/** What every table says of itself. */
export const tableParams = {
  title: Schema.String,
  /** Notes that stand after those which the stage makes. */
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Rows as columns and columns as rows. */
  transpose: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  ...labelsParam
}

/** A row of coefficients: a term, and the label that it is printed under (the term itself without one). */
export const TermRow = Schema.Struct({ term: Schema.NonEmptyString, label: Schema.optionalKey(Schema.String) })

/** A position in one of the stage's lists of inputs, from 0. */
export const InputPosition = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
/** A column of the table, from 1, as a reader counts. */
export const ColumnNumber = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))
