import { Effect, Schema } from "effect"
import { Brackets, ColumnNumber, Decimals, decimalsParam, InputPosition, starsParam, TermRow, tableParams } from "./table-params.ts"

const listOf = <S extends Schema.Top>(item: S) => Schema.Array(item).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))

/** Which equation of which model a column shows. */
const ModelColumn = Schema.Struct({
  /** "(1) ami". */
  label: Schema.String,
  /** A heading over this column and its neighbours of the same heading. */
  group: Schema.optionalKey(Schema.String),
  /** Where the model stands in `coefficients` and `glances`, from 0: the column's own position without it. */
  model: Schema.optionalKey(InputPosition),
  /** Needed where the model has several equations. */
  equation: Schema.optionalKey(Schema.String),
  /** Where the model's tests stand in `tests`, from 0: one table, or several. */
  tests: Schema.optionalKey(Schema.Union([InputPosition, Schema.NonEmptyArray(InputPosition)])),
  /** The column of the published table: this column's number without it. */
  published: Schema.optionalKey(Schema.String)
})

const TestRow = Schema.Struct({
  label: Schema.String,
  /** The test's name in the tables of tests, and its variant where there are several. */
  test: Schema.NonEmptyString,
  variant: Schema.optionalKey(Schema.String),
  /** What stands on the line under the statistic: [p], {critical value}, or no line. */
  below: Schema.Literals(["p_value", "critical", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  decimals: Schema.optionalKey(Decimals),
  /** The columns that show it; without it all whose model has it. */
  columns: Schema.optionalKey(Schema.Array(ColumnNumber)),
  /** The term of the published table: `test` without it. */
  published: Schema.optionalKey(Schema.String)
})

const FitRow = Schema.Struct({
  label: Schema.String,
  /** nobs, or a further column of Glance. */
  statistic: Schema.NonEmptyString,
  decimals: Schema.optionalKey(Decimals),
  published: Schema.optionalKey(Schema.String)
})

/** A row that says Yes where something holds by design: fixed effects, say. */
const MarkRow = Schema.Struct({
  label: Schema.String,
  /** The columns that it holds in; all without it. */
  columns: Schema.optionalKey(Schema.Array(ColumnNumber)),
  published: Schema.optionalKey(Schema.String)
})

export const ModelTableParams = Schema.Struct({
  ...tableParams,
  ...starsParam,
  ...decimalsParam(3),
  columns: Schema.Array(ModelColumn).check(Schema.isMinLength(1)),
  /** Terms in the order of print; all of them, as they come, without it. */
  rows: Schema.optionalKey(Schema.Array(TermRow)),
  brackets: Brackets.pipe(Schema.withDecodingDefaultKey(Effect.succeed("std_error" as const))),
  marks: listOf(MarkRow),
  tests: listOf(TestRow),
  fit: Schema.Array(FitRow).pipe(Schema.withDecodingDefaultKey(Effect.succeed([{ label: "N", statistic: "nobs" }])))
})
export type ModelTableParams = typeof ModelTableParams.Type
