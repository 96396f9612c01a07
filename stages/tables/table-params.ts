import { Effect, Schema } from "effect"

export const Decimals = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 12 }))

/** What every table says of itself. */
export const tableParams = {
  title: Schema.String,
  /** Notes that stand after those which the stage makes. */
  notes: Schema.Array(Schema.String).pipe(Schema.withDecodingDefaultKey(Effect.succeed([])))
}

export const starsParam = {
  /** * 10%, ** 5%, *** 1%. */
  stars: Schema.Boolean.pipe(Schema.withDecodingDefaultKey(Effect.succeed(true)))
}

/** What stands in brackets under an estimate. */
export const Brackets = Schema.Literals(["std_error", "statistic", "p_value", "interval"])
export type Brackets = typeof Brackets.Type

export const decimalsParam = (places: number) => ({ decimals: Decimals.pipe(Schema.withDecodingDefaultKey(Effect.succeed(places))) })

/** A row of coefficients: a term, and the label that it is printed under (the term itself without one). */
export const TermRow = Schema.Struct({ term: Schema.NonEmptyString, label: Schema.optionalKey(Schema.String) })

/** A position in one of the stage's lists of inputs, from 0. */
export const InputPosition = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
/** A column of the table, from 1, as a reader counts. */
export const ColumnNumber = Schema.Int.check(Schema.isGreaterThanOrEqualTo(1))
