import { Effect, Schema } from "effect"
import { VariableName } from "../variable-name.ts"
import { expressionIssues } from "./expression-issues.ts"

/** An expression over the variables of a panel, as data. A bare string is a variable: one of the panel's, or one derived before. */
export type Expression =
  | string
  /** Natural logarithm; of a value <= 0 it is a fault. */
  | { readonly ln: Expression }
  /** ln(1 + x); of a value <= -1 it is a fault. */
  | { readonly ln1p: Expression }
  /** The first over the second; a zero denominator is a fault. */
  | { readonly ratio: readonly [Expression, Expression] }
  | { readonly product: ReadonlyArray<Expression> }
  /** Of variables in one unit. */
  | { readonly sum: ReadonlyArray<Expression> }
  /** The first less the second, in one unit. */
  | { readonly difference: readonly [Expression, Expression] }
  /** Times a constant. */
  | { readonly scale: readonly [Expression, number] }
  /** The value of so many years before, within the entity and by year: missing where the panel has no such year. */
  | { readonly lag: readonly [Expression, number] }
  /**
   * `value` in prices of the year `base`: value_t * index_base / index_t, within the entity. An index that is `previous-year` (the year before = 100, as
   * China's yearbooks print it) is chained first.
   */
  | {
      readonly deflate: { readonly value: Expression; readonly index: Expression; readonly base: number; readonly indexIs?: "level" | "previous-year" }
    }

export const Expression = Schema.Unknown.check(Schema.makeFilter((value) => expressionIssues(value, []))) as unknown as Schema.Codec<Expression>

/** A derived variable. */
export const Derived = Schema.Struct({
  name: VariableName,
  expr: Expression,
  unit: Schema.optionalKey(Schema.String),
  description: Schema.String.pipe(Schema.withDecodingDefaultKey(Effect.succeed("")))
})
export type Derived = typeof Derived.Type
