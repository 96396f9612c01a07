import { Effect, Schema } from "effect"
import { VariableName } from "../variable-name.ts"

const positive = Schema.Finite.check(Schema.isGreaterThan(0))
const withDefault = <S extends Schema.Top>(schema: S, value: S["Type"]) => schema.pipe(Schema.withDecodingDefaultKey(Effect.succeed(value as never)))
/** How far a check goes; `false` leaves it out. */
const threshold = (value: number) => withDefault(Schema.Union([Schema.Literal(false), positive]), value)

const Range = Schema.Struct({
  variables: Schema.NonEmptyArray(VariableName),
  min: Schema.optionalKey(Schema.Finite),
  max: Schema.optionalKey(Schema.Finite)
}).check(
  Schema.makeFilter(({ max, min }) =>
    min === undefined && max === undefined ? { path: ["min"], issue: "is missing, and max too: a range has one of them at the least" } : undefined
  )
)

/** How far both sides may lie apart: the larger of the two counts. Without any, half a percent. */
const Tolerance = Schema.Struct({
  absolute: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))),
  relative: Schema.optionalKey(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)))
})
const identityParams = { name: Schema.optionalKey(Schema.NonEmptyString), tolerance: withDefault(Tolerance, { relative: 0.005 }) }

/** What must hold in each row that has all of it. */
const Identity = Schema.Union([
  /** The parts sum to the total; or, where there are other parts, to no more than it. */
  Schema.Struct({
    total: VariableName,
    parts: Schema.NonEmptyArray(VariableName),
    holds: withDefault(Schema.Literals(["equal", "at-most"]), "equal" as const),
    ...identityParams
  }),
  /** One variable over another, times `times` (100 of a percentage), is a third. */
  Schema.Struct({ ratio: Schema.Tuple([VariableName, VariableName]), is: VariableName, times: withDefault(positive, 1), ...identityParams })
])
export type Identity = typeof Identity.Type

export const ValidateParams = Schema.Struct({
  /** Which variables are looked at. */
  variables: withDefault(Schema.Union([Schema.Literal("all"), Schema.NonEmptyArray(VariableName)]), "all" as const),
  /** Bounds of variables. Those of a file are declared at ingest; these are of derived ones. */
  ranges: withDefault(Schema.Array(Range), []),
  identities: withDefault(Schema.Array(Identity), []),
  /** Variables that never fall (never rise) from year to year: cumulative counts. */
  monotone: withDefault(
    Schema.Array(
      Schema.Struct({ variables: Schema.NonEmptyArray(VariableName), direction: withDefault(Schema.Literals(["rising", "falling"]), "rising" as const) })
    ),
    []
  ),
  /** Yearly changes, apart from the year's median over entities, that lie so many robust standard deviations out: jumps and spikes, and breaks of a year in all entities. */
  changes: threshold(6),
  /** Factors of 10, 100, … between neighbouring years: whether they are told. */
  scales: withDefault(Schema.Boolean, true),
  /** Values that lie so many robust standard deviations from the median of their year. */
  outliers: threshold(5),
  /** Values beyond Tukey's fences of their year, so many interquartile ranges from the quartiles. */
  fences: threshold(3),
  /** The same value so many years on, where a variable's values hardly ever repeat. */
  runs: withDefault(Schema.Union([Schema.Literal(false), Schema.Int.check(Schema.isGreaterThanOrEqualTo(2))]), 3),
  /** The same values in two entities, so many years on or in so many variables of a year. */
  copies: withDefault(Schema.Union([Schema.Literal(false), Schema.Int.check(Schema.isGreaterThanOrEqualTo(2))]), 3),
  /** Units that the values do not look like. */
  units: withDefault(Schema.Boolean, true),
  /** How many warnings are told, each of one kind about one variable; all findings are in the table `findings`. */
  listed: withDefault(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)), 20),
  /** Whether the node fails where there are errors, or warnings too. */
  fail: withDefault(Schema.Literals(["never", "error", "warning"]), "never" as const)
})
export type ValidateParams = typeof ValidateParams.Type
