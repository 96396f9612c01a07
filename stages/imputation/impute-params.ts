import { Effect, Schema } from "effect"
import { blockParams } from "../block-params.ts"
import { VariableName } from "../variable-name.ts"

const Method = Schema.Literals(["normal", "pmm"])

const ImputationRule = Schema.Struct({
  variables: Schema.NonEmptyArray(VariableName),
  method: Schema.optionalKey(Method),
  /** Whether it is imputed, and predicts others, in logarithms: all its values must be above 0. */
  log: Schema.optionalKey(Schema.Boolean),
  /** What draws of `normal` must lie in. */
  min: Schema.optionalKey(Schema.Finite),
  max: Schema.optionalKey(Schema.Finite)
}).check(
  Schema.makeFilter(({ max, min }) =>
    min !== undefined && max !== undefined && min >= max ? { path: ["max"], issue: `is ${max}, not above min, ${min}` } : undefined
  )
)

export const ImputeParams = Schema.Struct({
  /** Which imputation this is, from 0: each has random numbers of its own, the same however many others there are. */
  imputation: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  /** Which variables are imputed; the others pass through as they are. */
  variables: Schema.Union([Schema.Literal("all"), Schema.NonEmptyArray(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** What they are imputed from beside one another: all other variables that are complete, or those named. */
  predictors: Schema.Union([Schema.Literal("all"), Schema.Array(VariableName)]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("all" as const))),
  /** Draws around what the regression predicts (normal), or values of rows that it predicts much the same for (pmm). */
  method: Method.pipe(Schema.withDecodingDefaultKey(Effect.succeed("normal" as const))),
  /** Variables that are imputed in another way. */
  rules: Schema.Array(ImputationRule).pipe(Schema.withDecodingDefaultKey(Effect.succeed([]))),
  /** Which effects each regression has. */
  effects: Schema.Literals(["none", "entity", "two-way"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("two-way" as const))),
  /** A line in the year for each entity. */
  trend: Schema.Literals(["none", "linear"]).pipe(Schema.withDecodingDefaultKey(Effect.succeed("linear" as const))),
  /** Whether a variable's values in the years before and after predict it: for models with lags, and series that wander. */
  neighbours: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(false))),
  /** Sweeps over all variables. */
  iterations: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(20))),
  /** Of pmm: among how many of the nearest rows one is drawn. */
  donors: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(Schema.withDecodingDefaultKey(Effect.succeed(5))),
  stream: blockParams.stream
})
export type ImputeParams = typeof ImputeParams.Type
