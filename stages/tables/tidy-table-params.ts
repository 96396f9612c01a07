import { Effect, Schema } from "effect"
import { numberParams, rowNumbers } from "./number-style.ts"
import { starsParam } from "./star-levels.ts"
import { tableParams } from "./table-params.ts"

const Name = Schema.NonEmptyString
const Value = Schema.Union([Schema.String, Schema.Finite, Schema.Boolean])

/** What stands with a cell: a column's value, or two columns as an interval. */
const Bracketed = Schema.Struct({
  column: Schema.Union([Name, Schema.Tuple([Name, Name])]),
  brackets: Schema.Literals(["parentheses", "square", "braces", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("parentheses" as const))),
  ...rowNumbers
})
export type Bracketed = typeof Bracketed.Type

const ShownColumn = Schema.Struct({
  column: Name,
  /** Without it, that of `labels`. */
  label: Schema.optionalKey(Schema.String),
  /** A heading over this column and its neighbours of the same heading. */
  group: Schema.optionalKey(Schema.String),
  /** The column of p values that its stars are of. */
  stars: Schema.optionalKey(Name),
  /** What stands on lines of its own under it, from the top. */
  below: Schema.Array(Bracketed).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  ...rowNumbers,
  /** What its numbers and what is below them are multiplied by, p values and test statistics aside: told in a note. */
  scale: Schema.optionalKey(Schema.Finite.check(Schema.makeFilter((scale) => (scale > 0 ? undefined : `${scale} is not a positive number`))))
})
export type ShownColumn = typeof ShownColumn.Type

/** The values that a column may have: one, several, or those of a range with both ends. */
const Condition = Schema.Union([
  Value,
  Schema.NonEmptyArray(Value),
  Schema.Struct({ from: Schema.optionalKey(Schema.Finite), to: Schema.optionalKey(Schema.Finite) })
])
export type Condition = typeof Condition.Type

export const TidyTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(3),
  ...starsParam,
  columns: Schema.Array(ShownColumn).check(Schema.isMinLength(1)),
  /** The columns whose values, in order, are the label of a row. */
  rowLabel: Schema.NonEmptyArray(Name),
  /** Whether headings of columns tell the units that the artifact has: "Unemployment (%)". */
  units: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  /** A column whose values are headings over the rows that have them. */
  groups: Schema.optionalKey(Name),
  /** A column each of whose values becomes columns of the table ("wide"): years, say. */
  spread: Schema.optionalKey(Name),
  where: Schema.Record(Schema.String, Condition).pipe(Schema.withDecodingDefaultKey(Effect.succeed({}))),
  /** What rows are ordered by; as they come without it. */
  order: Schema.Array(Schema.Struct({ by: Name, descending: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))) })).pipe(
    Schema.withDecodingDefaultKey(Effect.succeed([]))
  )
})
export type TidyTableParams = typeof TidyTableParams.Type
