import { Effect, Schema } from "effect"
import { estimateParams, rowsParams } from "./estimate-rows-params.ts"
import { FitParam } from "./fit-statistics.ts"
import { FixedEffectsParam } from "./fixed-effects-rows.ts"
import { numberParams, rowNumbers } from "./number-style.ts"
import { ColumnNumber, InputPosition, tableParams } from "./table-params.ts"

const listOf = <S extends Schema.Top>(item: S) => Schema.Array(item).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))

/** Which equation of which model a column shows. */
const ModelColumn = Schema.Struct({
  /** "(1) ami"; without it, the column's number and its dependent variable, as `numbered` and `dependent` have them. */
  label: Schema.optionalKey(Schema.String),
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
export type ModelColumnParam = typeof ModelColumn.Type

/** A block of models with a heading, set above or under others of as many columns. Its first block's columns head them all. */
const Panel = Schema.Struct({ heading: Schema.NonEmptyString, columns: Schema.Array(ModelColumn).check(Schema.isMinLength(1)) })

const TestRow = Schema.Struct({
  label: Schema.String,
  /** The test's name in the tables of tests, and its variant where there are several. */
  test: Schema.NonEmptyString,
  variant: Schema.optionalKey(Schema.String),
  /** What stands on the line under the statistic: [p], {critical value}, or no line. */
  below: Schema.Literals(["p_value", "critical", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("none" as const))),
  ...rowNumbers,
  /** The columns that show it; without it all whose model has it. */
  columns: Schema.optionalKey(Schema.Array(ColumnNumber)),
  /** The term of the published table: `test` without it. */
  published: Schema.optionalKey(Schema.String)
})

/** A row that says Yes where something holds by design. */
const MarkRow = Schema.Struct({
  label: Schema.String,
  /** The columns that it holds in; all without it. */
  columns: Schema.optionalKey(Schema.Array(ColumnNumber)),
  published: Schema.optionalKey(Schema.String)
})

export const ModelTableParams = Schema.Struct({
  ...tableParams,
  ...numberParams(3),
  ...estimateParams("std_error"),
  ...rowsParams,
  /** Without columns and panels, every equation of every model. */
  columns: Schema.optionalKey(Schema.Array(ModelColumn).check(Schema.isMinLength(1))),
  panels: Schema.optionalKey(Schema.Array(Panel).check(Schema.isMinLength(1))),
  /** Whether columns without a label of their own have their number, "(1)". */
  numbered: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true))),
  /** Where dependent variables are told: in the label of columns that have none of their own, over columns that share one, in a row on top, or nowhere. */
  dependent: Schema.Literals(["label", "group", "row", "none"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("label" as const))),
  /** Which fixed effects each model has, by its glance: true for all that any has, or those that are listed. */
  fixedEffects: FixedEffectsParam.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  marks: listOf(MarkRow),
  tests: listOf(TestRow),
  fit: Schema.Array(FitParam).pipe(Schema.withDecodingDefaultKey(Effect.succeed(["nobs"])))
}).check(
  Schema.makeFilter(({ columns, panels }) => [
    ...(columns !== undefined && panels !== undefined
      ? [{ path: ["panels"], issue: "stands beside columns: give the columns of each panel in panels alone" }]
      : []),
    ...(panels ?? []).flatMap((panel, i) =>
      panel.columns.length === panels![0]!.columns.length
        ? []
        : [
            {
              path: ["panels", i, "columns"],
              issue: `has ${panel.columns.length} columns and the first panel ${panels![0]!.columns.length}: panels have as many columns each`
            }
          ]
    )
  ])
)
export type ModelTableParams = typeof ModelTableParams.Type
